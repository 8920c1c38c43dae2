import { sql } from "kysely";
import type { Channel } from "#app/domain/consultation-file.ts";
import type { RecordedBallot } from "#app/domain/ballot-end.ts";
import type { Recorded, Scope } from "#app/domain/consultation.ts";
import type { PageRole } from "#app/domain/paper.ts";
import type { Choice } from "#app/domain/tally.ts";
import type { Db, Tx } from "../client.server.ts";
import type { DeskScope } from "./desk.server.ts";
import { lockConsultation, standInLine } from "./consultations.server.ts";
import { lockChain } from "./log.server.ts";

/** Takes hold of a consultation against its closing and finds a room on its roll; undefined where there is no such consultation. */
export async function lockForBallot(tx: Tx, consultation: string, room: string) {
  await standInLine(tx, consultation, "share");
  return tx
    .selectFrom("consultation")
    .leftJoin("rollEntry", (join) => join.onRef("rollEntry.consultationId", "=", "consultation.id").on("rollEntry.unit", "=", room))
    .select([
      "consultation.id", "consultation.stairwellId", "consultation.subdistrictId",
      "consultation.openedAt", "consultation.closesAt", "consultation.closedAt", "rollEntry.flatId",
    ])
    .where("consultation.code", "=", consultation)
    .forShare("consultation")
    .executeTakeFirst();
}

export interface NewBallot {
  subdistrictId: number;
  consultationId: number;
  flatId: number;
  choice: Choice;
  channel: Channel;
  authorisation: string | null;
  receivedOn: string | null;
  castAt: Date;
  recordedBy: number;
  receipt: string;
}

/** Adds a ballot under the next number of its consultation. The caller holds the stairwell's chain, so that no number is taken twice. */
export function insertBallot(tx: Tx, ballot: NewBallot): Promise<{ id: number; seq: number }> {
  const seq = sql<number>`(select coalesce(max(seq), 0) + 1 from ballot where consultation_id = ${ballot.consultationId})`;
  return tx.insertInto("ballot").values({ ...ballot, seq }).returning(["id", "seq"]).executeTakeFirstOrThrow();
}

/** Keeps the signature that was drawn for a ballot. */
export async function insertSignature(tx: Tx, signature: { ballotId: number; subdistrictId: number; fileId: string }): Promise<void> {
  await tx.insertInto("ballotSignature").values(signature).execute();
}

/** What a flat has on record; the caller holds the stairwell's chain, so that nothing is added to it meanwhile. */
export async function readRecorded(tx: Tx, { consultationId, flatId }: { consultationId: number; flatId: number }): Promise<Recorded> {
  const newest = await tx
    .selectFrom("ballot")
    .select(["seq", "channel", "castAt"])
    .select((e) =>
      e
        .selectFrom("countingBallot")
        .innerJoin("ballot as counting", "counting.id", "countingBallot.ballotId")
        .select("counting.castAt")
        .where("countingBallot.consultationId", "=", consultationId)
        .where("countingBallot.flatId", "=", flatId)
        .where("countingBallot.channel", "=", "online")
        .as("onlineAt"),
    )
    .where("consultationId", "=", consultationId)
    .where("flatId", "=", flatId)
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!newest) return { newest: null, onlineAt: null };
  const { onlineAt, ...ballot } = newest;
  return { newest: ballot, onlineAt };
}

export type HeldBallot = RecordedBallot & {
  images: PageRole[];
  id: number;
  flatId: number;
  receipt: string | null;
  room: string;
  request: { id: number; accountId: number | null; reason: string } | null;
  closesAt: Date;
  closedAt: Date | null;
  consultationId: number;
  stairwellId: number;
  subdistrictId: number;
};

/**
 * Takes hold of a ballot's consultation against certifying and of its stairwell's chain against other requests about
 * it, then reads how far the ballot has come; undefined where the consultation has none of this number.
 */
