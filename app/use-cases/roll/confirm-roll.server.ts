import { createHash } from "node:crypto";
import { readRoll } from "#db/import/roll/read-roll.server.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { findQuestionAbout } from "#db/queries/owners.server.ts";
import { deleteRollDraft, findRollDraft } from "#db/queries/roll-drafts.server.ts";
import { refuse, transact, type Deps, type Outcome } from "../transact.server.ts";
import { applyAnswer, type Answer } from "./apply-answer.server.ts";
import { applyRoll, type RollStored } from "./apply-roll.server.ts";
import type { DraftNamed } from "./read-roll-draft.server.ts";

/** What the clerk says about owners of one name in two flats. */
export interface PairAnswer {
  name: string;
  rooms: readonly [string, string];
  answer: Answer;
}

/**
 * Stores the roll of a clerk's draft, with what the clerk answered to its questions, and removes the draft with it.
 *
 * Refusals: `roll_draft_gone`, those of `applyRoll`, and `answers_contradict` where the answers do not go together.
 */
export function confirmRoll(
  deps: Deps,
  { stairwell, draft, accountId, answers = [], formKey }: DraftNamed & { answers?: readonly PairAnswer[]; formKey: string },
): Promise<Outcome<RollStored>> {
  return transact(deps, { key: formKey, action: `roll confirm ${draft}` }, async (tx) => {
    const sealed = await findRollDraft(tx, { id: draft, stairwell, accountId, now: deps.now });
    const place = await findPlace(tx, stairwell);
    if (!sealed || !place) refuse({ code: "roll_draft_gone" });
    const bytes = Buffer.from(deps.vault.open(sealed), "base64");
    const fileDigest = createHash("sha256").update(bytes).digest();
    const stored = await applyRoll(tx, deps, { stairwell, reading: await readRoll(bytes), accountId, fileDigest });
    for (const { answer, ...pair } of answers) {
      const question = await findQuestionAbout(tx, place.stairwellId, pair);
      // An earlier answer may have settled this one; then it is the same, or the answers contradict each other.
      if (question?.answer === answer) continue;
      if (!question || question.answer !== null) refuse({ code: "answers_contradict" });
      await applyAnswer(tx, { place, question, answer, accountId, now: deps.now });
    }
    await deleteRollDraft(tx, draft);
    return { ...stored, changed: stored.changed || answers.length > 0 };
  });
}
