import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/** The RFC 8785 form of a JSON value: the same bytes wherever it is written. */
export function canonical(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("not a JSON value");
  return text;
}

/** SHA-256 over a domain, which keeps hashes of different things apart, and the parts. */
export function digest(domain: string, ...parts: (Uint8Array | string)[]): Buffer {
  const hash = createHash("sha256").update(`${domain}\0`);
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Binds an entry of the log to its content without showing it: the salt and the content's canonical form. */
export function commit(salt: Uint8Array, content: Record<string, unknown>): Buffer {
  return digest("jiati-log-content/1", salt, canonical(content));
}

/** An entry of a stairwell's chain as it is hashed; bytes as lower-case hex, `at` as ISO time in UTC. */
export interface HashedEntry {
  stairwell: number;
  seq: number;
  at: string;
  actor: string;
  verb: string;
  subject: string;
  commitment: string;
  previous: string;
}

/** The hash of an entry, over all its members and with them the hash of the entry before it. */
export function hashEntry(entry: HashedEntry): Buffer {
  const { stairwell, seq, at, actor, verb, subject, commitment, previous } = entry;
  return digest("jiati-log-entry/1", canonical({ stairwell, seq, at, actor, verb, subject, commitment, previous }));
}

/** What the first entry of a chain has as the hash before it. */
export const BEGINNING = Buffer.alloc(32).toString("hex");
