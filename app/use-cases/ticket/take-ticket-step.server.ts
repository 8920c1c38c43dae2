import { ticketDueOn, whyTicketStepIsRefused, type TicketParty, type TicketSide, type TicketStep } from "#app/domain/ticket.ts";
import type { Tx } from "#db/client.server.ts";
import { appendLog, lockChain } from "#db/queries/log.server.ts";
import { findTicketToStep, insertTicketStep, readTicketStanding } from "#db/queries/tickets.server.ts";
import { digestOf } from "../digest.server.ts";
import { queueMessage } from "../outbox/queue-message.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

export interface TicketAct {
  ticketId: number;
  step: Exclude<TicketStep, "escalated">;
  /** For whom the account acts; the caller has made sure that it does. */
  side: TicketSide;
  /** Who is to answer, for `assigned`. */
  parties?: readonly TicketParty[];
  text: string | null;
  accountId: number;
  formKey: string;
  /** What the opener reads on the phone once all who were asked have answered. */
  message: (number: string) => string;
}

/** How long the message about an answer is worth sending, in milliseconds. */
const MESSAGE_LIFE = 2 * 86_400_000;

/**
 * Takes a ticket one step on: accepted, put to others, answered, noted, solved or not. Whoever in charge answers or puts
 * it to others has accepted it with that. "Not solved" begins a new round with a new due date; the last answer of a
 * round is told to the opener's phone.
 *
 * Refusals: `ticket_unknown` and those of `whyTicketStepIsRefused`.
 */
export function takeTicketStep(deps: Deps, act: TicketAct): Promise<Outcome<{ answered: boolean }>> {
  const { ticketId, step, side, text, accountId, formKey } = act;
  const parties = step === "assigned" ? [...(act.parties ?? [])] : null;
  return transact(deps, { key: formKey, action: `ticket ${ticketId} ${step} ${parties?.join() ?? ""} ${text ?? ""}` }, async (tx) => {
    const ticket = await findTicketToStep(tx, ticketId);
    if (!ticket) refuse({ code: "ticket_unknown" });
    await lockChain(tx, ticket.stairwellId);
    const standing = await readTicketStanding(tx, ticketId);
    const problem = whyTicketStepIsRefused(standing, { step, side, channel: ticket.channel, parties: parties ?? [] });
    if (problem) refuse(problem);

    const base = { ...ticket, ticketId, side, accountId, at: deps.now };
    const waits = standing.state === "opened" || standing.state === "reopened";
    if (waits && (side === "committee" || side === "office") && (step === "answer" || step === "assigned")) {
      await recordStep(tx, { ...base, step: "accepted", parties: null, textCipher: null, dueOn: null });
    }
    const dueOn = step === "not-solved" ? ticketDueOn(ticket.kind, deps.now) : null;
    await recordStep(tx, { ...base, step, parties, textCipher: text === null ? null : deps.vault.seal(text), dueOn });
    if (step !== "answer") return { answered: false };

    const answered = (await readTicketStanding(tx, ticketId)).state === "answered";
    const phone = answered ? phoneOf(deps, ticket) : null;
    if (phone !== null) {
      const number = String(ticketId);
      const expiresAt = new Date(deps.now.getTime() + MESSAGE_LIFE);
      await queueMessage(tx, deps, { kind: "ticket-answered", phone, subdistrictId: ticket.subdistrictId, text: act.message(number), params: { number }, expiresAt });
    }
    return { answered };
  });
}

export interface RecordedStep {
  subdistrictId: number;
  stairwellId: number;
  ticketId: number;
  step: TicketStep;
  side: TicketSide | "portal";
  accountId: number | null;
  parties: TicketParty[] | null;
  textCipher: Buffer | null;
  dueOn: string | null;
  at: Date;
}

/** Adds a step and its entry in the log. The caller holds the stairwell's chain. */
export async function recordStep(tx: Tx, { stairwellId, step, ...given }: RecordedStep): Promise<void> {
  const { subdistrictId, ticketId, side, accountId, parties, textCipher, dueOn, at } = given;
  const stepId = await insertTicketStep(tx, { subdistrictId, ticketId, kind: step, side, accountId, parties, textCipher, dueOn, at });
  await appendLog(tx, {
    stairwellId, subdistrictId, at,
    actor: accountId === null ? "portal" : byAccount(accountId),
    verb: `ticket-${step}`,
    subject: `ticket:${ticketId}`,
    content: { step: stepId, side, parties, dueOn, text: digestOf(textCipher) },
  });
}

function phoneOf({ vault }: Deps, { contactCipher, phoneCipher }: { contactCipher: Buffer | null; phoneCipher: Buffer | null }): string | null {
  if (phoneCipher) return vault.open(phoneCipher);
  return contactCipher && (JSON.parse(vault.open(contactCipher)) as { phone: string | null }).phone;
}
