import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planFrom, reportKinds, silentDays, stopCauses, whyPlanIsRefused, worksOf, type PlannedMilestone, type SiteReport } from "./milestones.ts";
import { addDays, daysBetween } from "./shanghai-day.ts";

const template = [
  { id: "M0", name: "进场", days: 3 },
  { id: "M1", name: "管线迁移", days: 20 },
  { id: "M2", name: "基础", days: 1 },
];
const plan = planFrom(template, "2028-02-27");

let ids = 0;
const report = (milestone: string, kind: SiteReport["kind"], onDay: string, more: Partial<SiteReport> = {}): SiteReport => ({
  id: ++ids, milestone, kind, onDay,
  cause: kind === "stopped" ? "gas" : null, owner: kind === "stopped" ? "gas" : null, nextDay: kind === "stopped" ? addDays(onDay, 5) : null,
  verdict: null, ...more,
});
const find = (reports: SiteReport[], code: string, today: string) => worksOf(plan, reports, today).milestones.find((one) => one.code === code);

describe("a plan from the template", () => {
  it("puts the milestones one after the other, over the end of February too", () => {
    expect(plan.map(({ start, end }) => [start, end])).toEqual([["2028-02-27", "2028-02-29"], ["2028-03-01", "2028-03-20"], ["2028-03-21", "2028-03-21"]]);
  });

  it("leaves no day out and none twice, and is never refused", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 30 }), (days) => {
        const made = planFrom(days.map((n, i) => ({ id: `M${i}`, name: "步", days: n })), "2026-12-20");
        expect(made.map(({ start, end }) => daysBetween(start, end) + 1)).toEqual(days);
        for (const [i, { start }] of made.entries()) if (i > 0) expect(start).toBe(addDays(made[i - 1]?.end ?? "", 1));
        expect(whyPlanIsRefused(made, null, null)).toBeNull();
      }),
    );
  });
});

describe("a plan is refused", () => {
  const changed = (index: number, more: Partial<PlannedMilestone>) => plan.map((one, i) => (i === index ? { ...one, ...more } : one));

  it("where a milestone ends before it starts, or starts before the one above", () => {
    expect(whyPlanIsRefused(changed(1, { end: "2028-02-29" }), null, null)).toEqual({ code: "plan_ends_before_start", at: "end", params: { number: 2 } });
    expect(whyPlanIsRefused(changed(2, { start: "2028-02-29" }), null, null)).toEqual({ code: "plan_out_of_order", at: "start", params: { number: 3 } });
    expect(whyPlanIsRefused(changed(2, { start: "2028-03-01" }), null, null)).toBeNull();
  });

  it("where it runs for more than three years", () => {
    expect(whyPlanIsRefused(changed(2, { end: "2032-01-01" }), null, null)?.code).toBe("plan_too_long");
    expect(whyPlanIsRefused([], null, null)).toBeNull();
  });

  it("as a change without a reason, or as none at all", () => {
    expect(whyPlanIsRefused(plan, plan, "雨季")?.code).toBe("plan_unchanged");
    expect(whyPlanIsRefused(changed(2, { end: "2028-04-01" }), plan, null)).toEqual({ code: "plan_reason_missing", at: "reason" });
    expect(whyPlanIsRefused(changed(2, { end: "2028-04-01" }), plan, "雨季")).toBeNull();
  });
});

