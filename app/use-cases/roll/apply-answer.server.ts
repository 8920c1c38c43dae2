import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import type { Tx } from "#db/client.server.ts";
import type { Place } from "#db/queries/flats.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { areToldApart, mergeOwners, setAnswer, settleJoined, type OwnerQuestion } from "#db/queries/owners.server.ts";
import { byAccount, refuse } from "../transact.server.ts";

export type Answer = "same" | "different";

/**
 * Records the committee's answer to a question of the roll and what follows from it, within a transaction that holds the
 * owners and the project.
 *
 * Refusals: `already_decided`, `answers_contradict`.
 */
export async function applyAnswer(
  tx: Tx,
  { place, question, answer, accountId, now }: { place: Pick<Place, "stairwellId" | "subdistrictId">; question: OwnerQuestion; answer: Answer; accountId: number; now: Date },
): Promise<void> {
  const { stairwellId, subdistrictId } = place;
  if (question.answer !== null) refuse({ code: "already_decided" });
  if (answer === "same" && (await areToldApart(tx, question))) refuse({ code: "answers_contradict" });
  await setAnswer(tx, { questionId: question.id, answer, accountId, now });
  if (answer === "same") {
    await mergeOwners(tx, question.ownerA, question.ownerB, shanghaiDay(now));
    await settleJoined(tx, stairwellId, { accountId, now });
  }
  await appendLog(tx, {
    stairwellId, subdistrictId, at: now, actor: byAccount(accountId),
    verb: "owner-question-answered", subject: `question:${question.id}`, content: { answer },
  });
}
