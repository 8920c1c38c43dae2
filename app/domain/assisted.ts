import { z } from "zod";
import type { Problem } from "./problem.ts";
import { rowNumber } from "./row-number.ts";
import { lineText, optional } from "./text.ts";

/** Hours within which an owner may object to what was filed for the flat. */
export const OBJECTION_HOURS = 48;

/** Until when a link of this moment holds. */
export function objectionEnds(sentAt: Date): Date {
  return new Date(sentAt.getTime() + OBJECTION_HOURS * 3_600_000);
}

/** How far a link by which to object has come: it may be used until its last moment, once. */
export function linkState({ expiresAt, usedAt }: { expiresAt: Date; usedAt: Date | null }, now: Date): "open" | "used" | "expired" {
  if (usedAt) return "used";
  return now < expiresAt ? "open" : "expired";
}

/** After it was read aloud: which owner on the roll said it, or, where the roll has none, what they are called. */
export const readAloudForm = z.object({
  owner: optional(rowNumber),
  name: optional(lineText(40)),
});

/** Who said what a clerk typed. */
export interface Speaker {
  ownerId: number | null;
  name: string | null;
}

export type AssistedRefusal = "speaker_not_chosen" | "speaker_not_owner" | "link_expired" | "link_used" | "already_objected_to" | "must_be_read";

/** Why a filing cannot be kept for this speaker: it is one of the flat's owners on the roll, or a name where the roll has none. */
export function whySpeakerIsRefused({ ownerId, name }: Speaker, ownersOnRoll: readonly number[]): Problem<AssistedRefusal> | null {
  if (ownerId !== null) return ownersOnRoll.includes(ownerId) ? null : { code: "speaker_not_owner", at: "owner" };
  if (ownersOnRoll.length > 0) return { code: "speaker_not_chosen", at: "owner" };
  return name === null ? { code: "speaker_not_chosen", at: "name" } : null;
}