describe("the works", () => {
  it("have not begun before the first report, and are late from the day after the planned start", () => {
    expect(worksOf(plan, [], "2028-02-27")).toMatchObject({ current: "M0", late: 0, stop: null, cause: null, lastReport: null });
    expect(worksOf(plan, [], "2028-03-01").late).toBe(3);
    expect(find([], "M1", "2028-02-28")?.late).toBe(0);
  });

  it("go on, are reported done, and count once that is confirmed", () => {
    const begun = report("M0", "working", "2028-02-28");
    expect(find([begun], "M0", "2028-02-28")).toMatchObject({ state: "running", begun: "2028-02-28", finished: null, report: null, late: 1 });
    const done = report("M0", "done", "2028-02-29");
    expect(find([done, begun], "M0", "2028-03-05")).toMatchObject({ state: "reported", finished: "2028-02-29", report: done.id, late: 0 });
    expect(worksOf(plan, [begun, done], "2028-03-01").current).toBe("M0");
    const confirmed = { ...done, verdict: "confirmed" as const };
    expect(find([begun, confirmed], "M0", "2028-03-05")).toMatchObject({ state: "confirmed", finished: "2028-02-29" });
    expect(worksOf(plan, [begun, confirmed], "2028-03-01").current).toBe("M1");
  });

  it("go on where what was reported done was returned, or work on it was reported later", () => {
    const returned = report("M0", "done", "2028-02-29", { verdict: "returned" });
    expect(find([returned], "M0", "2028-03-04")).toMatchObject({ state: "running", finished: null, late: 4 });
    expect(find([report("M0", "done", "2028-02-29"), report("M0", "working", "2028-03-01")], "M0", "2028-03-01")?.state).toBe("running");
    expect(find([report("M0", "done", "2028-02-29"), report("M0", "stopped", "2028-03-01")], "M0", "2028-03-01")?.state).toBe("reported");
  });

  it("stand still from the first report in a row that says so until one that does not", () => {
    const stops = [report("M1", "working", "2028-03-02"), report("M1", "stopped", "2028-03-03"), report("M1", "stopped", "2028-03-09", { cause: "weather", owner: "contractor", nextDay: "2028-03-12" })];
    expect(worksOf(plan, stops, "2028-03-10").stop).toEqual({ since: "2028-03-03", cause: "weather", owner: "contractor", nextDay: "2028-03-12" });
    expect(worksOf(plan, [...stops, report("M1", "working", "2028-03-11")], "2028-03-11").stop).toBeNull();
    expect(worksOf(plan, [report("M0", "stopped", "2028-02-27")], "2028-02-27").stop?.since).toBe("2028-02-27");
    expect(worksOf(plan, [report("M0", "stopped", "2028-02-27", { cause: null })], "2028-02-27").stop).toBeNull();
    expect(worksOf(plan, [report("M0", "stopped", "2028-02-27", { owner: null })], "2028-02-27").stop).toBeNull();
    expect(worksOf(plan, [report("M0", "stopped", "2028-02-27", { nextDay: null })], "2028-02-27").stop).toBeNull();
  });

  it("say why they are late with the newest cause that was stated, and none while they are in time", () => {
    const reports = [report("M0", "working", "2028-02-27", { cause: "weather" }), report("M0", "working", "2028-02-28")];
    expect(worksOf(plan, reports, "2028-02-29").cause).toBeNull();
    expect(worksOf(plan, reports, "2028-03-02")).toMatchObject({ late: 2, cause: "weather" });
    expect(worksOf(plan, [], "2028-03-02")).toMatchObject({ cause: null });
  });

  it("that are all done are as late as the last milestone was", () => {
    const all = plan.map(({ code }) => report(code, "done", "2028-03-25", { verdict: "confirmed" }));
    expect(worksOf(plan, all, "2028-06-01")).toMatchObject({ current: null, late: 4 });
    expect(worksOf([], [], "2028-06-01").late).toBe(0);
  });

  const anyReport = fc.record({
    milestone: fc.constantFrom("M0", "M1", "M2"),
    kind: fc.constantFrom(...reportKinds),
    onDay: fc.integer({ min: 0, max: 60 }).map((n) => addDays("2028-02-20", n)),
    cause: fc.constantFrom(...stopCauses),
    verdict: fc.constantFrom("confirmed" as const, "returned" as const, null),
  });

  it("are the same in whatever order the reports came in", () => {
    fc.assert(
      fc.property(fc.array(anyReport, { maxLength: 12 }), (given) => {
        const reports = given.map(({ verdict, ...one }, id): SiteReport => ({
          ...one, id, verdict: one.kind === "done" ? verdict : null, owner: one.kind === "stopped" ? "agent" : null, nextDay: one.kind === "stopped" ? one.onDay : null,
        }));
        expect(worksOf(plan, [...reports].reverse(), "2028-04-30")).toEqual(worksOf(plan, reports, "2028-04-30"));
      }),
    );
  });

  it("are never less late a day later while no milestone is finished, and reports without a done finish none", () => {
    fc.assert(
      fc.property(fc.array(anyReport, { maxLength: 8 }), fc.integer({ min: 70, max: 200 }), (given, after) => {
        const reports = given.map((one, id): SiteReport => ({ ...one, kind: "working", id, verdict: null, owner: null, nextDay: null }));
        const today = addDays("2028-02-20", after);
        const [now, tomorrow] = [worksOf(plan, reports, today), worksOf(plan, reports, addDays(today, 1))];
        expect(tomorrow.late).toBe(now.late + 1);
        expect(now.milestones.every(({ finished }) => finished === null)).toBe(true);
      }),
    );
  });
});

describe("a silent site", () => {
  it("counts whole days since the last report, or since the works began", () => {
    expect(silentDays({ lastReport: null, since: "2026-12-18" }, "2027-01-01")).toBe(14);
    expect(silentDays({ lastReport: "2026-12-30", since: "2026-12-18" }, "2027-01-01")).toBe(2);
    expect(silentDays({ lastReport: "2026-12-01", since: "2026-12-18" }, "2027-01-01")).toBe(14);
    expect(silentDays({ lastReport: "2027-01-02", since: "2026-12-18" }, "2027-01-01")).toBe(0);
  });
});
