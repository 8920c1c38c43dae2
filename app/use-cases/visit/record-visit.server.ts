import { doorPurpose, isDoorOpen, type VisitOutcome } from "#app/domain/visit.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { appendLog, lockChain } from "#db/queries/log.server.ts";
import { insertVisit, listDoorFlats } from "#db/queries/visits.server.ts";
import { digestOf } from "../digest.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

export interface VisitRecord {
  stairwell: string;
  room: string;
  outcome: VisitOutcome;
  /** A word for colleagues, never a vote. */
  note: string | null;
  accountId: number;
  formKey: string;
}

/**
 * Records that somebody was met at the door, called, or not reached.
 *
 * Refusals: `stairwell_unknown`, `flat_unknown`, `door_done` where ballot or intent has come in meanwhile.
 */
export function recordVisit(deps: Deps, { stairwell, room, outcome, note, accountId, formKey }: VisitRecord): Promise<Outcome<{ visitId: number }>> {
  const { vault, now } = deps;
  return transact(deps, { key: formKey, action: `visit ${stairwell} ${room} ${outcome}` }, async (tx) => {
    const place = await findPlace(tx, stairwell);
    if (!place) refuse({ code: "stairwell_unknown" });
    const { stairwellId, subdistrictId, stage } = place;
    const chain = await lockChain(tx, stairwellId);
    const flats = await listDoorFlats(tx, stairwellId, now);
    const flat = flats.find((one) => one.room === room);
    if (!flat) refuse({ code: "flat_unknown" });
    if (!isDoorOpen(doorPurpose(flats, stage), flat)) refuse({ code: "door_done" });

    const noteCipher = note === null ? null : vault.seal(note);
    const visitId = await insertVisit(tx, { subdistrictId, stairwellId, flatId: flat.flatId, outcome, accountId, at: now }, noteCipher);
    const entry = {
      stairwellId, subdistrictId, at: now, actor: byAccount(accountId),
      verb: "door-visited",
      subject: `visit:${visitId}`,
      content: { room, outcome, note: digestOf(noteCipher) },
    };
    await appendLog(tx, entry, chain);
    return { visitId };
  });
}
