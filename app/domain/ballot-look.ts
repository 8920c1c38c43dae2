import { z } from "zod";
import { linesText, optional } from "./text.ts";

/** Why somebody looks at single ballots: to record them, to check them, to answer an owner, or what they write down. */
export const lookPurposes = ["record", "check", "answer", "other"] as const;
export type LookPurpose = (typeof lookPurposes)[number];

/** How long a reason holds: a working day. */
export const LOOK_HOURS = 12;

export const lookForm = z
  .object({ purpose: z.enum(lookPurposes, { error: "missing" }), reason: optional(linesText(500)) })
  .superRefine(({ purpose, reason }, context) => {
    if (purpose === "other" && reason === undefined) context.addIssue({ code: "custom", path: ["reason"], message: "missing" });
    if (purpose !== "other" && reason !== undefined) context.addIssue({ code: "custom", path: ["reason"], message: "unknown" });
  });

/** From when on a reason still holds. */
export function looksSince(now: Date): Date {
  return new Date(now.getTime() - LOOK_HOURS * 3_600_000);
}
