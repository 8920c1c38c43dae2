import { createHash, randomBytes } from "node:crypto";
import canonicalize from "canonicalize";
import { sql } from "kysely";
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

/** SHA-256 over a domain, the salt and the RFC 8785 form of the content: binds the entry to it without showing it. */
export function commit(salt: Buffer, content: Record<string, unknown>): Buffer {
  return createHash("sha256").update("jiati-log-content/1\0").update(salt).update(canonicalize(content) ?? "").digest();
}

/** The hash of an entry: SHA-256 over a domain and the RFC 8785 form of all its members and the hash before it. */
export function hashEntry(entry: {
  stairwell: number;
  seq: number;
  at: Date;
  actor: string;
  verb: string;
  subject: string;
  commitment: Buffer;
  previous: Buffer;
}): Buffer {
  const { at, commitment, previous, ...rest } = entry;
  const text = canonicalize({
    ...rest,
    at: at.toISOString(),
    commitment: commitment.toString("hex"),
    previous: previous.toString("hex"),
  });
  return createHash("sha256").update("jiati-log-entry/1\0").update(text ?? "").digest();
}

/**
 * Adds an entry to the stairwell's chain and holds the chain until the transaction ends, so that entries and their
 * effects stand in one order. Tells the page cache at commit. Answers with the entry's number.
 */
export async function appendLog(tx: Tx, entry: LogEntry): Promise<number> {
  await tx.insertInto("chain").values({ stairwellId: entry.stairwellId }).onConflict((c) => c.doNothing()).execute();
  const chain = await tx
    .selectFrom("chain")
    .select(["seq", "head"])
    .where("stairwellId", "=", entry.stairwellId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const seq = chain.seq + 1;
  const salt = randomBytes(32);
  const commitment = commit(salt, entry.content);
  const { content, stairwellId, ...members } = entry;
  const { subdistrictId, ...named } = members;
  const hash = hashEntry({ stairwell: stairwellId, seq, ...named, commitment, previous: chain.head });
  await tx
    .insertInto("logEntry")
    .values({ stairwellId, seq, subdistrictId, ...named, commitment, previous: chain.head, hash })
    .execute();
  await tx.insertInto("logContent").values({ stairwellId, seq, salt, content: JSON.stringify(content) }).execute();
  await tx.updateTable("chain").set({ seq, head: hash }).where("stairwellId", "=", stairwellId).execute();
  await touchPages(tx, [`stairwell:${stairwellId}`]);
  return seq;
}

/** Tells the page cache, when the transaction commits, that pages with these tags are out of date. */
export async function touchPages(tx: Tx, tags: string[]): Promise<void> {
  await sql`select pg_notify(${PAGES_CHANNEL}, ${JSON.stringify(tags)})`.execute(tx);
}
