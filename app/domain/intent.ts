import { z } from "zod";
import type { Problem } from "./problem.ts";
import { lineText, mobile, optional } from "./text.ts";

export const intentChoices = ["willing", "unwilling", "undecided"] as const;
export type IntentChoice = (typeof intentChoices)[number];

export const worries = ["cost", "light", "noise", "ground-floor", "other"] as const;
export type Worry = (typeof worries)[number];

/** One page of the filing each: which flat, what is wished, what worries, who files. */
export const flatStep = z.object({ room: lineText(16) });
export const choiceStep = z.object({ choice: z.enum(intentChoices, { error: "missing" }) });
export const worryStep = z.object({ worry: optional(z.enum([...worries, "none"], { error: "unknown" })) });
/** Whether somebody in the household needs help with the stairs; left empty by whoever prefers not to say. */
export const helpStep = z.object({ needsHelp: optional(z.enum(["yes", "no"], { error: "unknown" })) });
export const contactStep = z.object({ name: lineText(40), phone: mobile });

/** What somebody at the committee types for a household, from paper or while it is being told. */
export const deskIntent = z.object({
  room: lineText(16),
  choice: z.enum(intentChoices, { error: "missing" }),
  worry: optional(z.enum(worries, { error: "unknown" })),
  channel: z.enum(["paper", "assisted"], { error: "missing" }),
  needsHelp: helpStep.shape.needsHelp,
  name: optional(lineText(40)),
  phone: optional(mobile),
  /** Where to go after saving: to the next flat without an intent. */
  then: optional(z.enum(["next"], { error: "unknown" })),
});

export type IntentRefusal = "flat_unknown" | "in_use" | "slip_unknown" | "too_many_tries";

/** Why an intent cannot be filed any more: a lift that runs needs no wish. */
export function whyIntentIsRefused({ stage }: { stage: string }): Problem<IntentRefusal> | null {
  return stage === "in-use" ? { code: "in_use" } : null;
}
