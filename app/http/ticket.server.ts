import { readRowNumber } from "#app/domain/row-number.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { ticketDaysLate, ticketSides, type TicketState } from "#app/domain/ticket.ts";
import { findTicket, findTicketScope, listTicketPhotos, listTicketSteps } from "#db/queries/tickets.server.ts";
import type { PortalContext } from "./context.server.ts";

type Params = Record<string, string | undefined>;

/**
 * A ticket with its steps, opened for whom its route let in: contact, names of staff and the ballot for the desk alone,
 * the room for desk and opener.
 *
 * @throws Response 404 for an unknown number
 */
export async function readTicket({ db, vault, now }: PortalContext, params: Params, viewer: "desk" | "site" | "opener") {
  const found = await findTicket(db, readRowNumber(params["ticket"]));
  if (!found) throw new Response(null, { status: 404 });
  const { textCipher, contactCipher, openerPhoneCipher, room, takenBy, consultation, unit, intentAt, ...ticket } = found;
  const [desk, site] = [viewer === "desk", viewer === "site"];
  const [steps, photos] = await Promise.all([listTicketSteps(db, ticket.id), listTicketPhotos(db, ticket.id)]);
  const contact = contactCipher && (JSON.parse(vault.open(contactCipher)) as { name: string | null; phone: string | null });
  const phone = openerPhoneCipher ? vault.open(openerPhoneCipher) : (contact?.phone ?? null);
  return {
    ...ticket,
    late: ticketDaysLate(ticket, shanghaiDay(now)),
    text: textCipher && vault.open(textCipher),
    room: site ? null : room,
    contact: desk ? { name: contact?.name ?? null, phone } : null,
    takenBy: desk ? takenBy : null,
    consultation: desk ? consultation : null,
    unit: desk ? unit : null,
    intentAt: desk ? intentAt : null,
    photos,
    steps: steps.map(({ textCipher: sealed, by, ...step }) => ({ ...step, by: desk ? by : null, text: sealed && vault.open(sealed) })),
  };
}

/** For whom the actor acts on a ticket: of several the one that has not answered yet. The route's policy has let the actor in. */
export async function sideOf<Party extends "committee" | "office" | "contractor" | "agent">(
  { db, actor }: PortalContext,
  params: Params,
  among: readonly Party[],
  { answered, asked }: { answered: readonly string[]; asked: readonly string[] },
): Promise<Party> {
  const scope = actor && (await findTicketScope(db, readRowNumber(params["ticket"]), actor.accountId));
  const sides = scope ? ticketSides(actor.grants, scope, among) : [];
  const side = sides.find((one) => asked.includes(one) && !answered.includes(one)) ?? sides[0];
  if (side === undefined) throw new Response(null, { status: 403 });
  return side;
}

/** Tickets with the days by which each is late today. */
export function withLate<Row extends { state: TicketState; dueOn: string }>({ now }: PortalContext, rows: readonly Row[]): (Row & { late: number })[] {
  const today = shanghaiDay(now);
  return rows.map((row) => ({ ...row, late: ticketDaysLate(row, today) }));
}
