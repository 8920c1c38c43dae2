import { z } from "zod";
import { day } from "./consultation-forms.ts";
import { LONGEST_OPINION, type OpinionKind } from "./opinion.ts";
import type { Problem } from "./problem.ts";
import { linesText, optional } from "./text.ts";

export const mediationSteps = ["session", "offer", "outcome", "agreement"] as const;
export type MediationStep = (typeof mediationSteps)[number];

/** Who made an offer. */
export const offerParties = ["committee", "owners", "objector", "agent"] as const;
export type OfferParty = (typeof offerParties)[number];

export const mediationOutcomes = ["agreed", "not-agreed", "withdrawn"] as const;
export type MediationOutcome = (typeof mediationOutcomes)[number];

/** A step of mediation: a session on its day, an offer with who made it, how it ended, the agreement in words. */
export const mediationForm = z
  .object({
    step: z.enum(mediationSteps, { error: "missing" }),
    heldOn: optional(day),
    party: optional(z.enum(offerParties, { error: "unknown" })),
    ending: optional(z.enum(mediationOutcomes, { error: "unknown" })),
    text: linesText(LONGEST_OPINION),
  })
  .superRefine(({ step, heldOn, party, ending }, context) => {
    const asked = { session: ["heldOn", heldOn], offer: ["party", party], outcome: ["ending", ending], agreement: null }[step];
    const [missing, given] = asked ?? [];
    if (missing !== undefined && given === undefined) context.addIssue({ code: "custom", path: [missing], message: "missing" });
  });

/** A step as far as it decides what can follow. */
export interface MediationEntry {
  step: MediationStep;
  outcome: MediationOutcome | null;
}

/** How a mediation stands: the last outcome, as long as nobody met again afterwards. */
export function mediationState(entries: readonly MediationEntry[]): "none" | "open" | MediationOutcome {
  const last = entries.findLast(({ step }) => step === "session" || step === "outcome");
  if (!last) return entries.length === 0 ? "none" : "open";
  return last.outcome ?? "open";
}

export type MediationRefusal = "nothing_to_mediate" | "mediation_ended" | "not_agreed" | "session_in_future";

/**
 * Why a step cannot be added: only objections are mediated; after its outcome a mediation goes on with a new session
 * alone; an agreement is what was agreed on.
 */
export function whyMediationStepIsRefused(
  opinion: { kind: OpinionKind; entries: readonly MediationEntry[] },
  { step, heldOn }: { step: MediationStep; heldOn?: string | undefined },
  today: string,
): Problem<MediationRefusal> | null {
  if (opinion.kind !== "objection") return { code: "nothing_to_mediate" };
  if (heldOn !== undefined && heldOn > today) return { code: "session_in_future", at: "heldOn" };
  const state = mediationState(opinion.entries);
  if (step === "agreement") return state === "agreed" ? null : { code: "not_agreed" };
  const ended = state !== "none" && state !== "open";
  return ended && step !== "session" ? { code: "mediation_ended" } : null;
}
