import { createHash } from "node:crypto";

/** Binds an entry of the log to words without repeating them there: SHA-256 of the sealed bytes. */
export function digestOf(sealed: Buffer | null): string | null {
  return sealed && createHash("sha256").update(sealed).digest("hex");
}
