import { isObjection, ticketDueOn, type ObjectionKind, type TicketChannel, type TicketKind } from "#app/domain/ticket.ts";
import type { Tx } from "#db/client.server.ts";
import type { DeskScope } from "#db/queries/desk.server.ts";
import { holdFile } from "#db/queries/files.server.ts";
import { findPlace, type Place } from "#db/queries/flats.server.ts";
import { findFlat } from "#db/queries/intents.server.ts";
import { appendLog, lockChain, type Chain, type LogEntry } from "#db/queries/log.server.ts";
import { findBallotObjectedTo, findIntentObjectedTo, hasOpenObjection, insertTicket, insertTicketPhoto } from "#db/queries/tickets.server.ts";
import { digestOf } from "../digest.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

/** A resident with the own account, or somebody who called or came and whose words a clerk takes down. */
export type TicketOpener =
  | { channel: "online"; accountId: number; flatIds: readonly number[] }
  | { channel: Exclude<TicketChannel, "online" | "link">; accountId: number; name: string | null; phone: string | null; scope: DeskScope };

export interface TicketOpening {
  stairwell: string;
  /** The flat that it is about, where it is about one. */
  room: string | null;
  kind: TicketKind;
  /** The ballot of an objection (`ballot-not-mine`); without it, the one that counts for the room. */
  ballot?: { consultation: string; seq: number } | null;
  /** The filing of an objection (`intent-not-mine`); without it, the one that counts for the room. */
  intent?: number | null;
  /** Only an objection may go without words. */
  text: string | null;
  by: TicketOpener;
  /** Stored photos that go with it. */
  photos?: readonly string[];
  formKey: string;
}

/**
 * Opens a ticket (诉求工单) about a stairwell or its site. It is due so many working days later as its kind has.
 *
 * Refusals: `stairwell_unknown` (also for one that is not the clerk's), `flat_unknown`, `not_your_flat`,
 * `file_store_away`, and for an objection `ballot_unknown` or `intent_unknown` (also for somebody else's), `already_objected`.
 */
export function openTicket(deps: Deps, opening: TicketOpening): Promise<Outcome<{ ticketId: number; dueOn: string }>> {
  const { stairwell, room, kind, text, by, photos = [], formKey } = opening;
  return transact(deps, { key: formKey, action: `ticket ${stairwell} ${room ?? ""} ${kind} ${text ?? ""}` }, async (tx) => {
    const place = await findPlace(tx, stairwell);
    if (!place || !isWithin(place, by)) refuse({ code: "stairwell_unknown", at: "stairwell" });
    const { stairwellId, subdistrictId } = place;
    const flat = room === null ? undefined : await findFlat(tx, stairwell, room);
    if (room !== null && !flat) refuse({ code: "flat_unknown", at: "room" });
    if (flat && by.channel === "online" && !by.flatIds.includes(flat.id)) refuse({ code: "not_your_flat", at: "room" });

    // Held before the objection is looked for: two at the same moment are one.
    const chain = await lockChain(tx, stairwellId);
    const objected = isObjection(kind) ? await findObjected(tx, opening, kind, { stairwellId, flatId: flat?.id ?? null }) : null;
    return recordTicket(tx, deps, {
      stairwellId, subdistrictId, kind, text, photos,
      flatId: objected?.flatId ?? flat?.id ?? null,
      ballotId: kind === "ballot-not-mine" ? (objected?.id ?? null) : null,
      intentId: kind === "intent-not-mine" ? (objected?.id ?? null) : null,
      by,
    }, chain);
  });
}

export interface TicketRecord {
  stairwellId: number;
  subdistrictId: number;
  flatId: number | null;
  kind: TicketKind;
  ballotId: number | null;
  intentId: number | null;
  text: string | null;
  /** Stored photos that go with it. */
  photos?: readonly string[];
  /** Whose ticket it is: an account's, somebody's whose words a clerk takes down, or whoever has the link in a message. */
  by: TicketOpener | { channel: "link"; phone: string };
}

/** Adds a ticket and its entry in the log within a transaction that has made sure of the rest. */
export async function recordTicket(tx: Tx, { vault, now }: Pick<Deps, "vault" | "now">, ticket: TicketRecord, chain?: Chain): Promise<{ ticketId: number; dueOn: string }> {
  const { stairwellId, subdistrictId, kind, text, by, photos = [], ...about } = ticket;
  const { channel } = by;
  const phone = channel === "online" ? null : by.phone;
  const name = channel === "online" || channel === "link" ? null : by.name;
  const contact = name === null && phone === null ? null : JSON.stringify({ name, phone });
  const textCipher = text === null ? null : vault.seal(text);
  const dueOn = ticketDueOn(kind, now);
  const ticketId = await insertTicket(tx, {
    ...about, subdistrictId, stairwellId, kind, dueOn, textCipher, channel,
    openedBy: channel === "online" ? by.accountId : null,
    takenBy: channel === "online" || channel === "link" ? null : by.accountId,
    contactCipher: contact === null ? null : vault.seal(contact),
    contactHash: phone === null ? null : vault.hash("phone", phone),
    openedAt: now,
  });
  for (const fileId of photos) {
    if (!(await holdFile(tx, { fileId, kind: "photo", subdistrictId }))) refuse({ code: "file_store_away", at: "photos" });
    await insertTicketPhoto(tx, { fileId, ticketId, subdistrictId });
  }
  const entry: LogEntry = {
    stairwellId, subdistrictId, at: now, actor: channel === "link" ? "resident" : byAccount(by.accountId),
    verb: "ticket-opened",
    subject: `ticket:${ticketId}`,
    content: { kind, channel, dueOn, text: digestOf(textCipher), photos: [...photos] },
  };
  await appendLog(tx, entry, chain);
  return { ticketId, dueOn };
}

/** A clerk takes down what concerns the own stairwells; a resident may ask about any. */
function isWithin({ committeeId, subdistrictId }: Place, by: TicketOpener): boolean {
  return by.channel === "online" || by.scope.committeeIds.includes(committeeId) || by.scope.subdistrictIds.includes(subdistrictId);
}

async function findObjected(tx: Tx, { ballot, intent, by }: TicketOpening, kind: ObjectionKind, at: { stairwellId: number; flatId: number | null }) {
  const toBallot = kind === "ballot-not-mine";
  const found = toBallot ? await findBallotObjectedTo(tx, { ...at, named: ballot ?? null }) : await findIntentObjectedTo(tx, { ...at, named: intent ?? null });
  const theirs = found && (by.channel !== "online" || by.flatIds.includes(found.flatId));
  if (!theirs) refuse({ code: toBallot ? "ballot_unknown" : "intent_unknown", at: "room" });
  if (await hasOpenObjection(tx, toBallot ? { ballotId: found.id } : { intentId: found.id })) refuse({ code: "already_objected" });
  return found;
}
