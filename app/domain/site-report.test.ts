import { describe, expect, it } from "vitest";
import { planFrom, worksOf, type SiteReport } from "./milestones.ts";
import { reportDay, SiteReportForm, whyDecisionIsRefused, whyReportIsRefused, WorksPlanForm } from "./site-report.ts";

const plan = planFrom([{ id: "M0", name: "进场", days: 3 }, { id: "M1", name: "基础", days: 5 }], "2026-12-01");
const confirmed: SiteReport = { id: 1, milestone: "M0", kind: "done", onDay: "2026-12-03", cause: null, owner: null, nextDay: null, verdict: "confirmed" };
const works = worksOf(plan, [confirmed], "2026-12-05");
const site = { stage: "construction", sideState: null, works } as const;
const given = { kind: "working", milestone: "M1", cause: undefined, nextOwner: undefined, nextDay: undefined, onDay: "2026-12-05", photos: 1 } as const;

describe("a report from the site", () => {
  it("is taken while something is built that is planned", () => {
    expect(whyReportIsRefused(site, given)).toBeNull();
    expect(whyReportIsRefused({ ...site, stage: "acceptance" }, given)).toBeNull();
    expect(whyReportIsRefused({ ...site, works: null }, given)?.code).toBe("no_works_plan");
    expect(whyReportIsRefused({ ...site, stage: "approval" }, given)?.code).toBe("not_building");
    expect(whyReportIsRefused({ ...site, stage: "in-use" }, given)?.code).toBe("not_building");
    expect(whyReportIsRefused({ ...site, sideState: "paused" }, given)?.code).toBe("works_halted");
  });

  it("is about a milestone of the plan that is not confirmed yet", () => {
    expect(whyReportIsRefused(site, { ...given, milestone: "M7" })).toEqual({ code: "milestone_unknown", at: "milestone" });
    expect(whyReportIsRefused(site, { ...given, milestone: "M0" })).toEqual({ code: "milestone_confirmed", at: "milestone" });
  });

  it("that a milestone is done needs a photo; that it goes on does not", () => {
    expect(whyReportIsRefused(site, { ...given, kind: "done", photos: 0 })).toEqual({ code: "report_photo_missing", at: "photos" });
    expect(whyReportIsRefused(site, { ...given, kind: "done" })).toBeNull();
    expect(whyReportIsRefused(site, { ...given, photos: 0 })).toBeNull();
  });

  it("of a stop says why, who takes the next step, and when", () => {
    const stop = { ...given, kind: "stopped", photos: 0, cause: "gas", nextOwner: "gas", nextDay: "2026-12-05" } as const;
    expect(whyReportIsRefused(site, stop)).toBeNull();
    expect(whyReportIsRefused(site, { ...stop, cause: undefined })?.at).toBe("cause");
    expect(whyReportIsRefused(site, { ...stop, nextOwner: undefined })?.at).toBe("nextOwner");
    expect(whyReportIsRefused(site, { ...stop, nextDay: undefined })?.code).toBe("stop_day_missing");
    expect(whyReportIsRefused(site, { ...stop, nextDay: "2026-12-04" })?.code).toBe("stop_day_past");
  });

  it("counts for the day on which it was written, for a week, and never for one ahead", () => {
    expect(reportDay("2026-12-28", "2027-01-04")).toBe("2026-12-28");
    expect(reportDay("2026-12-27", "2027-01-04")).toBe("2027-01-04");
    expect(reportDay("2027-01-05", "2027-01-04")).toBe("2027-01-04");
    expect(reportDay(undefined, "2027-01-04")).toBe("2027-01-04");
  });

  it("is read from a form that leaves most of it empty", () => {
    expect(SiteReportForm.parse({ kind: "working", milestone: "M1", cause: "", nextOwner: "", nextDay: "", people: " 12 ", work: "", problems: "", tomorrow: "", onDay: "2026-12-05" }))
      .toMatchObject({ kind: "working", milestone: "M1", people: 12, onDay: "2026-12-05" });
    expect(SiteReportForm.safeParse({ kind: "working", milestone: "M1", people: "many", nextDay: "31.12." }).error?.issues.map(({ path, message }) => [path[0], message]))
      .toEqual([["nextDay", "not-a-day"], ["people", "not-whole"]]);
    expect(WorksPlanForm.safeParse({ start: ["2026-02-30"], end: [] }).error?.issues.map(({ path, message }) => [path[0], message])).toEqual([["start", "not-a-day"], ["end", "missing"]]);
  });
});

describe("a decision on a finished milestone", () => {
  const report = { kind: "done", isDecided: false, isNewest: true, accountId: 7, photos: 2 };
  const confirm = { verdict: "confirmed", accountId: 8 } as const;

  it("is for somebody else than who reported it, against photos that are still there", () => {
    expect(whyDecisionIsRefused(report, confirm)).toBeNull();
    expect(whyDecisionIsRefused(report, { ...confirm, accountId: 7 })?.code).toBe("own_report");
    expect(whyDecisionIsRefused({ ...report, photos: 0 }, confirm)?.code).toBe("evidence_gone");
  });

  it("is for the newest report that it is done, once", () => {
    expect(whyDecisionIsRefused(undefined, confirm)?.code).toBe("report_unknown");
    expect(whyDecisionIsRefused({ ...report, kind: "working" }, confirm)?.code).toBe("report_unknown");
    expect(whyDecisionIsRefused({ ...report, isDecided: true }, confirm)?.code).toBe("report_decided");
    expect(whyDecisionIsRefused({ ...report, isNewest: false }, confirm)?.code).toBe("report_overtaken");
  });

  it("that sends it back says why", () => {
    expect(whyDecisionIsRefused(report, { ...confirm, verdict: "returned" })).toEqual({ code: "return_reason_missing", at: "reason" });
    expect(whyDecisionIsRefused({ ...report, photos: 0 }, { ...confirm, verdict: "returned", reason: "看不清" })).toBeNull();
  });
});
