import type { Sms } from "#app/integrations/sms.server.ts";
import { claimMessage, isMessageWaiting, recordDelivery } from "#db/queries/outbox.server.ts";
import type { Deps } from "../transact.server.ts";

/** After so many tries a message is given up. */
export const MOST_SENDINGS = 8;

/**
 * - sent, dead: done with, now. `dead` says why: the gateway's code, or `expired`.
 * - later: to be tried again; `reason` is the gateway's code.
 * - busy: somebody else is at it.
 * - settled: it was done with before.
 */
export type Delivery = { state: "sent" | "busy" | "settled" } | { state: "dead" | "later"; reason: string };

/**
 * Hands one message of the outbox to the gateway and records what became of it.
 *
 * The row is held while the gateway is asked, so that two workers never send the same message at the same time, and
 * once the gateway's yes is recorded it is never sent again. What remains: when the gateway took the message but its
 * answer was lost, or the process or the database died before the record was committed, the message stays waiting and
 * is sent a second time. The gateway offers nothing against that; the reader gets the same code twice.
 */
export function deliverMessage({ db, vault, now }: Deps, sms: Sms, id: number): Promise<Delivery> {
  // Not withTransaction: work that is started anew would send anew.
  return db.transaction().execute(async (tx): Promise<Delivery> => {
    const message = await claimMessage(tx, id);
    if (!message) return { state: (await isMessageWaiting(tx, id)) ? "busy" : "settled" };
    if (message.expiresAt <= now) {
      await recordDelivery(tx, id, { tries: message.tries, deadAt: now, lastError: "expired" });
      return { state: "dead", reason: "expired" };
    }
    const outcome = await sms.send({
      phone: vault.open(message.phoneCipher),
      template: message.kind,
      params: JSON.parse(vault.open(message.paramsCipher)) as Record<string, string>,
      reference: `outbox-${id}`,
    });
    const tries = message.tries + 1;
    if (outcome.state === "sent") {
      await recordDelivery(tx, id, { tries, sentAt: now });
      return { state: "sent" };
    }
    const dead = outcome.state === "refused" || tries >= MOST_SENDINGS;
    await recordDelivery(tx, id, { tries, lastError: outcome.code, ...(dead && { deadAt: now }) });
    return { state: dead ? "dead" : "later", reason: outcome.code };
  });
}
