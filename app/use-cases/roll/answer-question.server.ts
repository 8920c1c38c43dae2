import { findPlace } from "#db/queries/flats.server.ts";
import { lockProject } from "#db/queries/intents.server.ts";
import { findOwnerQuestion } from "#db/queries/owners.server.ts";
import { lockOwners } from "#db/queries/register.server.ts";
import { refuse, transact, type Deps, type Outcome } from "../transact.server.ts";
import { applyAnswer, type Answer } from "./apply-answer.server.ts";

/**
 * The committee's answer to a question of the roll: are these two owners of the same name one person? If they are,
 * they become one owner and one head (SPC interpretation on condominium ownership, art. 9); names alone never do that.
 * Questions that this answers too are settled with it.
 *
 * Refusals: `stairwell_unknown`, `question_unknown` and those of `applyAnswer`.
 */
export function answerQuestion(
  deps: Deps,
  { stairwell, questionId, answer, accountId, formKey }: { stairwell: string; questionId: number; answer: Answer; accountId: number; formKey: string },
): Promise<Outcome<object>> {
  return transact(deps, { key: formKey, action: `question ${questionId}` }, async (tx) => {
    const place = await findPlace(tx, stairwell);
    if (!place) refuse({ code: "stairwell_unknown" });
    await lockOwners(tx, place.subdistrictId);
    await lockProject(tx, place.stairwellId);
    const question = await findOwnerQuestion(tx, place.stairwellId, questionId);
    if (!question) refuse({ code: "question_unknown" });
    await applyAnswer(tx, { place, question, answer, accountId, now: deps.now });
    return {};
  });
}
