import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { commit, hashEntry } from "#app/record/hash.ts";
import type { Tx } from "../client.server.ts";

/** Who did it, without a name: `account:7`, `resident` (filed without an account), `import` or `portal`. */
export type Actor = `account:${number}` | "resident" | "import" | "portal";

export interface LogEntry {
  stairwellId: number;
  subdistrictId: number;
  at: Date;
  actor: Actor;
  verb: string;
  subject: string;
  content: Record<string, unknown>;
}

/** The channel on which commits tell the page cache which pages they touch; the payload is a JSON list of tags. */
export const PAGES_CHANNEL = "jiati_pages";

/** The channel on which commits tell the boards at the desk that something changed; the payload is a consultation's code. */
export const BOARDS_CHANNEL = "jiati_boards";

/** Where a chain stands; the number and the hash of its last entry. */
export interface Chain {
  seq: number;
  head: Buffer;
}

/** Holds the stairwell's chain until the transaction ends, and begins it where there is none yet. */
export async function lockChain(tx: Tx, stairwellId: number): Promise<Chain> {
  const chain = tx.selectFrom("chain").select(["seq", "head"]).where("stairwellId", "=", stairwellId).forUpdate();
  const found = await chain.executeTakeFirst();
  if (found) return found;
  await tx.insertInto("chain").values({ stairwellId }).onConflict((c) => c.doNothing()).execute();
  return chain.executeTakeFirstOrThrow();
}

/**
 * Adds an entry to the stairwell's chain and holds the chain until the transaction ends, so that entries and their
 * effects stand in one order. Answers with the entry's number. It does not touch the public pages: a page made anew for
 * a ballot or a filing would tell neighbours that there was one. What names its consultation in the content is told to
 * the boards that show it, when the transaction commits.
 *
 * @param held the chain, where this transaction holds it already and has added nothing since
 */
export async function appendLog(tx: Tx, entry: LogEntry, held?: Chain): Promise<number> {
  const chain = held ?? (await lockChain(tx, entry.stairwellId));
  const seq = chain.seq + 1;
  const salt = randomBytes(32);
  const { content, stairwellId, subdistrictId, at, actor, verb, subject } = entry;
  const commitment = commit(salt, content);
  const hash = hashEntry({
    stairwell: stairwellId, seq, at: at.toISOString(), actor, verb, subject,
    commitment: commitment.toString("hex"), previous: chain.head.toString("hex"),
  });
  const { consultation } = content;
  const told = typeof consultation === "string" ? sql`pg_notify(${BOARDS_CHANNEL}, ${consultation})` : sql``;
  // One statement: every change of state passes here, and each round trip is time under the chain's lock.
  await sql`
    with entry as (
      insert into log_entry (stairwell_id, seq, subdistrict_id, at, actor, verb, subject, commitment, previous, hash)
      values (${stairwellId}, ${seq}, ${subdistrictId}, ${at}, ${actor}, ${verb}, ${subject}, ${commitment}, ${chain.head}, ${hash})
    ), content as (
      insert into log_content (stairwell_id, seq, salt, content) values (${stairwellId}, ${seq}, ${salt}, ${JSON.stringify(content)})
    ), head as (
      update chain set seq = ${seq}, head = ${hash} where stairwell_id = ${stairwellId}
    )
    select ${told}`.execute(tx);
  return seq;
}

/** Tells the page cache, when the transaction commits, that pages with these tags are out of date. */
export async function touchPages(tx: Tx, tags: string[]): Promise<void> {
  await sql`select pg_notify(${PAGES_CHANNEL}, ${JSON.stringify(tags)})`.execute(tx);
}
