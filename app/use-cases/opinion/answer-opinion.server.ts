import { isOver } from "#app/domain/notice-clock.ts";
import type { Tx } from "#db/client.server.ts";
import { appendLog, lockChain, touchPages } from "#db/queries/log.server.ts";
import { findOpinion, insertOpinionAnswer, findOpinionContact } from "#db/queries/opinions.server.ts";
import { queueMessage } from "../outbox/queue-message.server.ts";
import { digestOf } from "../digest.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

/** How long a message that there is an answer is of use. */
const TOLD_WITHIN_MS = 3 * 86_400_000;

/**
 * Answers one opinion, once; the answer is sealed, and whoever gave the opinion and left a phone is told that there is one. A plan goes on when each
 * objection was answered, not won.
 *
 * Refusals: `opinion_unknown` (also for one of another stairwell), `opinion_answered`.
 */
export function answerOpinion(
  deps: Deps,
  { stairwell, opinion: id, text, message, accountId, formKey }: {
    stairwell: string;
    opinion: number;
    text: string;
    /** What the phone reads. */
    message: (about: { home: string }) => string;
    accountId: number;
    formKey: string;
  },
): Promise<Outcome<{ opinion: number }>> {
  const { vault, now } = deps;
  return transact(deps, { key: formKey, action: `answer opinion ${id} ${text}` }, async (tx) => {
    const place = await findOpinion(tx, id);
    if (place?.stairwell !== stairwell) refuse({ code: "opinion_unknown" });
    const { stairwellId, subdistrictId } = place;
    const chain = await lockChain(tx, stairwellId);
    const held = await findOpinion(tx, id);
    if (held?.answeredAt) refuse({ code: "opinion_answered" });
    const textCipher = vault.seal(text);
    await insertOpinionAnswer(tx, { opinionId: id, subdistrictId, textCipher, accountId, at: now });
    await appendLog(tx, {
      stairwellId, subdistrictId, at: now, actor: byAccount(accountId),
      verb: "opinion-answered",
      subject: `opinion:${id}`,
      content: { text: digestOf(textCipher) },
    }, chain);
    const phone = await readPhone(tx, deps, id);
    if (phone) {
      const home = `${place.community} ${place.entrance}`;
      await queueMessage(tx, deps, {
        kind: "opinion-answered", phone, subdistrictId, text: message({ home }), params: { home }, expiresAt: new Date(now.getTime() + TOLD_WITHIN_MS),
      });
    }
    if (place.endsOn !== null && isOver(place.endsOn, now)) await touchPages(tx, [`stairwell:${stairwellId}`]);
    return { opinion: id };
  });
}

/** The phone of the account that wrote, or the one that was left at the desk. */
async function readPhone(tx: Tx, { vault }: Pick<Deps, "vault">, opinionId: number): Promise<string | null> {
  const { phoneCipher, contactCipher } = await findOpinionContact(tx, opinionId);
  if (phoneCipher) return vault.open(phoneCipher);
  return contactCipher ? (JSON.parse(vault.open(contactCipher)) as { phone: string | null }).phone : null;
}
