import { createHash } from "node:crypto";

/** Binds an entry of the log to words without repeating them there: SHA-256 of the sealed bytes. */
export function digestOf(sealed: Buffer | null): string | null {
  return sealed && createHash("sha256").update(sealed).digest("hex");
}

/** Stands for a draft that somebody has read, so that it is not published where it reads otherwise by then. */
export function seenOf({ title, body }: { title: string; body: string }): string {
  return createHash("sha256").update(`${title}\n${body}`).digest("base64url");
}
