import { z } from "zod";
import type { Problem } from "./problem.ts";
import { linesText, lineText, optional } from "./text.ts";

/** How a flat was bound to a resident: by the phone on the roll, by a slip, by a request that the committee approved. */
export const bindingWays = ["roll", "slip", "request"] as const;
export type BindingWay = (typeof bindingWays)[number];

/** As what somebody asks to be bound; a tenant is noted and never votes. */
export const bindingSides = ["owner", "tenant"] as const;
export type BindingSide = (typeof bindingSides)[number];

/** What a clerk may have seen before approving: 房产证, 身份证, 购房合同, 其他. */
export const evidenceKinds = ["title", "id-card", "contract", "other"] as const;
export type Evidence = (typeof evidenceKinds)[number];

/** One page of the request each, before phone and code. */
export const sideStep = z.object({ side: z.enum(bindingSides, { error: "missing" }) });
export const nameStep = z.object({ name: lineText(40) });

/** Whoever holds a slip says whether the flat is theirs. */
export const slipSideStep = z.object({ owner: z.enum(["yes", "no"], { error: "missing" }) });

const id = z.coerce.number({ error: "unknown" }).int({ error: "unknown" }).positive({ error: "unknown" }).max(2_147_483_647, { error: "unknown" });
const seen = optional(z.literal("yes", { error: "unknown" }));

/** The committee's word on a request: each kind of evidence that was seen is ticked. */
export const bindingDecisionForm = z
  .object({
    request: id,
    verdict: z.enum(["approved", "refused"], { error: "missing" }),
    owner: optional(id),
    title: seen,
    "id-card": seen,
    contract: seen,
    other: seen,
    note: optional(linesText(200)),
  })
  .superRefine(({ verdict, note, other }, context) => {
    if ((verdict === "refused" || other === "yes") && note === undefined) context.addIssue({ code: "custom", path: ["note"], message: "missing" });
  });

/** Takes a binding back, with a reason, or ends the note of a tenant. */
export const unbindForm = z
  .object({ what: z.enum(["binding", "tenant"], { error: "missing" }), id, reason: optional(linesText(200)) })
  .superRefine(({ what, reason }, context) => {
    if (what === "binding" && reason === undefined) context.addIssue({ code: "custom", path: ["reason"], message: "missing" });
  });

/** Most phones that one slip binds: a household, not a stairwell. */
export const MOST_BOUND_BY_SLIP = 4;

export type BindingRefusal =
  | "slip_used_up"
  | "binding_unknown"
  | "binding_decided"
  | "owner_not_chosen"
  | "owner_not_on_roll"
  | "evidence_missing";

/**
 * Why a request cannot be approved like this: an owner is approved as one of the flat's present owners on the roll, and
 * only what was seen counts.
 */
export function whyApprovalIsRefused({ side, ownerId, ownersOnRoll, evidence }: {
  side: BindingSide;
  ownerId: number | null;
  ownersOnRoll: readonly number[];
  evidence: readonly Evidence[];
}): Problem<BindingRefusal> | null {
  // A tenant is given no say, so nothing need be shown.
  if (side === "tenant") return null;
  if (ownerId === null) return { code: "owner_not_chosen", at: "owner" };
  if (!ownersOnRoll.includes(ownerId)) return { code: "owner_not_on_roll", at: "owner" };
  return evidence.length === 0 ? { code: "evidence_missing", at: "title" } : null;
}
