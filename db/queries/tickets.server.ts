import { sql } from "kysely";
import type { FileOwner } from "#app/domain/file-access.ts";
import {
  ticketParties, ticketSides, type TicketChannel, type TicketKind, type TicketParty, type TicketScope, type TicketSide, type TicketStanding,
  type TicketState, type TicketStep,
} from "#app/domain/ticket.ts";
import type { Db, Tx } from "../client.server.ts";
import { listGrants } from "./accounts.server.ts";
import type { DeskScope } from "./desk.server.ts";

export interface NewTicket {
  subdistrictId: number;
  stairwellId: number;
  flatId: number | null;
  kind: TicketKind;
  ballotId: number | null;
  intentId: number | null;
  channel: TicketChannel;
  openedBy: number | null;
  takenBy: number | null;
  contactCipher: Buffer | null;
  contactHash: Buffer | null;
  textCipher: Buffer | null;
  openedAt: Date;
  dueOn: string;
}

export async function insertTicket(tx: Tx, ticket: NewTicket): Promise<number> {
  const { id } = await tx.insertInto("ticket").values(ticket).returning("id").executeTakeFirstOrThrow();
  return id;
}

export interface NewTicketStep {
  subdistrictId: number;
  ticketId: number;
  kind: TicketStep;
  side: TicketSide | "portal";
  accountId: number | null;
  parties: TicketParty[] | null;
  textCipher: Buffer | null;
  dueOn: string | null;
  at: Date;
}

export async function insertTicketStep(tx: Tx, step: NewTicketStep): Promise<number> {
  const { id } = await tx.insertInto("ticketStep").values(step).returning("id").executeTakeFirstOrThrow();
  return id;
}

