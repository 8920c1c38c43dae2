import { sql } from "kysely";
import type { TicketChannel, TicketKind, TicketParty, TicketSide, TicketStanding, TicketState, TicketStep } from "#app/domain/ticket.ts";
import type { Db, Tx } from "../client.server.ts";
import type { DeskScope } from "./desk.server.ts";

export interface NewTicket {
  subdistrictId: number;
  stairwellId: number;
  flatId: number | null;
  kind: TicketKind;
  ballotId: number | null;
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

/** Whether an objection to this ballot waits for its answer. */
export async function hasOpenObjection(db: Db | Tx, ballotId: number): Promise<boolean> {
  const row = await db
    .selectFrom("ticket")
    .innerJoin("ticketStanding", "ticketStanding.ticketId", "ticket.id")
    .select("ticket.id")
    .where("ticket.ballotId", "=", ballotId)
    .where("ticketStanding.state", "not in", ["answered", "solved"])
    .executeTakeFirst();
  return row !== undefined;
}

/** The tickets that a clerk may read: all of the clerk's committees; for the office those flagged, put or kept to it. */
function readable({ committeeIds, subdistrictIds }: DeskScope) {
  return sql<boolean>`(
    c.committee_id = any(${committeeIds}::int[])
    or t.subdistrict_id = any(${subdistrictIds}::int[]) and (
      t.kind = 'ballot-not-mine'
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

/** The standing of a ticket with all that its rules ask for. Read after `lockTicket`, it holds until the transaction ends. */
export async function readTicketStanding(db: Db | Tx, id: number): Promise<TicketStanding & { dueOn: string }> {
  return db
    .selectFrom("ticketStanding")
    .innerJoin("ticket", "ticket.id", "ticketStanding.ticketId")
    .select(["ticket.kind", "ticketStanding.state", "ticketStanding.asked", "ticketStanding.answered", "ticketStanding.escalated", "ticketStanding.dueOn"])
    .where("ticket.id", "=", id)
    .executeTakeFirstOrThrow();
}

/** A ticket as its use cases need it. Its stairwell's chain is what they hold, so that steps stand in one order. */
export function findTicketToStep(tx: Tx, id: number) {
  return tx
    .selectFrom("ticket")
    .leftJoin("account", "account.id", "ticket.openedBy")
    .select(["ticket.id", "ticket.subdistrictId", "ticket.stairwellId", "ticket.kind", "ticket.channel", "ticket.contactCipher", "account.phoneCipher"])
    .where("ticket.id", "=", id)
    .executeTakeFirst();
}
