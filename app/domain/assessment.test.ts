import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { changesBetween, findings, gradeOf, whyIssuingIsRefused, whySigningIsRefused, type AssessedFactor, type Finding } from "./assessment.ts";

const factor = (finding: Finding, more: Partial<AssessedFactor> = {}): AssessedFactor => ({ factor: "消防车道", finding, informative: false, remedy: null, ...more });
const all = (...list: Finding[]) => list.map((finding, index) => factor(finding, { factor: `第${index}项` }));

describe("the grade", () => {
  it("is A without a strong factor, B with one, C with two or a major one", () => {
    expect(gradeOf(all("none", "weak", "weak"))).toBe("A");
    expect(gradeOf(all("none", "strong", "weak"))).toBe("B");
    expect(gradeOf(all("strong", "strong", "none"))).toBe("C");
    expect(gradeOf(all("none", "major", "none"))).toBe("C");
  });

  it("is not given while a factor is not seen, nor for no factors at all", () => {
    expect(gradeOf(all("major", "not-seen"))).toBeNull();
    expect(gradeOf([])).toBeNull();
    expect(gradeOf([factor("none", { informative: true })])).toBeNull();
  });

  it("does not look at what is only information", () => {
    expect(gradeOf([...all("none"), factor("major", { informative: true })])).toBe("A");
    expect(gradeOf([...all("strong"), factor("not-seen", { informative: true })])).toBe("B");
  });

  it("never gets better when a factor gets worse", () => {
    const rank = { A: 0, B: 1, C: 2 };
    const seen = fc.constantFrom("none", "weak", "strong", "major");
    fc.assert(
      fc.property(fc.array(seen as fc.Arbitrary<Finding>, { minLength: 1, maxLength: 14 }), fc.nat(), (list, at) => {
        const index = at % list.length;
        const worse = list.map((finding, i) => (i === index ? (findings[Math.min(3, findings.indexOf(finding) + 1)] ?? finding) : finding));
        const [before, after] = [gradeOf(all(...list)), gradeOf(all(...worse))];
        expect(before && after && rank[after] >= rank[before]).toBe(true);
      }),
    );
  });
});

describe("an assessment", () => {
  const drafted = { factors: all("none", "weak"), signedBy: null, issuedAt: null };

  it("is signed once every factor was looked at, and once", () => {
    expect(whySigningIsRefused(drafted)).toBeNull();
    expect(whySigningIsRefused({ ...drafted, factors: [...all("none", "not-seen"), factor("not-seen", { informative: true })] })).toEqual({ code: "factors_not_seen", params: { factors: "第1项" } });
    expect(whySigningIsRefused({ ...drafted, signedBy: 1 })).toEqual({ code: "already_signed" });
    expect(whySigningIsRefused({ ...drafted, issuedAt: new Date(0) })).toEqual({ code: "already_issued" });
  });

  it("of grade B names a remedy for what is in the way", () => {
    expect(whySigningIsRefused({ ...drafted, factors: [factor("strong")] })).toEqual({ code: "remedy_missing", at: "消防车道", params: { factor: "消防车道" } });
    expect(whySigningIsRefused({ ...drafted, factors: [factor("strong", { remedy: "让出车道，由物业" })] })).toBeNull();
    expect(whySigningIsRefused({ ...drafted, factors: [factor("major")] })).toBeNull();
  });

  it("is issued by a second professional", () => {
    expect(whyIssuingIsRefused({ signedBy: null, issuedAt: null, accountId: 2 })).toEqual({ code: "not_signed" });
    expect(whyIssuingIsRefused({ signedBy: 1, issuedAt: null, accountId: 1 })).toEqual({ code: "same_person" });
    expect(whyIssuingIsRefused({ signedBy: 1, issuedAt: null, accountId: 2 })).toBeNull();
    expect(whyIssuingIsRefused({ signedBy: 1, issuedAt: new Date(0), accountId: 2 })).toEqual({ code: "already_issued" });
  });

  it("tells what a re-assessment found otherwise", () => {
    expect(changesBetween(all("none", "strong", "weak"), [...all("none", "weak"), factor("major")])).toEqual([
      { factor: "第1项", before: "strong", after: "weak" },
      { factor: "消防车道", before: null, after: "major" },
      { factor: "第2项", before: "weak", after: null },
    ]);
  });
});
