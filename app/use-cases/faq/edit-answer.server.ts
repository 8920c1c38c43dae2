import { whyAnswerIsRefused, type Answer } from "#app/domain/faq.ts";
import { insertAnswer, nextOwnTopic } from "#db/queries/faq.server.ts";
import { touchPages } from "#db/queries/log.server.ts";
import { refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

export interface AnswerEdit extends Omit<Answer, "topic" | "editedOn"> {
  /** null for a new one. */
  topic: string | null;
  hidden: boolean;
  /** As it was before, for one that there is. */
  before: (Omit<Answer, "topic" | "editedOn"> & { hidden: boolean }) | null;
  subdistrictId: number;
  accountId: number;
  formKey: string;
}

/**
 * Edits an answer, dates it, and keeps the one before; or adds one.
 *
 * Refusals: those of `whyAnswerIsRefused`.
 */
export function editAnswer(deps: Deps, { topic, before, subdistrictId, accountId, formKey, ...edited }: AnswerEdit): Promise<Outcome<{ topic: string }>> {
  return transact(deps, { key: formKey, action: `answer ${topic ?? "new"} ${edited.question} ${edited.answer} ${edited.hidden}` }, async (tx) => {
    const problem = whyAnswerIsRefused(edited, before);
    if (problem) refuse(problem);
    const named = topic ?? `own-${await nextOwnTopic(tx)}`;
    await insertAnswer(tx, { ...edited, topic: named, subdistrictId, accountId, at: deps.now });
    await touchPages(tx, ["district", "everything"]);
    return { topic: named };
  });
}