/** The ballot that an objection names, else the one that counts for the flat in the stairwell's newest consultation. */
export async function findBallotObjectedTo(
  tx: Tx,
  { stairwellId, flatId, named }: { stairwellId: number; flatId: number | null; named: { consultation: string; seq: number } | null },
): Promise<{ id: number; flatId: number } | undefined> {
  if (!named && flatId === null) return undefined;
  return tx
    .selectFrom("ballot")
    .innerJoin("consultation", "consultation.id", "ballot.consultationId")
    .select(["ballot.id", "ballot.flatId"])
    .where("consultation.stairwellId", "=", stairwellId)
    .$if(flatId !== null, (q) => q.where("ballot.flatId", "=", flatId))
    .$if(named !== null, (q) => q.where("consultation.code", "=", named?.consultation ?? "").where("ballot.seq", "=", named?.seq ?? 0))
    .$if(named === null, (q) => q.innerJoin("countingBallot", "countingBallot.ballotId", "ballot.id"))
    .orderBy("consultation.openedAt", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** The room of a ballot, where it is one of these flats. */
export function findOwnBallot(db: Db, { consultation, seq }: { consultation: string; seq: number }, flatIds: number[]) {
  return db
    .selectFrom("ballot")
    .innerJoin("consultation", "consultation.id", "ballot.consultationId")
    .innerJoin("rollEntry", (join) =>
      join.onRef("rollEntry.consultationId", "=", "ballot.consultationId").onRef("rollEntry.flatId", "=", "ballot.flatId"),
    )
    .select("rollEntry.unit as room")
    .where("consultation.code", "=", consultation)
    .where("ballot.seq", "=", seq)
    .where("ballot.flatId", "in", flatIds.length > 0 ? flatIds : [-1])
    .executeTakeFirst();
}

/** The filing that an objection names, else the one that counts for the flat; one that was turned down needs no objection. */
export function findIntentObjectedTo(
  tx: Tx,
  { stairwellId, flatId, named }: { stairwellId: number; flatId: number | null; named: number | null },
): Promise<{ id: number; flatId: number } | undefined> {
  return openToObjection(tx)
    .select(["intent.id", "intent.flatId"])
    .where("intent.stairwellId", "=", stairwellId)
    .$if(named === null, (q) => q.innerJoin("countingIntent", "countingIntent.intentId", "intent.id").where("intent.flatId", "=", flatId ?? -1))
    .$if(named !== null, (q) => q.where("intent.id", "=", named ?? -1))
    .executeTakeFirst();
}

/** The room of a filed intent, where it is one of these flats. */
export function findOwnIntent(db: Db, id: number, flatIds: number[]) {
  return openToObjection(db)
    .innerJoin("flat", "flat.id", "intent.flatId")
    .select("flat.room")
    .where("intent.id", "=", id)
    .where("intent.flatId", "in", flatIds.length > 0 ? flatIds : [-1])
    .executeTakeFirst();
}

const openToObjection = (db: Db | Tx) =>
  db.selectFrom("intent").leftJoin("intentRejection", "intentRejection.intentId", "intent.id").where("intentRejection.intentId", "is", null);

/** Whether an objection to this ballot or intent waits for its answer. */
export async function hasOpenObjection(db: Db | Tx, to: { ballotId: number } | { intentId: number }): Promise<boolean> {
  const row = await db
    .selectFrom("ticket")
    .innerJoin("ticketStanding", "ticketStanding.ticketId", "ticket.id")
    .select("ticket.id")
    .where((e) => ("ballotId" in to ? e("ticket.ballotId", "=", to.ballotId) : e("ticket.intentId", "=", to.intentId)))
    .where("ticketStanding.state", "not in", ["answered", "solved"])
    .executeTakeFirst();
  return row !== undefined;
}

/** The tickets that a clerk may read: all of the clerk's committees; for the office those flagged, put or kept to it. */
function readable({ committeeIds, subdistrictIds }: DeskScope) {
  return sql<boolean>`(
    c.committee_id = any(${committeeIds}::int[])
    or t.subdistrict_id = any(${subdistrictIds}::int[]) and (
      t.kind in ('ballot-not-mine', 'intent-not-mine')
      or exists (select from ticket_step e where e.ticket_id = t.id and (e.kind = 'escalated' or 'office' = any(e.parties)))))`;
}

export interface TicketRow {
  id: number;
  kind: TicketKind;
  channel: TicketChannel;
  state: TicketState;
  asked: TicketParty[];
  escalated: boolean;
  openedAt: Date;
  dueOn: string;
  stairwell: string;
  community: string;
  building: string;
  entrance: string;
}

const ticketRow = sql`
  t.id, t.kind, t.channel, n.state, n.asked, n.escalated, t.opened_at as "openedAt", n.due_on as "dueOn",
  s.code as stairwell, c.name as community, s.building, s.entrance`;

const ticketPlace = sql`
  ticket t
  join ticket_standing n on n.ticket_id = t.id
  join stairwell s on s.id = t.stairwell_id
  join community c on c.id = s.community_id`;

export const TICKETS_PER_PAGE = 50;

/** The desk's tickets in these states, flagged ones first, then by due date; for those that are done, newest first. */
export async function listTickets(db: Db, scope: DeskScope, states: readonly TicketState[], page = 1): Promise<{ tickets: TicketRow[]; pages: number }> {
  const inStates = sql`${readable(scope)} and n.state = any(${[...states]}::text[])`;
  const order = states.includes("opened") ? sql`n.escalated desc, n.due_on, t.id` : sql`t.id desc`;
  const [{ rows }, counted] = await Promise.all([
    sql<TicketRow>`
      select ${ticketRow} from ${ticketPlace} where ${inStates}
      order by ${order} limit ${TICKETS_PER_PAGE} offset ${(page - 1) * TICKETS_PER_PAGE}`.execute(db),
    sql<{ count: number }>`select count(*) from ${ticketPlace} where ${inStates}`.execute(db),
  ]);
  return { tickets: rows, pages: Math.max(1, Math.ceil((counted.rows[0]?.count ?? 0) / TICKETS_PER_PAGE)) };
}

/** What is to be answered by the end of this day, or is late; for the office what was flagged or put to it. */
export async function listDueTickets(db: Db, scope: DeskScope, day: string): Promise<TicketRow[]> {
  const { rows } = await sql<TicketRow>`
    select ${ticketRow} from ${ticketPlace}
    where n.state not in ('answered', 'solved') and n.due_on <= ${day} and ${readable(scope)}
    order by n.escalated desc, n.due_on, t.id limit 200`.execute(db);
  return rows;
}

/** How many of the desk's tickets nobody has accepted yet. */
export async function countNewTickets(db: Db, scope: DeskScope): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) from ${ticketPlace} where n.state in ('opened', 'reopened') and ${readable(scope)}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** A ticket as its use cases need it, with the phones of who opened it; its stairwell's chain is what they hold meanwhile. */
export function findTicketToStep(tx: Tx, id: number) {
  return tx
    .selectFrom("ticket")
    .leftJoin("account", "account.id", "ticket.openedBy")
    .select(["ticket.subdistrictId", "ticket.stairwellId", "ticket.kind", "ticket.channel", "ticket.contactCipher", "account.phoneCipher"])
    .where("ticket.id", "=", id)
    .executeTakeFirst();
}

/** Where a ticket stands. Read while its stairwell's chain is held, it stays so until the transaction ends. */
export function readTicketStanding(db: Db | Tx, id: number): Promise<TicketStanding & { dueOn: string }> {
  return db
    .selectFrom("ticketStanding")
    .innerJoin("ticket", "ticket.id", "ticketStanding.ticketId")
    .select([
      "ticket.kind", "ticketStanding.state", "ticketStanding.asked", "ticketStanding.answered", "ticketStanding.escalated", "ticketStanding.dueOn",
    ])
    .where("ticket.id", "=", id)
    .executeTakeFirstOrThrow();
}

/** Tickets that were to be answered before this day and are not flagged yet, the oldest first. */
export async function listOverdueTickets(db: Db, today: string): Promise<number[]> {
  const rows = await db
    .selectFrom("ticketStanding")
    .select("ticketId")
    .where("state", "not in", ["answered", "solved"])
    .where("dueOn", "<", today)
    .where("escalated", "=", false)
    .orderBy("ticketId")
    .execute();
  return rows.map(({ ticketId }) => ticketId);
}

/** All that a page shows of a ticket, with what is sealed; undefined for an unknown number. */
export function findTicket(db: Db, id: number) {
  return db
    .selectFrom("ticket")
    .innerJoin("ticketStanding", "ticketStanding.ticketId", "ticket.id")
    .innerJoin("stairwell", "stairwell.id", "ticket.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .innerJoin("committee", "committee.id", "community.committeeId")
    .leftJoin("flat", "flat.id", "ticket.flatId")
    .leftJoin("account as opener", "opener.id", "ticket.openedBy")
    .leftJoin("account as taker", "taker.id", "ticket.takenBy")
    .leftJoin("intent", "intent.id", "ticket.intentId")
    .leftJoin("ballot", "ballot.id", "ticket.ballotId")
    .leftJoin("consultation", "consultation.id", "ballot.consultationId")
    .leftJoin("rollEntry", (join) =>
      join.onRef("rollEntry.consultationId", "=", "ballot.consultationId").onRef("rollEntry.flatId", "=", "ballot.flatId"),
    )
    .select([
      "ticket.id", "ticket.kind", "ticket.channel", "ticket.textCipher", "ticket.contactCipher", "ticket.openedAt",
      "ticketStanding.state", "ticketStanding.asked", "ticketStanding.answered", "ticketStanding.escalated", "ticketStanding.dueOn",
      "stairwell.code as stairwell", "stairwell.building", "stairwell.entrance", "community.name as community", "committee.phone as committeePhone",
      "flat.room", "rollEntry.unit", "opener.phoneCipher as openerPhoneCipher", "taker.name as takenBy", "consultation.code as consultation", "intent.filedAt as intentAt",
    ])
    .where("ticket.id", "=", id)
    .executeTakeFirst();
}

/** When owners of these stairwells asked for a re-assessment since the last one was issued; what they wrote stays with the committee. */
export async function listReassessmentAsked(db: Db, stairwellIds: readonly number[]): Promise<{ stairwellId: number; asked: number; last: Date }[]> {
  const { rows } = await sql<{ stairwellId: number; asked: number; last: Date }>`
    select t.stairwell_id, count(*)::int as asked, max(t.opened_at) as last
    from ticket t
    where t.kind = 'reassessment' and t.stairwell_id = any(${[...stairwellIds]}::integer[])
      and t.opened_at > coalesce((select max(a.issued_at) from assessment a where a.stairwell_id = t.stairwell_id), '-infinity')
    group by t.stairwell_id`.execute(db);
  return rows;
}

/** Every step of a ticket, the oldest first. */
export function listTicketSteps(db: Db, ticketId: number) {
  return db
    .selectFrom("ticketStep")
    .leftJoin("account", "account.id", "ticketStep.accountId")
    .select([
      "ticketStep.id", "ticketStep.kind", "ticketStep.side", "account.name as by", "ticketStep.parties", "ticketStep.textCipher", "ticketStep.dueOn",
      "ticketStep.at",
    ])
    .where("ticketStep.ticketId", "=", ticketId)
    .orderBy("ticketStep.id")
    .execute();
}

const opens = (accountId: number) => sql<boolean>`(
  t.opened_by = ${accountId} or t.contact_hash = (select phone_hash from account where id = ${accountId}))`;

/** The tickets that this account opened, or whose contact is its phone; the newest first. */
export async function listMyTickets(db: Db, accountId: number): Promise<TicketRow[]> {
  const { rows } = await sql<TicketRow>`select ${ticketRow} from ${ticketPlace} where ${opens(accountId)} order by t.id desc limit 200`.execute(db);
  return rows;
}

/** The tickets that were put to whoever works for these stairwells as `party`. */
export async function listAskedTickets(db: Db, asked: readonly { stairwellId: number; party: "contractor" | "agent" }[]): Promise<TicketRow[]> {
  const { rows } = await sql<TicketRow>`
    select ${ticketRow} from ${ticketPlace}
    where t.kind not in ('ballot-not-mine', 'intent-not-mine') and exists (
      select from ticket_step e, unnest(${asked.map(({ stairwellId }) => stairwellId)}::int[], ${asked.map(({ party }) => party)}::text[]) as g (stairwell_id, party)
      where e.ticket_id = t.id and g.stairwell_id = t.stairwell_id and g.party = any(e.parties))
    order by n.state in ('answered', 'solved'), n.due_on, t.id limit 200`.execute(db);
  return rows;
}

export interface FoundTicketScope extends TicketScope {
  /** Whether this account opened it, or its phone is the contact. */
  isOpener: boolean;
}

export async function findTicketScope(db: Db, id: number, accountId: number): Promise<FoundTicketScope | undefined> {
  const { rows } = await sql<FoundTicketScope>`
    select t.stairwell_id as "stairwellId", c.committee_id as "committeeId", t.subdistrict_id as "subdistrictId", t.kind,
      array(select distinct p from ticket_step e, unnest(e.parties) as p where e.ticket_id = t.id) as "everAsked",
      exists (select from ticket_step e where e.ticket_id = t.id and e.kind = 'escalated') as "everEscalated",
      coalesce(${opens(accountId)}, false) as "isOpener"
    from ticket t join stairwell s on s.id = t.stairwell_id join community c on c.id = s.community_id
    where t.id = ${id}`.execute(db);
  return rows[0];
}

export async function insertTicketPhoto(tx: Tx, photo: { fileId: string; ticketId: number; subdistrictId: number }): Promise<void> {
  await tx.insertInto("ticketPhoto").values(photo).execute();
}

/** The photos sent with a ticket that have not been removed. */
export function listTicketPhotos(db: Db, ticketId: number) {
  return db
    .selectFrom("ticketPhoto")
    .innerJoin("file", "file.id", "ticketPhoto.fileId")
    .innerJoin("filePage", "filePage.fileId", "file.id")
    .select(["file.id as file", "filePage.width", "filePage.height"])
    .where("ticketPhoto.ticketId", "=", ticketId)
    .where("file.removedAt", "is", null)
    .where("filePage.page", "=", 1)
    .orderBy("file.at")
    .orderBy("file.id")
    .execute();
}

/** Whose a photo of a ticket is: whoever may read the ticket, this account among them or not. */
export async function listTicketPhotoOwners(db: Db, { fileId, accountId }: { fileId: string; accountId: number }): Promise<FileOwner[]> {
  const photo = await db.selectFrom("ticketPhoto").select("ticketId").where("fileId", "=", fileId).executeTakeFirst();
  const scope = photo && (await findTicketScope(db, photo.ticketId, accountId));
  if (!scope) return [];
  const reads = scope.isOpener || ticketSides(await listGrants(db, accountId), scope, ticketParties).length > 0;
  return [{ subdistrictId: null, committeeId: scope.committeeId, stairwellId: null, ...(reads && { accountId }) }];
}

/** Objections to ballots of a consultation that wait for their answer: what to look at before its result is certified. */
export async function listOpenObjections(db: Db | Tx, consultation: string) {
  return db
    .selectFrom("ticket")
    .innerJoin("ticketStanding", "ticketStanding.ticketId", "ticket.id")
    .innerJoin("ballot", "ballot.id", "ticket.ballotId")
    .innerJoin("consultation", "consultation.id", "ballot.consultationId")
    .innerJoin("rollEntry", (join) =>
      join.onRef("rollEntry.consultationId", "=", "ballot.consultationId").onRef("rollEntry.flatId", "=", "ballot.flatId"),
    )
    .select(["ticket.id", "rollEntry.unit as room", "ticketStanding.dueOn"])
    .where("consultation.code", "=", consultation)
    .where("ticketStanding.state", "not in", ["answered", "solved"])
    .orderBy("ticket.id")
    .execute();
}

export interface TicketFigures {
  committee: string;
  opened: number;
  /** Answered for the first time by the end of the due date; late or not, `answered`. */
  answered: number;
  inTime: number;
  solved: number;
  /** How many were said not to be solved at least once. */
  reopened: number;
  /** Waiting for an answer past its due date. */
  overdue: number;
}

/** Figures of the tickets opened since then in a subdistrict, committee by committee, those without a ticket included. */
export async function summariseTickets(db: Db, subdistrictId: number, since: Date, today: string): Promise<TicketFigures[]> {
  const { rows } = await sql<TicketFigures>`
    select k.name as committee, count(t.id) as opened,
      count(*) filter (where t.answered_on is not null) as answered,
      count(*) filter (where t.answered_on <= t.due_on) as "inTime",
      count(*) filter (where t.state = 'solved') as solved,
      count(*) filter (where t.reopened) as reopened,
      count(*) filter (where t.state not in ('answered', 'solved') and t.now_due_on < ${today}) as overdue
    from committee k
    left join lateral (
      select t.id, t.due_on, n.state, n.due_on as now_due_on, r.id is not null as reopened,
        -- The last answer of the first round, where that round has all its answers.
        case when r.id is not null or n.state in ('answered', 'solved') then (
          select (max(e.at) at time zone 'Asia/Shanghai')::date from ticket_step e
          where e.ticket_id = t.id and e.kind = 'answer' and (r.id is null or e.id < r.id)) end as answered_on
      from ticket t
      join ticket_standing n on n.ticket_id = t.id
      join stairwell s on s.id = t.stairwell_id
      join community c on c.id = s.community_id
      left join lateral (
        select e.id from ticket_step e where e.ticket_id = t.id and e.kind = 'not-solved' order by e.id limit 1
      ) r on true
      where c.committee_id = k.id and t.opened_at >= ${since}
    ) t on true
    where k.subdistrict_id = ${subdistrictId}
    group by k.id order by k.name collate "C"`.execute(db);
  return rows;
}
