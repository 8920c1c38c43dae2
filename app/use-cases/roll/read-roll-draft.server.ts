import type { RollReading } from "#app/domain/roll.ts";
import { readRoll } from "#db/import/roll/read-roll.server.ts";
import { findPlace, type Place } from "#db/queries/flats.server.ts";
import { findRollDraft } from "#db/queries/roll-drafts.server.ts";
import type { Deps } from "../transact.server.ts";
import { readRollPlan, type PlannedRoll } from "./read-roll-plan.server.ts";

export interface DraftNamed {
  /** Its code. */
  stairwell: string;
  draft: string;
  accountId: number;
}

/** A clerk's draft as it was read and what confirming it would do; undefined once it is stored, replaced or expired. */
export async function readRollDraft(
  { db, vault, now }: Deps,
  { stairwell, draft, accountId }: DraftNamed,
): Promise<{ place: Place; reading: RollReading; planned: PlannedRoll } | undefined> {
  const place = await findPlace(db, stairwell);
  const sealed = await findRollDraft(db, { id: draft, stairwell, accountId, now });
  if (!place || !sealed) return undefined;
  const reading = await readRoll(Buffer.from(vault.open(sealed), "base64"));
  return { place, reading, planned: await readRollPlan({ db, vault }, { place, reading, forCommittee: true }) };
}