export async function lockBallot(tx: Tx, consultation: string, seq: number): Promise<HeldBallot | undefined> {
  const held = await lockConsultation(tx, consultation, "share");
  if (!held) return undefined;
  const { id: consultationId, stairwellId, subdistrictId, closesAt, closedAt } = held;
  await lockChain(tx, stairwellId);
  const row = await tx
    .selectFrom("ballot")
    .innerJoin("rollEntry", (join) =>
      join.onRef("rollEntry.consultationId", "=", "ballot.consultationId").onRef("rollEntry.flatId", "=", "ballot.flatId"),
    )
    .leftJoin("certificate", "certificate.consultationId", "ballot.consultationId")
    .leftJoin("ballotEnded", "ballotEnded.ballotId", "ballot.id")
    .leftJoin("ballotCheck", "ballotCheck.ballotId", "ballot.id")
    .leftJoin("pendingVoid", "pendingVoid.ballotId", "ballot.id")
    .select([
      "ballot.id", "ballot.flatId", "rollEntry.unit as room", "ballot.channel", "ballot.receipt", "ballot.recordedBy", "ballot.castAt", "certificate.certifiedAt",
      "ballotEnded.kind as end", "ballotCheck.verdict", "pendingVoid.requestId", "pendingVoid.accountId", "pendingVoid.reason",
    ])
    .select(sql<PageRole[]>`array(select distinct role from ballot_image i where i.ballot_id = ballot.id)`.as("images"))
    .where("ballot.consultationId", "=", consultationId)
    .where("ballot.seq", "=", seq)
    .executeTakeFirst();
  if (!row) return undefined;
  const { certifiedAt, verdict, requestId, accountId, reason, ...ballot } = row;
  const request = requestId === null || reason === null ? null : { id: requestId, accountId, reason };
  return {
    ...ballot, certified: certifiedAt !== null, isChecked: verdict !== null, request, closesAt, closedAt, consultationId, stairwellId, subdistrictId,
  };
}

/**
 * The roll of a consultation by floor, with the counting ballot of each flat and the one that waits for the second person.
 *
 * @param flatIds only these flats
 */
export function listRoll(db: Db, consultationId: number, flatIds?: readonly number[]) {
  return db
    .selectFrom("rollEntry")
    .innerJoin("flat", "flat.id", "rollEntry.flatId")
    .leftJoin(
      (e) => e.selectFrom("countingBallot").select(["flatId", "choice", "channel", "seq"]).where("consultationId", "=", consultationId).as("counting"),
      (join) => join.onRef("counting.flatId", "=", "rollEntry.flatId"),
    )
    .leftJoin(
      (e) => e.selectFrom("pendingCheck").select(["flatId", "choice", "channel", "seq"]).where("consultationId", "=", consultationId).as("waiting"),
      (join) => join.onRef("waiting.flatId", "=", "rollEntry.flatId"),
    )
    .select([
      "rollEntry.flatId", "rollEntry.unit", "flat.floor", "rollEntry.voter", "rollEntry.area",
      "counting.choice", "counting.channel", "counting.seq",
      "waiting.choice as waitingChoice", "waiting.channel as waitingChannel", "waiting.seq as waitingSeq",
    ])
    .select([
      sql<number | null>`(select max(seq) from ballot b where b.consultation_id = roll_entry.consultation_id and b.flat_id = roll_entry.flat_id)`.as(
        "newest",
      ),
      sql<number>`(select count(*) from ballot b where b.consultation_id = roll_entry.consultation_id and b.flat_id = roll_entry.flat_id)`.as(
        "ballots",
      ),
      sql<boolean>`exists (select from pending_void p join ballot b on b.id = p.ballot_id
        where b.consultation_id = roll_entry.consultation_id and b.flat_id = roll_entry.flat_id)`.as("pendingVoid"),
    ])
    .where("rollEntry.consultationId", "=", consultationId)
    .$if(flatIds !== undefined, (roll) => roll.where("rollEntry.flatId", "=", sql<number>`any(${flatIds ?? []}::integer[])`))
    .orderBy("flat.floor")
    .orderBy(sql`roll_entry.unit collate "C"`)
    .execute();
}

