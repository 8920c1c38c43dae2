import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { lockProject } from "#db/queries/intents.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { areToldApart, findOwnerQuestion, mergeOwners, setAnswer, settleJoined } from "#db/queries/owners.server.ts";
import { lockOwners } from "#db/queries/register.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

/**
 * The committee's answer to a question of the roll: are these two owners of the same name one person? If they are,
 * they become one owner and one head (SPC interpretation on condominium ownership, art. 9); names alone never do that.
 * Questions that this answers too are settled with it.
 *
 * Refusals: `stairwell_unknown`, `question_unknown`, `already_decided`, `answers_contradict`.
 */
export function answerQuestion(
  deps: Deps,
  { stairwell, questionId, answer, accountId, formKey }: { stairwell: string; questionId: number; answer: "same" | "different"; accountId: number; formKey: string },
): Promise<Outcome<object>> {
  return transact(deps, { key: formKey, action: `question ${questionId}` }, async (tx) => {
    const place = await findPlace(tx, stairwell);
    if (!place) refuse({ code: "stairwell_unknown" });
    const { stairwellId, subdistrictId } = place;
    await lockOwners(tx, subdistrictId);
    await lockProject(tx, stairwellId);
    const question = await findOwnerQuestion(tx, stairwellId, questionId);
    if (!question) refuse({ code: "question_unknown" });
    if (question.answer !== null) refuse({ code: "already_decided" });
    if (answer === "same" && (await areToldApart(tx, question))) refuse({ code: "answers_contradict" });
    await setAnswer(tx, { questionId, answer, accountId, now: deps.now });
    if (answer === "same") {
      await mergeOwners(tx, question.ownerA, question.ownerB, shanghaiDay(deps.now));
      await settleJoined(tx, stairwellId, { accountId, now: deps.now });
    }
    await appendLog(tx, {
      stairwellId, subdistrictId, at: deps.now, actor: byAccount(accountId),
      verb: "owner-question-answered", subject: `question:${questionId}`, content: { answer },
    });
    return {};
  });
}
