import { z } from "zod";
import type { Problem } from "./problem.ts";
import { rowNumber } from "./row-number.ts";
import { isDay } from "./shanghai-day.ts";
import { lineText, linesText, optional } from "./text.ts";

/** Photos that one fault, or one step of it, takes. */
export const MOST_FAULT_PHOTOS = 4;

/** Found, put right by the contractor, and done once somebody else has checked it; sent back it is found again. */
export type FaultState = "found" | "rectified" | "checked";
export const faultSteps = ["rectified", "checked", "returned"] as const;
export type FaultStep = (typeof faultSteps)[number];

const day = z.string({ error: "missing" }).trim().refine(isDay, { error: "not-a-day" });
const words = linesText(300);
/** What a committee writes down of a fault at the site, or says of one that was put right. */
export const DeskFaultForm = z
  .object({
    act: z.enum(["found", "checked", "returned"], { error: "missing" }),
    fault: optional(rowNumber),
    milestone: optional(lineText(8)),
    text: optional(words),
    dueOn: optional(day),
  })
  .superRefine(({ act, ...given }, context) => {
    const asked = act === "found" ? (["milestone", "text", "dueOn"] as const) : (["fault"] as const);
    for (const name of asked) if (given[name] === undefined) context.addIssue({ code: "custom", path: [name], message: "missing" });
  });

/** What a contractor says of a fault that was put right. */
export const RectifyFaultForm = z.object({ fault: rowNumber, text: optional(words) });

/** Where a fault stands, read from its steps, oldest first. */
export function faultState(steps: readonly { kind: FaultStep }[]): FaultState {
  const last = steps.at(-1)?.kind;
  return last === undefined || last === "returned" ? "found" : last;
}

export type FaultRefusal = "fault_unknown" | "fault_checked" | "fault_rectified" | "fault_not_rectified" | "fault_photo_missing" | "fault_own_step" | "fault_reason_missing";

/** Why a step of a fault is refused: rectified with a photo, then checked or sent back with a reason by somebody else. */
export function whyFaultStepIsRefused(
  fault: { steps: readonly { kind: FaultStep; accountId: number }[] } | undefined,
  { step, text, photos, accountId }: { step: FaultStep; text: string | null; photos: number; accountId: number },
): Problem<FaultRefusal> | null {
  if (!fault) return { code: "fault_unknown" };
  const state = faultState(fault.steps);
  if (state === "checked") return { code: "fault_checked" };
  if (step === "rectified") {
    if (state === "rectified") return { code: "fault_rectified" };
    return photos > 0 ? null : { code: "fault_photo_missing", at: "photos" };
  }
  if (state !== "rectified") return { code: "fault_not_rectified" };
  if (fault.steps.at(-1)?.accountId === accountId) return { code: "fault_own_step" };
  return step === "returned" && text === null ? { code: "fault_reason_missing", at: "text" } : null;
}
