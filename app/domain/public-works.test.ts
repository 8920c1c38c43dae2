import { describe, expect, it } from "vitest";
import { planFrom, type SiteReport, type WorksFacts } from "./milestones.ts";
import { dataWorks, toPublicWorks } from "./public-works.ts";
import { endOfDay, startOfDay } from "./shanghai-day.ts";

const plan = planFrom([{ id: "M0", name: "进场", days: 3 }, { id: "M1", name: "基础", days: 5 }], "2026-12-01");
const stop: SiteReport = { id: 7, milestone: "M0", kind: "stopped", onDay: "2026-12-02", cause: "gas", owner: "gas", nextDay: "2026-12-09", verdict: null };
const facts: WorksFacts = { plans: 2, plan, firstEnd: "2026-12-05", reports: [stop] };
const site = { stage: "construction", stageSince: startOfDay("2026-11-20"), sideState: null } as const;
const at = (day: string, more: Partial<WorksFacts> = {}, where: Parameters<typeof toPublicWorks>[1] = site) => toPublicWorks({ ...facts, ...more }, where, endOfDay(day));

describe("what everybody sees of the works", () => {
  it("is plan and state, why they stand still, and how often the plan was changed", () => {
    expect(at("2026-12-05")).toMatchObject({
      current: "M0", late: 2, cause: "gas", changes: 1, firstEnd: "2026-12-05", today: "2026-12-05",
      stop: { since: "2026-12-02", cause: "gas", owner: "gas", nextDay: "2026-12-09" },
    });
  });

  it("names no report, nor who confirmed", () => {
    const done: SiteReport = { id: 4711, milestone: "M0", kind: "done", onDay: "2026-12-03", cause: null, owner: null, nextDay: null, verdict: "confirmed" };
    expect(JSON.stringify(at("2026-12-05", { reports: [done] }))).not.toMatch(/4711|verdict|report"/);
  });

  it("says from the fourteenth day on that nothing was reported, while something is built", () => {
    expect(at("2026-12-15").silent).toBeNull();
    expect(at("2026-12-16").silent).toBe(14);
    expect(at("2026-12-04", { reports: [] }).silent).toBe(14);
    expect(at("2026-12-16", {}, { ...site, stage: "acceptance" }).silent).toBeNull();
    expect(at("2026-12-16", {}, { ...site, sideState: "paused" }).silent).toBeNull();
  });

  it("is the same as data", () => {
    expect(dataWorks(at("2026-12-05"))).toMatchObject({
      late_days: 2, late_cause: "gas", stopped: { since: "2026-12-02", cause: "gas", next_by: "gas", next_on: "2026-12-09" }, plan_changes: 1,
      milestones: [{ code: "M0", planned: { start: "2026-12-01", end: "2026-12-03" }, real: { start: "2026-12-02", end: null }, state: "running", late_days: 2 }, { state: "ahead" }],
    });
    expect(dataWorks(at("2026-12-01", { reports: [] })).stopped).toBeNull();
  });
});
