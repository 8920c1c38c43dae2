import { checkDocument } from "#app/record/check.ts";
import type { Db } from "#db/client.server.ts";
import { readLogFile } from "#db/queries/record.server.ts";

async function logOf(db: Db, stairwellId: number) {
  const { code } = await db.selectFrom("stairwell").select("code").where("id", "=", stairwellId).executeTakeFirstOrThrow();
  const log = await readLogFile(db, code, { contents: true });
  if (!log) throw new Error(`no stairwell ${code}`);
  return log;
}

/** A stairwell's log from its first entry, each opened. */
export async function readLog(db: Db, stairwellId: number) {
  return (await logOf(db, stairwellId)).entries;
}

/** Checks a stairwell's chain of log entries; answers with its length, throws where it does not hold or one is not opened. */
export async function verifyChain(db: Db, stairwellId: number): Promise<number> {
  const checked = checkDocument(await logOf(db, stairwellId));
  if (!checked.ok) throw new Error(`${checked.at}: ${checked.code}`);
  if (checked.opened !== checked.entries) throw new Error("contents are missing");
  return checked.entries ?? 0;
}
