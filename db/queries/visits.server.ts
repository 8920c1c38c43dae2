import { sql } from "kysely";
import type { FlatAsked, VisitOutcome } from "#app/domain/visit.ts";
import type { Db, Tx } from "../client.server.ts";

export interface DoorFlat extends FlatAsked {
  flatId: number;
  room: string;
  floor: number;
  /** Whether an intent was filed that nobody has confirmed yet. */
  filed: boolean;
}

/** The flats of a stairwell from the top floor down, with what is known of each: intents, and ballots of open consultations. */
export async function listDoorFlats(db: Db | Tx, stairwellId: number, now: Date): Promise<DoorFlat[]> {
  const { rows } = await sql<DoorFlat>`
    select f.id as "flatId", f.room, f.floor, coalesce(c.asked, 0) as asked, coalesce(c.returned, 0) as returned,
      exists (select from counting_intent i where i.flat_id = f.id) as known,
      exists (
        select from intent i where i.flat_id = f.id and i.known_by is null
          and not exists (select from intent_confirmation w where w.intent_id = i.id)
          and not exists (select from intent_rejection w where w.intent_id = i.id)) as filed
    from flat f
    left join lateral (
      select count(*) as asked, count(*) filter (where
        exists (select from counting_ballot b where b.consultation_id = r.consultation_id and b.flat_id = f.id)
        or exists (select from pending_check b where b.consultation_id = r.consultation_id and b.flat_id = f.id)) as returned
      from roll_entry r join consultation k on k.id = r.consultation_id
      where r.flat_id = f.id and k.closed_at is null and k.closes_at > ${now}
    ) c on true
    where f.stairwell_id = ${stairwellId}
    order by f.floor desc, f.room collate "C"`.execute(db);
  return rows;
}

/**
 * Since when visits of a stairwell count: since the first of its open consultations began, else since the last one of
 * all closed; null since ever.
 */
export async function findVisitsSince(db: Db | Tx, stairwellId: number, now: Date): Promise<Date | null> {
  const { rows } = await sql<{ since: Date | null }>`
    select coalesce(min(k.opened_at) filter (where k.closed_at is null and k.closes_at > ${now}), max(k.closed_at)) as since
    from consultation k
    where exists (select from roll_entry r join flat f on f.id = r.flat_id where r.consultation_id = k.id and f.stairwell_id = ${stairwellId})`.execute(db);
  return rows[0]?.since ?? null;
}

/** The nearest deadline for ballots of a stairwell's flats. */
export async function findBallotDeadline(db: Db, stairwellId: number, now: Date): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(k.closes_at) as at from consultation k
    where k.closed_at is null and k.closes_at > ${now}
      and exists (select from roll_entry r join flat f on f.id = r.flat_id where r.consultation_id = k.id and f.stairwell_id = ${stairwellId})`.execute(db);
  return rows[0]?.at ?? null;
}

/** Stairwells of these committees with an open consultation of their own that closes by then and ballots that are missing. */
export async function listDoorsMissing(db: Db, committeeIds: number[], { now, by }: { now: Date; by: Date }) {
  const { rows } = await sql<{ stairwell: string; community: string; entrance: string; closesAt: Date; left: number }>`
    select s.code as stairwell, c.name as community, s.entrance, k.closes_at as "closesAt", m.left
    from consultation k
    join stairwell s on s.id = k.stairwell_id
    join community c on c.id = s.community_id
    cross join lateral (
      select count(*) as left from roll_entry r
      where r.consultation_id = k.id
        and not exists (select from counting_ballot b where b.consultation_id = k.id and b.flat_id = r.flat_id)
        and not exists (select from pending_check b where b.consultation_id = k.id and b.flat_id = r.flat_id)
    ) m
    where k.scope = 'stairwell' and k.closed_at is null and k.closes_at > ${now} and k.closes_at <= ${by}
      and c.committee_id = any(${committeeIds}::int[]) and m.left > 0
    order by k.closes_at, s.code limit 50`.execute(db);
  return rows;
}

/** The visits of a stairwell since then, of one flat or of all, in order of time, without those taken back. */
export function listVisits(db: Db | Tx, { stairwellId, since, flatId }: { stairwellId: number; since: Date | null; flatId?: number }) {
  return db
    .selectFrom("visit")
    .leftJoin("visitUndo", "visitUndo.visitId", "visit.id")
    .leftJoin("visitNote", "visitNote.visitId", "visit.id")
    .innerJoin("account", "account.id", "visit.accountId")
    .select(["visit.id", "visit.flatId", "visit.outcome", "visit.at", "account.name as by", "visitNote.textCipher"])
    .where("visit.stairwellId", "=", stairwellId)
    .where("visitUndo.visitId", "is", null)
    .$if(since !== null, (q) => q.where("visit.at", ">=", since ?? new Date(0)))
    .$if(flatId !== undefined, (q) => q.where("visit.flatId", "=", flatId ?? 0))
    .orderBy("visit.id")
    .execute();
}

export interface NewVisit {
  subdistrictId: number;
  stairwellId: number;
  flatId: number;
  outcome: VisitOutcome;
  accountId: number;
  at: Date;
}

export async function insertVisit(tx: Tx, visit: NewVisit, noteCipher: Buffer | null): Promise<number> {
  const { id } = await tx.insertInto("visit").values(visit).returning("id").executeTakeFirstOrThrow();
  if (noteCipher) {
    await tx.insertInto("visitNote").values({ visitId: id, subdistrictId: visit.subdistrictId, textCipher: noteCipher, at: visit.at }).execute();
  }
  return id;
}

/** A visit of this stairwell, and whether it was taken back. */
export function findVisit(db: Db | Tx, stairwellId: number, id: number) {
  return db
    .selectFrom("visit")
    .innerJoin("flat", "flat.id", "visit.flatId")
    .leftJoin("visitUndo", "visitUndo.visitId", "visit.id")
    .select(["visit.id", "flat.room", "visit.outcome", "visit.accountId", "visit.at"])
    .select((e) => e("visitUndo.visitId", "is not", null).as("undone"))
    .where("visit.id", "=", id)
    .where("visit.stairwellId", "=", stairwellId)
    .executeTakeFirst();
}

/** Takes a visit back and forgets what was noted with it. */
export async function insertVisitUndo(tx: Tx, undo: { visitId: number; subdistrictId: number; accountId: number; at: Date }): Promise<void> {
  await tx.insertInto("visitUndo").values(undo).execute();
  await tx.deleteFrom("visitNote").where("visitId", "=", undo.visitId).execute();
}

/** The present owners of a flat, with their sealed phones: whom to call. */
export function listOwnersToCall(db: Db, flatId: number) {
  return db
    .selectFrom("ownership")
    .innerJoin("owner", "owner.id", "ownership.ownerId")
    .select(["owner.name", "owner.phoneCipher"])
    .where("ownership.flatId", "=", flatId)
    .where("ownership.until", "is", null)
    .orderBy("owner.id")
    .execute();
}
