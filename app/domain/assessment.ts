import type { Problem } from "./problem.ts";

/** How much a factor stands in the way: 无, 弱, 强, 重大, 未查. */
export const findings = ["none", "weak", "strong", "major", "not-seen"] as const;
export type Finding = (typeof findings)[number];

/** A 适合, B 较难, C 不适合. */
export type Grade = "A" | "B" | "C";

/** One factor as it was found; an informative one is noted down without an effect on the grade. */
export interface AssessedFactor {
  factor: string;
  finding: Finding;
  informative: boolean;
  /** What would have to be done, and who would have to act. */
  remedy: string | null;
}

/**
 * The grade by rule, never typed in: C with a major factor or at least two strong ones, B with exactly one strong one,
 * else A; none while a factor is not seen.
 */
export function gradeOf(factors: readonly Pick<AssessedFactor, "finding" | "informative">[]): Grade | null {
  const counting = factors.filter(({ informative }) => !informative);
  if (counting.length === 0 || counting.some(({ finding }) => finding === "not-seen")) return null;
  const strong = counting.filter(({ finding }) => finding === "strong").length;
  if (strong >= 2 || counting.some(({ finding }) => finding === "major")) return "C";
  return strong === 1 ? "B" : "A";
}

export type AssessmentRefusal = "factors_not_seen" | "remedy_missing" | "not_signed" | "same_person" | "already_issued" | "already_signed";

export interface Issuing {
  factors: readonly AssessedFactor[];
  signedBy: number | null;
  issuedAt: Date | null;
  accountId: number;
}

/** Why the assessor cannot sign: a factor was not looked at, or what makes it a B has no remedy. */
export function whySigningIsRefused({ factors, signedBy, issuedAt }: Omit<Issuing, "accountId">): Problem<AssessmentRefusal> | null {
  if (issuedAt) return { code: "already_issued" };
  if (signedBy !== null) return { code: "already_signed" };
  const grade = gradeOf(factors);
  if (grade === null) {
    const open = factors.filter(({ finding, informative }) => finding === "not-seen" && !informative).map(({ factor }) => factor);
    return { code: "factors_not_seen", params: { factors: open.join("、") } };
  }
  const bare = grade === "B" ? factors.find(({ finding, informative, remedy }) => finding === "strong" && !informative && remedy === null) : undefined;
  return bare ? { code: "remedy_missing", at: bare.factor, params: { factor: bare.factor } } : null;
}

/** Why this person cannot issue it: it takes a second professional. */
export function whyIssuingIsRefused({ signedBy, issuedAt, accountId }: Omit<Issuing, "factors">): Problem<AssessmentRefusal> | null {
  if (issuedAt) return { code: "already_issued" };
  if (signedBy === null) return { code: "not_signed" };
  return signedBy === accountId ? { code: "same_person" } : null;
}

export interface FactorChange {
  factor: string;
  /** Null where the other assessment did not have the factor. */
  before: Finding | null;
  after: Finding | null;
}

/** What a re-assessment (复评) found otherwise than the one before it, in the order of the new one, then what it dropped. */
export function changesBetween(before: readonly AssessedFactor[], after: readonly AssessedFactor[]): FactorChange[] {
  const old = new Map(before.map(({ factor, finding }) => [factor, finding]));
  const changes = after.flatMap(({ factor, finding }): FactorChange[] => {
    const was = old.get(factor) ?? null;
    old.delete(factor);
    return was === finding ? [] : [{ factor, before: was, after: finding }];
  });
  return [...changes, ...[...old].map(([factor, was]) => ({ factor, before: was, after: null }))];
}
