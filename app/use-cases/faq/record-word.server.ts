import { insertMiss, insertWord, settleMiss } from "#db/queries/faq.server.ts";
import { refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

/** Records that an answer helped a reader, or did not; who read it nobody knows. */
export function recordWord(deps: Deps, { topic, helped, formKey }: { topic: string; helped: boolean; formKey: string }): Promise<Outcome<object>> {
  return transact(deps, { key: formKey, action: `word ${topic}` }, async (tx) => {
    await insertWord(tx, { topic, helped, at: deps.now });
    return {};
  });
}

/** Hands a question that found no answer to the desk, sealed. */
export function recordMiss(deps: Deps, { asked, formKey }: { asked: string; formKey: string }): Promise<Outcome<object>> {
  return transact(deps, { key: formKey, action: `miss ${asked}` }, async (tx) => {
    await insertMiss(tx, { textCipher: deps.vault.seal(asked), at: deps.now });
    return {};
  });
}

/** Marks such a question as seen to. Refusal: `miss_settled`. */
export function settleQuestion(deps: Deps, { miss, subdistrictId, accountId, formKey }: { miss: number; subdistrictId: number; accountId: number; formKey: string }): Promise<Outcome<object>> {
  return transact(deps, { key: formKey, action: `settle miss ${miss}` }, async (tx) => {
    if (!(await settleMiss(tx, { id: miss, subdistrictId, accountId, at: deps.now }))) refuse({ code: "miss_settled" });
    return {};
  });
}
