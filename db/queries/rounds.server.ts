import { sql } from "kysely";
import type { Db, Tx } from "../client.server.ts";

/** Puts a round into the queue, to run at once; one that waits already is the same. */
export async function queueRound(db: Db | Tx, round: string): Promise<void> {
  await sql`select graphile_worker.add_job(${round}, job_key => ${round}, max_attempts => 1)`.execute(db);
}
