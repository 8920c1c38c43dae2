import { NOTE_DAYS } from "#app/domain/visit.ts";
import { deleteVisitNotes } from "#db/queries/visits.server.ts";
import type { Deps } from "../transact.server.ts";

/** Removes notes of talks at the door that have served their time; that there was a visit stays on record. Answers how many. */
export function forgetVisitNotes({ db, now }: Deps): Promise<number> {
  return deleteVisitNotes(db, new Date(now.getTime() - NOTE_DAYS * 86_400_000));
}
