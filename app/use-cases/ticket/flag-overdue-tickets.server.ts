import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { ticketDaysLate } from "#app/domain/ticket.ts";
import { withTransaction } from "#db/client.server.ts";
import { lockChain } from "#db/queries/log.server.ts";
import { findTicketToStep, listOverdueTickets, readTicketStanding } from "#db/queries/tickets.server.ts";
import type { Deps } from "../transact.server.ts";
import { recordStep } from "./take-ticket-step.server.ts";

/**
 * Flags tickets whose due date is over one level up, from the committee to the office: once a round, each in a
 * transaction of its own. Run again, or by two at once, it finds nothing more to do.
 *
 * @param onFailure is told of each ticket that could not be flagged; the others are
 * @returns how many it flagged
 */
export async function flagOverdueTickets(deps: Deps, onFailure: (ticketId: number, error: Error) => void): Promise<number> {
  let flagged = 0;
  for (const ticketId of await listOverdueTickets(deps.db, shanghaiDay(deps.now))) {
    try {
      if (await flag(deps, ticketId)) flagged++;
    } catch (error) {
      onFailure(ticketId, error as Error);
    }
  }
  return flagged;
}

function flag({ db, now }: Deps, ticketId: number): Promise<boolean> {
  return withTransaction(db, async (tx) => {
    const ticket = await findTicketToStep(tx, ticketId);
    if (!ticket) return false;
    const { stairwellId, subdistrictId } = ticket;
    await lockChain(tx, stairwellId);
    // Read again under the lock: it may have been answered in the meantime.
    const standing = await readTicketStanding(tx, ticketId);
    if (standing.escalated || ticketDaysLate(standing, shanghaiDay(now)) === 0) return false;
    await recordStep(tx, {
      stairwellId, subdistrictId, ticketId, step: "escalated", side: "portal", accountId: null, parties: null, textCipher: null, dueOn: null, at: now,
    });
    return true;
  });
}