/** All ballots ever cast for a flat, newest first, with their ends: which one counts, which do not and why. */
export async function listBallotsOfFlat(db: Db, consultationId: number, room: string) {
  const rows = await db
    .selectFrom("ballot")
    .innerJoin("rollEntry", (join) =>
      join.onRef("rollEntry.consultationId", "=", "ballot.consultationId").onRef("rollEntry.flatId", "=", "ballot.flatId"),
    )
    .leftJoin("account as recorder", "recorder.id", "ballot.recordedBy")
    .leftJoin("ballotVoid", "ballotVoid.ballotId", "ballot.id")
    .leftJoin("account as requester", "requester.id", "ballotVoid.requestedBy")
    .leftJoin("account as confirmer", "confirmer.id", "ballotVoid.confirmedBy")
    .leftJoin("ballotEnded", "ballotEnded.ballotId", "ballot.id")
    .leftJoin("ballotCheck", "ballotCheck.ballotId", "ballot.id")
    .leftJoin("account as checker", "checker.id", "ballotCheck.accountId")
    .select([
      "ballot.seq", "ballot.choice", "ballot.channel", "ballot.authorisation", "ballot.receivedOn", "ballot.castAt", "ballot.receipt",
      "recorder.name as recordedBy", "ballotVoid.reason as voidReason", "ballotVoid.at as voidAt",
      "requester.name as voidRequestedBy", "confirmer.name as voidConfirmedBy", "ballot.recordedBy as recordedById",
      "ballotEnded.kind as end", "ballotCheck.note as checkNote", "ballotCheck.at as checkedAt", "checker.name as checkedBy",
    ])
    .select((e) => [
      e.exists(e.selectFrom("pendingVoid").select("requestId").whereRef("pendingVoid.ballotId", "=", "ballot.id")).$castTo<boolean>().as("pendingVoid"),
      // Said to be none of the owner's, by the link in the message or as a ticket.
      e.or([
        e.exists(e.selectFrom("ballotVoidRequest as asked").select("asked.id").whereRef("asked.ballotId", "=", "ballot.id").where("asked.way", "=", "owner")),
        e.exists(e.selectFrom("ticket").select("ticket.id").whereRef("ticket.ballotId", "=", "ballot.id")),
      ]).$castTo<boolean>().as("objected"),
      e.selectFrom("ticket").select("ticket.id").whereRef("ticket.ballotId", "=", "ballot.id").orderBy("ticket.id", "desc").limit(1).as("objection"),
    ])
    .where("ballot.consultationId", "=", consultationId)
    .where("rollEntry.unit", "=", room)
    .orderBy("ballot.seq", "desc")
    .execute();
  const counting = rows.find((row) => row.end === null)?.seq;
  return rows.map((row) => ({ ...row, counts: row.seq === counting }));
}

/** The newest ballot that somebody has recorded from paper or for an owner, as whoever would take it back finds it. */
export async function findLastRecorded(db: Db, { consultation, accountId }: { consultation: string; accountId: number }) {
  const row = await db
    .selectFrom("ballot")
    .innerJoin("consultation", "consultation.id", "ballot.consultationId")
    .innerJoin("rollEntry", (join) =>
      join.onRef("rollEntry.consultationId", "=", "ballot.consultationId").onRef("rollEntry.flatId", "=", "ballot.flatId"),
    )
    .innerJoin("flat", "flat.id", "ballot.flatId")
    .leftJoin("certificate", "certificate.consultationId", "ballot.consultationId")
    .leftJoin("ballotEnded", "ballotEnded.ballotId", "ballot.id")
    .leftJoin("ballotCheck", "ballotCheck.ballotId", "ballot.id")
    .leftJoin("pendingVoid", "pendingVoid.ballotId", "ballot.id")
    .select([
      "ballot.seq", "ballot.choice", "ballot.channel", "ballot.castAt", "ballot.recordedBy", "rollEntry.unit", "flat.room", "consultation.closesAt", "consultation.closedAt",
      "certificate.certifiedAt", "ballotEnded.kind as end", "ballotCheck.verdict", "pendingVoid.requestId", "pendingVoid.accountId as askedBy",
    ])
    .where("consultation.code", "=", consultation)
    .where("ballot.recordedBy", "=", accountId)
    .where("ballot.channel", "<>", "online")
    .orderBy("ballot.seq", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!row) return undefined;
  const { certifiedAt, verdict, requestId, askedBy, ...ballot } = row;
  return { ...ballot, certified: certifiedAt !== null, isChecked: verdict !== null, request: requestId === null ? null : { accountId: askedBy } };
}

/** What lies with the ballots of a flat: pages of paper, and signatures drawn on a screen. */
export async function listFilesOfFlat(db: Db, consultationId: number, unit: string) {
  const { rows } = await sql<{ seq: number; kind: PageRole | "signature"; fileId: string; page: number }>`
    select b.seq, f.kind, f.file_id as "fileId", f.page
    from roll_entry r join ballot b on (b.consultation_id, b.flat_id) = (r.consultation_id, r.flat_id)
    join (
      select i.ballot_id, i.role as kind, p.file_id, p.page, i.page_id as place from ballot_image i join ballot_page p on p.id = i.page_id
      union all
      select ballot_id, 'signature', file_id, 1, 0 from ballot_signature
    ) f on f.ballot_id = b.id
    where r.consultation_id = ${consultationId} and r.unit = ${unit}
    order by b.seq, f.place`.execute(db);
  return rows;
}

