import { z } from "zod";
import { findings, gradeOf, type AssessedFactor, type Finding, type Grade } from "./assessment.ts";
import type { Problem } from "./problem.ts";
import type { SettingValue } from "./setting-schemas.ts";
import type { SideState, Stage } from "./stages.ts";
import { linesText, lineText, optional } from "./text.ts";

/** A factor as it is asked, kept with the assessment that it was asked in. */
export type Factor = SettingValue<"factors">[number];

/** Photos that one save takes. */
export const MOST_FACTOR_PHOTOS = 4;

/** A length or width as it was measured, with at most two decimals: 3.85. */
const measured = optional(
  z
    .string()
    .transform((typed) => typed.normalize("NFKC").trim())
    .refine((text) => /^\d{1,4}(\.\d{1,2})?$/.test(text), { error: "not-measured" }),
);

/** What was found of one factor; saved by itself, so that a bad network loses one of them at most. */
export const findingForm = z.object({
  finding: z.enum(findings, { error: "missing" }),
  measured,
  note: optional(linesText(500)),
  remedy: optional(lineText(120)),
  remedyBy: optional(lineText(60)),
});
export type FoundFactor = z.infer<typeof findingForm>;

/** The assessor signs, the second professional issues or gives it back with a reason. */
export const assessmentForm = z
  .object({ step: z.enum(["sign", "issue", "return"], { error: "missing" }), reason: optional(linesText(500)) })
  .superRefine(({ step, reason }, context) => {
    if (step === "return" && reason === undefined) context.addIssue({ code: "custom", path: ["reason"], message: "missing" });
  });

/** Begins an assessment of a stairwell. */
export const startAssessmentForm = z.object({ stairwell: z.string({ error: "missing" }).max(24, { error: "unknown" }) });

export type FindingRefusal = "note_missing" | "measured_missing" | "below_limit" | "remedy_by_missing";

/** Hundredths of a number with at most two decimals: exact, as a float is not. */
function hundredths(text: string): number {
  const [whole = "0", rest = ""] = text.split(".");
  return Number(whole) * 100 + Number(rest.padEnd(2, "0"));
}

/** Whether a measured value is less than the factor asks for. */
export function isBelowLimit({ limit }: Pick<Factor, "limit">, value: string | null): boolean {
  return limit !== null && value !== null && hundredths(value) < hundredths(limit.least);
}

/**
 * Why a finding cannot be saved like this: what stands in the way strongly is described, what has a limit is measured
 * and below it is something, and a remedy names who would have to act.
 */
export function whyFindingIsRefused(factor: Factor, { finding, measured: value, note, remedy, remedyBy }: FoundFactor): Problem<FindingRefusal> | null {
  if (finding === "not-seen") return null;
  if (factor.limit && value === undefined) return { code: "measured_missing", at: "measured", params: { unit: factor.limit.unit } };
  if (factor.limit && finding === "none" && isBelowLimit(factor, value ?? null)) return { code: "below_limit", at: "finding", params: { least: factor.limit.least, unit: factor.limit.unit } };
  if (note === undefined && (factor.informative || finding === "strong" || finding === "major")) return { code: "note_missing", at: "note" };
  return remedy !== undefined && remedyBy === undefined ? { code: "remedy_by_missing", at: "remedyBy" } : null;
}

export type StartRefusal = "assessment_not_due" | "assessment_running" | "project_ended";

const assessed: readonly Stage[] = ["assessment", "consultation", "plan-notice", "agreement", "approval"];

/** Why none can be begun: before the committee has asked for it, once there is building, or while another is not issued. */
export function whyStartIsRefused({ stage, sideState, isRunning }: { stage: Stage; sideState: SideState | null; isRunning: boolean }): Problem<StartRefusal> | null {
  if (sideState === "ended") return { code: "project_ended" };
  if (!assessed.includes(stage)) return { code: "assessment_not_due" };
  return isRunning ? { code: "assessment_running" } : null;
}

export interface FoundRow {
  factor: string;
  finding: Finding;
  remedy: string | null;
}

/** Every factor that was asked with what was found of it; not seen where nobody has looked. */
export function assessedFactors(asked: readonly Factor[], found: readonly FoundRow[]): AssessedFactor[] {
  const byFactor = new Map(found.map((row) => [row.factor, row]));
  return asked.map(({ id, informative }) => {
    const { finding = "not-seen", remedy = null } = byFactor.get(id) ?? {};
    return { factor: id, finding, informative, remedy };
  });
}

export interface Course {
  seen: number;
  of: number;
  /** As it would be now. */
  grade: Grade | null;
  /** The factor to look at next, in the order of the list; after the last the first that was left out. */
  next: string | null;
}

/** How far an assessment has come; `after` is the factor that was saved just now. */
export function courseOf(factors: readonly AssessedFactor[], after?: string): Course {
  const at = factors.findIndex(({ factor }) => factor === after) + 1;
  const open = [...factors.slice(at), ...factors.slice(0, at)].find(({ finding }) => finding === "not-seen");
  return {
    seen: factors.filter(({ finding }) => finding !== "not-seen").length,
    of: factors.length,
    grade: gradeOf(factors),
    next: open?.factor ?? null,
  };
}
