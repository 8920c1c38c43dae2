import type { Db, Tx } from "../client.server.ts";

export interface RollDraft {
  id: string;
  stairwellId: number;
  accountId: number;
  fileCipher: Buffer;
  expiresAt: Date;
}

/** Keeps a draft in the place of the clerk's earlier one for the stairwell, and forgets all that have expired. */
export async function keepRollDraft(tx: Tx, draft: RollDraft, now: Date): Promise<void> {
  await tx.deleteFrom("rollDraft").where("expiresAt", "<=", now).execute();
  await tx
    .insertInto("rollDraft")
    .values(draft)
    .onConflict((c) => c.columns(["stairwellId", "accountId"]).doUpdateSet({ id: draft.id, fileCipher: draft.fileCipher, expiresAt: draft.expiresAt }))
    .execute();
}

/** The sealed file of a clerk's own draft for a stairwell; undefined once it is stored, replaced or expired. */
export async function findRollDraft(
  db: Db | Tx,
  { id, stairwell, accountId, now }: { id: string; stairwell: string; accountId: number; now: Date },
): Promise<Buffer | undefined> {
  const draft = await db
    .selectFrom("rollDraft")
    .innerJoin("stairwell", "stairwell.id", "rollDraft.stairwellId")
    .select("rollDraft.fileCipher")
    .where("rollDraft.id", "=", id)
    .where("stairwell.code", "=", stairwell)
    .where("rollDraft.accountId", "=", accountId)
    .where("rollDraft.expiresAt", ">", now)
    .executeTakeFirst();
  return draft?.fileCipher;
}

export async function deleteRollDraft(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("rollDraft").where("id", "=", id).execute();
}
