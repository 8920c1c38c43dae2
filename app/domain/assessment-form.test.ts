import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assessedFactors, assessmentForm, courseOf, findingForm, isBelowLimit, whyFindingIsRefused, whyStartIsRefused, type Factor, type FoundFactor } from "./assessment-form.ts";
import { settingDefaults } from "./setting-defaults.ts";
import { stages } from "./stages.ts";

const plain: Factor = { id: "structure", name: "结构", limit: null, remedy: null, informative: false };
const lane: Factor = { ...plain, id: "fire-lane", name: "消防车道", limit: { least: "4", unit: "米" } };
const entry: Factor = { ...plain, id: "entry", name: "入户方式", informative: true };
const found = (more: Partial<FoundFactor> = {}): FoundFactor => ({ finding: "none", measured: undefined, note: undefined, remedy: undefined, remedyBy: undefined, ...more });
const why = (factor: Factor, more: Partial<FoundFactor> = {}) => whyFindingIsRefused(factor, found(more))?.code ?? "saved";

describe("what was found of a factor", () => {
  it("is saved as none without more ado, and as not seen whatever is missing", () => {
    expect(why(plain)).toBe("saved");
    expect(why(plain, { finding: "weak" })).toBe("saved");
    for (const factor of [plain, lane, entry]) expect(why(factor, { finding: "not-seen" })).toBe("saved");
  });

  it("is described where it stands strongly in the way, and where it is only information", () => {
    expect(why(plain, { finding: "strong" })).toBe("note_missing");
    expect(why(plain, { finding: "major" })).toBe("note_missing");
    expect(why(plain, { finding: "major", note: "承重墙开裂" })).toBe("saved");
    expect(why(entry)).toBe("note_missing");
    expect(why(entry, { note: "错层入户" })).toBe("saved");
  });

  it("is measured where there is a limit, and below the limit is never none", () => {
    expect(whyFindingIsRefused(lane, found())).toEqual({ code: "measured_missing", at: "measured", params: { unit: "米" } });
    expect(why(lane, { measured: "4" })).toBe("saved");
    expect(whyFindingIsRefused(lane, found({ measured: "3.99" }))).toEqual({ code: "below_limit", at: "finding", params: { least: "4", unit: "米" } });
    expect(why(lane, { measured: "3.99", finding: "weak" })).toBe("saved");
  });

  it("names with a remedy who would have to act", () => {
    expect(why(plain, { finding: "strong", note: "x", remedy: "迁移燃气管" })).toBe("remedy_by_missing");
    expect(why(plain, { finding: "strong", note: "x", remedy: "迁移燃气管", remedyBy: "燃气公司" })).toBe("saved");
  });

  it("is compared with the limit exactly, to the hundredth", () => {
    expect(isBelowLimit(plain, "0")).toBe(false);
    expect(isBelowLimit(lane, null)).toBe(false);
    const hundredth = fc.integer({ min: 0, max: 999_999 });
    const text = (n: number) => (n % 100 === 0 ? String(n / 100) : (n / 100).toFixed(2));
    fc.assert(fc.property(hundredth, hundredth, (a, b) => isBelowLimit({ limit: { least: text(b), unit: "米" } }, text(a)) === a < b));
  });

  it("is read from a form: a number with two decimals, typed in full width too; nothing else", () => {
    const read = (typed: string) => findingForm.safeParse({ finding: "none", measured: typed });
    expect(read("３．８５").data?.measured).toBe("3.85");
    expect(read("").data?.measured).toBeUndefined();
    for (const typed of ["3,85", "-1", "3.855", "1e3", "12345", "三米"]) expect(read(typed).error?.issues[0]?.message).toBe("not-measured");
    expect(assessmentForm.safeParse({ step: "return" }).error?.issues[0]?.path).toEqual(["reason"]);
    expect(assessmentForm.safeParse({ step: "sign" }).success).toBe(true);
  });
});

describe("an assessment", () => {
  it("is begun once the committee has asked for it and until there is building, one at a time", () => {
    const begun = stages.filter((stage) => whyStartIsRefused({ stage, sideState: null, isRunning: false }) === null);
    expect(begun).toEqual(["assessment", "consultation", "plan-notice", "agreement", "approval"]);
    expect(whyStartIsRefused({ stage: "reserve", sideState: null, isRunning: false })).toEqual({ code: "assessment_not_due" });
    expect(whyStartIsRefused({ stage: "assessment", sideState: "not-suitable", isRunning: false })).toBeNull();
    expect(whyStartIsRefused({ stage: "assessment", sideState: null, isRunning: true })).toEqual({ code: "assessment_running" });
    expect(whyStartIsRefused({ stage: "assessment", sideState: "ended", isRunning: false })).toEqual({ code: "project_ended" });
  });

  it("counts what was seen, leads to what was not, and has its grade at the end", () => {
    const asked = settingDefaults.factors[0].value;
    const rows = asked.map(({ id }) => ({ factor: id, finding: "none" as const, remedy: null }));
    expect(courseOf(assessedFactors(asked, []))).toEqual({ seen: 0, of: 13, grade: null, next: "storeys" });
    expect(courseOf(assessedFactors(asked, rows.slice(3)), "entry")).toEqual({ seen: 10, of: 13, grade: null, next: "storeys" });
    expect(courseOf(assessedFactors(asked, rows.filter(({ factor }) => factor !== "pipes" && factor !== "storeys")), "fire-lane").next).toBe("pipes");
    expect(courseOf(assessedFactors(asked, rows))).toEqual({ seen: 13, of: 13, grade: "A", next: null });
    expect(assessedFactors([lane], [{ factor: "fire-lane", finding: "strong", remedy: "让出车道" }])).toEqual([{ factor: "fire-lane", finding: "strong", informative: false, remedy: "让出车道" }]);
  });
});
