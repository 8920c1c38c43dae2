import type { Problem } from "#app/domain/problem.ts";
import type { RollPlan } from "#app/domain/roll-plan.ts";
import type { RollReading } from "#app/domain/roll.ts";
import { readRoll } from "#db/import/roll/read-roll.server.ts";
import { findPlace, type Place } from "#db/queries/flats.server.ts";
import { findRollDraft } from "#db/queries/roll-drafts.server.ts";
import type { Deps } from "../transact.server.ts";
import { readRollPlan } from "./read-roll-plan.server.ts";

export interface DraftNamed {
  /** Its code. */
  stairwell: string;
  draft: string;
  accountId: number;
}

/** A clerk's draft as it was read, what confirming it does and why it may be refused; undefined once it is stored, replaced or expired. */
export async function readRollDraft(
  { db, vault, now }: Deps,
  { stairwell, draft, accountId }: DraftNamed,
): Promise<{ place: Place; reading: RollReading; plan: RollPlan; problem: Problem | null } | undefined> {
  const place = await findPlace(db, stairwell);
  const sealed = await findRollDraft(db, { id: draft, stairwell, accountId, now });
  if (!place || !sealed) return undefined;
  const reading = await readRoll(Buffer.from(vault.open(sealed), "base64"));
  const planned = await readRollPlan({ db, vault }, { place, reading, forCommittee: true });
  return planned.plan ? { place, reading, plan: planned.plan, problem: planned.ok ? null : planned.problem } : undefined;
}
