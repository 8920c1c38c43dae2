import type { Db } from "#db/client.server.ts";
import { commit, hashEntry } from "#db/queries/log.server.ts";

/** A stairwell's log from its first entry, with what each commits to. */
export function readLog(db: Db, stairwellId: number) {
  return db
    .selectFrom("logEntry")
    .innerJoin("logContent", (join) =>
      join.onRef("logContent.stairwellId", "=", "logEntry.stairwellId").onRef("logContent.seq", "=", "logEntry.seq"),
    )
    .select([
      "logEntry.seq", "logEntry.at", "logEntry.actor", "logEntry.verb", "logEntry.subject", "logEntry.commitment",
      "logEntry.previous", "logEntry.hash", "logContent.salt", "logContent.content",
    ])
    .where("logEntry.stairwellId", "=", stairwellId)
    .orderBy("logEntry.seq")
    .execute();
}

/** Recomputes a stairwell's chain of log entries from its first; answers with its length, throws where it does not hold. */
export async function verifyChain(db: Db, stairwellId: number): Promise<number> {
  const entries = await readLog(db, stairwellId);
  let previous: Buffer = Buffer.alloc(32);
  for (const [index, { salt, content, hash, ...entry }] of entries.entries()) {
    if (entry.seq !== index + 1) throw new Error(`entry ${index + 1} is missing`);
    if (!entry.previous.equals(previous)) throw new Error(`entry ${entry.seq} does not follow the one before it`);
    if (!commit(salt, content as Record<string, unknown>).equals(entry.commitment)) throw new Error(`the content of entry ${entry.seq} was changed`);
    if (!hashEntry({ stairwell: stairwellId, ...entry }).equals(hash)) throw new Error(`entry ${entry.seq} was changed`);
    previous = hash;
  }
  const chain = await db.selectFrom("chain").select(["seq", "head"]).where("stairwellId", "=", stairwellId).executeTakeFirst();
  if ((chain?.seq ?? 0) !== entries.length || !(chain?.head ?? Buffer.alloc(32)).equals(previous)) throw new Error("the chain's head is another");
  return entries.length;
}
