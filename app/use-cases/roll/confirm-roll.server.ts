import { createHash } from "node:crypto";
import { readRoll } from "#db/import/roll/read-roll.server.ts";
import { deleteRollDraft, findRollDraft } from "#db/queries/roll-drafts.server.ts";
import { refuse, transact, type Deps, type Outcome } from "../transact.server.ts";
import { applyRoll, type RollStored } from "./apply-roll.server.ts";
import type { DraftNamed } from "./read-roll-draft.server.ts";

/**
 * Stores the roll of a clerk's draft and removes the draft with it.
 *
 * Refusals: `roll_draft_gone` and those of `applyRoll`.
 */
export function confirmRoll(deps: Deps, { stairwell, draft, accountId, formKey }: DraftNamed & { formKey: string }): Promise<Outcome<RollStored>> {
  return transact(deps, { key: formKey, action: `roll confirm ${draft}` }, async (tx) => {
    const sealed = await findRollDraft(tx, { id: draft, stairwell, accountId, now: deps.now });
    if (!sealed) refuse({ code: "roll_draft_gone" });
    const bytes = Buffer.from(deps.vault.open(sealed), "base64");
    const fileDigest = createHash("sha256").update(bytes).digest();
    const stored = await applyRoll(tx, deps, { stairwell, reading: await readRoll(bytes), accountId, fileDigest });
    await deleteRollDraft(tx, draft);
    return stored;
  });
}
