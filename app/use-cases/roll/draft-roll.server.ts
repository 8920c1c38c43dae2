import { createHash, randomBytes } from "node:crypto";
import type { Problem } from "#app/domain/problem.ts";
import { whyReadingIsRefused } from "#app/domain/roll-plan.ts";
import type { RollReading } from "#app/domain/roll.ts";
import { readRoll } from "#db/import/roll/read-roll.server.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { keepRollDraft } from "#db/queries/roll-drafts.server.ts";
import { refuse, transact, type Deps } from "../transact.server.ts";

/** How long an uploaded roll waits for its confirmation. */
const DRAFT_MS = 3_600_000;

export type RollDrafted = { ok: true; draft: string } | { ok: false; problem: Problem; reading: RollReading };

/**
 * Reads an uploaded roll and keeps the file, sealed, until the clerk has looked at what was read and confirms it, an
 * hour at most. A roll with faults is not kept.
 *
 * Refusals: those of `whyReadingIsRefused`, `stairwell_unknown`.
 */
export async function draftRoll(
  deps: Deps,
  { stairwell, bytes, accountId, formKey }: { stairwell: string; bytes: Uint8Array; accountId: number; formKey: string },
): Promise<RollDrafted> {
  const reading = await readRoll(bytes);
  const problem = whyReadingIsRefused(reading);
  if (problem) return { ok: false, problem, reading };
  const digest = createHash("sha256").update(bytes).digest("hex");
  const kept = await transact(deps, { key: formKey, action: `roll draft ${stairwell} ${digest}` }, async (tx) => {
    const place = await findPlace(tx, stairwell);
    if (!place) refuse({ code: "stairwell_unknown" });
    const id = randomBytes(16).toString("base64url");
    const fileCipher = deps.vault.seal(Buffer.from(bytes).toString("base64"));
    const expiresAt = new Date(deps.now.getTime() + DRAFT_MS);
    await keepRollDraft(tx, { id, stairwellId: place.stairwellId, accountId, fileCipher, expiresAt }, deps.now);
    return { draft: id };
  });
  return kept.ok ? kept : { ...kept, reading };
}
