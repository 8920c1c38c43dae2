import { linkState } from "#app/domain/assisted.ts";
import { whyVoidIsRefused } from "#app/domain/ballot-end.ts";
import type { Tx } from "#db/client.server.ts";
import { findLinkedFiling, markLinkUsed, type LinkedFiling } from "#db/queries/assisted.server.ts";
import { lockBallot } from "#db/queries/ballots.server.ts";
import { countIntents, findRejection, lockProject } from "#db/queries/intents.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { hasOpenObjection } from "#db/queries/tickets.server.ts";
import { settleReserve } from "../intent/settle-reserve.server.ts";
import { recordTicket } from "../ticket/open-ticket.server.ts";
import { refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

export interface Objection {
  /** As it stands in the link. */
  token: string;
  /** What the record says in the owner's name; it names nobody. */
  reason: string;
  formKey: string;
}

/**
 * The owner's word, by the link in the message, that what was filed for the flat is not theirs. An intent counts no
 * longer, and the one before it stands again; for a ballot it is a request to void it, and until staff have settled that
 * no second person can confirm it. Either way the committee has to answer a ticket. What is certified stays; then the
 * ticket alone is opened.
 *
 * Refusals: `link_expired` (also for a link that nobody was sent), `link_used`, `already_objected_to`.
 */
export function objectToFiling(deps: Deps, { token, reason, formKey }: Objection): Promise<Outcome<{ stairwell: string }>> {
  const { vault, now } = deps;
  const tokenHash = vault.hash("objection", token);
  return transact(deps, { key: formKey, action: `object ${tokenHash.toString("hex")}` }, async (tx) => {
    const seen = await findLinkedFiling(tx, tokenHash);
    if (!seen) refuse({ code: "link_expired" });
    const before = seen.intent && { project: await lockProject(tx, seen.stairwellId), counts: await countIntents(tx, seen.stairwellId) };
    const held = seen.ballot && (await lockBallot(tx, seen.ballot.consultation, seen.ballot.seq));
    // Read again under the lock: another of the owners may have objected meanwhile.
    const filing = (await findLinkedFiling(tx, tokenHash)) ?? seen;
    const state = linkState(filing, now);
    if (state !== "open") refuse({ code: state === "used" ? "link_used" : "link_expired" });
    await markLinkUsed(tx, filing.linkId, now);

    if (filing.intent) await rejectIntent(tx, filing, filing.intent.id, { reason, now });
    if (held && !whyVoidIsRefused(held)) {
      await tx.insertInto("ballotVoidRequest").values({ ballotId: held.id, reason, way: "owner", accountId: null, at: now }).execute();
      await appendLog(tx, {
        stairwellId: held.stairwellId, subdistrictId: held.subdistrictId, at: now, actor: "resident",
        verb: "ballot-void-requested",
        subject: `ballot:${held.id}`,
        content: { consultation: filing.ballot?.consultation, room: held.room, seq: filing.ballot?.seq, reason },
      });
    }
    await openTicketOf(tx, deps, filing);
    if (before) await settleReserve(tx, before.project, before.counts, now);
    return { stairwell: filing.stairwell };
  });
}

async function rejectIntent(tx: Tx, { stairwellId, subdistrictId }: LinkedFiling, intentId: number, { reason, now }: { reason: string; now: Date }): Promise<void> {
  if (await findRejection(tx, intentId)) refuse({ code: "already_objected_to" });
  await tx.insertInto("intentRejection").values({ intentId, way: "owner", accountId: null, reason, at: now }).execute();
  await appendLog(tx, {
    stairwellId, subdistrictId, at: now, actor: "resident", verb: "intent-rejected", subject: `intent:${intentId}`, content: { reason, way: "owner" },
  });
}

async function openTicketOf(tx: Tx, deps: Deps, { stairwellId, subdistrictId, flatId, intent, ballot, phoneCipher }: LinkedFiling): Promise<void> {
  if (ballot && (await hasOpenObjection(tx, { ballotId: ballot.id }))) return;
  if (intent && (await hasOpenObjection(tx, { intentId: intent.id }))) return;
  const phone = deps.vault.open(phoneCipher);
  await recordTicket(tx, deps, {
    stairwellId, subdistrictId, flatId,
    kind: ballot ? "ballot-not-mine" : "intent-not-mine",
    ballotId: ballot?.id ?? null,
    intentId: intent?.id ?? null,
    text: null,
    by: { channel: "link", phone },
  });
}
