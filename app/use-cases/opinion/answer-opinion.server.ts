import { isOver } from "#app/domain/notice-clock.ts";
import { appendLog, lockChain, touchPages } from "#db/queries/log.server.ts";
import { findOpinion, insertOpinionAnswer } from "#db/queries/opinions.server.ts";
import { digestOf } from "../digest.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

/**
 * Answers one opinion, once; the answer is sealed and goes to whoever gave the opinion. A plan goes on when each
 * objection was answered, not won.
 *
 * Refusals: `opinion_unknown` (also for one of another stairwell), `opinion_answered`.
 */
export function answerOpinion(
  deps: Deps,
  { stairwell, opinion: id, text, accountId, formKey }: { stairwell: string; opinion: number; text: string; accountId: number; formKey: string },
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
    if (place.endsOn !== null && isOver(place.endsOn, now)) await touchPages(tx, [`stairwell:${stairwellId}`]);
    return { opinion: id };
  });
}
