import type { TicketParty } from "#app/domain/ticket.ts";
import { openTicket } from "#app/use-cases/ticket/open-ticket.server.ts";
import { takeTicketStep } from "#app/use-cases/ticket/take-ticket-step.server.ts";
import type { Db } from "#db/client.server.ts";
import { done } from "./consultations.ts";
import { formKey, testVault } from "./factories.ts";

export interface TicketPeople {
  /** Code of the stairwell that it is about. */
  stairwell: string;
  /** Account of the resident, and of a clerk of the committee. */
  opener: number;
  clerk: number;
  now?: Date;
}

/** A resident's ticket about noise, put to these parties by the committee. */
export async function askedTicket(db: Db, parties: readonly TicketParty[], { stairwell, opener, clerk, now = new Date() }: TicketPeople): Promise<number> {
  const deps = { db, vault: testVault, now };
  const by = { channel: "online", accountId: opener, flatIds: [] } as const;
  const { ticketId } = await done(openTicket(deps, { stairwell, room: null, kind: "noise", text: "夜里施工", by, formKey: formKey() }));
  const act = { ticketId, side: "committee", step: "assigned", parties, text: null, accountId: clerk, message: () => "" } as const;
  await done(takeTicketStep(deps, { ...act, formKey: formKey() }));
  return ticketId;
}