/** How many ballots were ever cast, whatever became of them. */
export async function countBallots(tx: Db | Tx, consultationId: number): Promise<number> {
  const { count } = await tx
    .selectFrom("ballot")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("consultationId", "=", consultationId)
    .executeTakeFirstOrThrow();
  return count;
}

/** All requests to void a ballot of the consultation, newest first, with what became of them. */
export async function listVoidRequests(db: Db, consultationId: number) {
  const rows = await db
    .selectFrom("ballotVoidRequest as request")
    .innerJoin("ballot", "ballot.id", "request.ballotId")
    .innerJoin("rollEntry", (join) =>
      join.onRef("rollEntry.consultationId", "=", "ballot.consultationId").onRef("rollEntry.flatId", "=", "ballot.flatId"),
    )
    .leftJoin("account as requester", "requester.id", "request.accountId")
    .leftJoin("ballotVoidRejection as rejection", "rejection.requestId", "request.id")
    .leftJoin("account as rejecter", "rejecter.id", "rejection.accountId")
    .leftJoin("ballotVoid", "ballotVoid.ballotId", "ballot.id")
    .select([
      "rollEntry.unit as room", "ballot.seq", "ballot.choice", "ballot.channel", "request.reason", "request.at",
      "request.accountId as requestedById", "requester.name as requestedBy",
      "rejection.reason as rejectedFor", "rejecter.name as rejectedBy", "ballotVoid.at as voidAt",
    ])
    .where("ballot.consultationId", "=", consultationId)
    .orderBy("request.id", "desc")
    .execute();
  return rows.map(({ voidAt, ...row }) => ({
    ...row,
    state: row.rejectedFor !== null ? ("rejected" as const) : voidAt !== null ? ("confirmed" as const) : ("pending" as const),
  }));
}

/** The open consultations on whose roll a flat stands, the one that closes first first. */
export function listOpenFor(db: Db, flatId: number, now: Date) {
  return db
    .selectFrom("rollEntry")
    .innerJoin("consultation", "consultation.id", "rollEntry.consultationId")
    .select(["consultation.code", "consultation.closesAt"])
    .where("rollEntry.flatId", "=", flatId)
    .where("consultation.closedAt", "is", null)
    .where("consultation.closesAt", ">", now)
    .orderBy("consultation.closesAt")
    .execute();
}

/** What waits in these committees' consultations for somebody else than who began it: ballots to check, ballots to make void. */
export async function listSecondPersonWork(db: Db, { committeeIds }: Pick<DeskScope, "committeeIds">, accountId: number) {
  const { rows } = await sql<{ code: string; community: string; entrance: string; scope: Scope; toCheck: number; toVoid: number; room: string }>`
    select c.code, m.name as community, s.entrance, c.scope,
      count(*) filter (where w.asked = 'check') as "toCheck", count(*) filter (where w.asked = 'void') as "toVoid",
      min(r.unit collate "C") filter (where w.asked = 'void') as room
    from (
      select consultation_id, flat_id, 'check' as asked from pending_check where recorded_by <> ${accountId}
      union all
      select b.consultation_id, b.flat_id, 'void' from pending_void p join ballot b on b.id = p.ballot_id where p.account_id is distinct from ${accountId}
    ) w
    join consultation c on c.id = w.consultation_id
    join roll_entry r on r.consultation_id = w.consultation_id and r.flat_id = w.flat_id
    join stairwell s on s.id = c.stairwell_id
    join community m on m.id = s.community_id
    where m.committee_id = any(${committeeIds}::int[])
    group by c.id, m.id, s.id
    order by c.closes_at, c.id
    limit 50`.execute(db);
  return rows;
}

/** Where a flat of a consultation's roll is. */
export function findRollFlat(db: Db, consultation: string, unit: string) {
  return db
    .selectFrom("rollEntry")
    .innerJoin("consultation", "consultation.id", "rollEntry.consultationId")
    .innerJoin("flat", "flat.id", "rollEntry.flatId")
    .innerJoin("stairwell", "stairwell.id", "flat.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .innerJoin("committee", "committee.id", "community.committeeId")
    .select([
      "rollEntry.flatId", "flat.room", "stairwell.building", "stairwell.entrance", "community.name as community", "committee.phone as committeePhone",
      "consultation.closesAt",
    ])
    .where("consultation.code", "=", consultation)
    .where("rollEntry.unit", "=", unit)
    .executeTakeFirst();
}
