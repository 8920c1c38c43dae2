import { randomInt } from "node:crypto";
import { CODE_MINUTES, isCodeOpen, type CodePurpose } from "#app/domain/sign-in.ts";
import type { Tx } from "#db/client.server.ts";
import { countTry, insertCode, lockNewestCode } from "#db/queries/accounts.server.ts";
import { queueMessage } from "../outbox/queue-message.server.ts";
import type { Deps } from "../transact.server.ts";

/**
 * Makes a six-digit code for a phone and puts its message into the outbox.
 *
 * @param send false keeps the message back; code and time are spent alike, so that nobody learns which phones are known
 */
export async function issueCode(
  tx: Tx,
  { vault, now }: Deps,
  { purpose, phone, subdistrictId, send, message }: {
    purpose: CodePurpose;
    phone: string;
    subdistrictId: number;
    send: boolean;
    message: (code: string) => string;
  },
): Promise<void> {
  const code = String(randomInt(1_000_000)).padStart(6, "0");
  const expiresAt = new Date(now.getTime() + CODE_MINUTES * 60_000);
  await insertCode(tx, {
    purpose,
    phoneHash: vault.hash("phone", phone),
    codeHash: vault.hash("phone-code", `${purpose} ${phone} ${code}`),
    createdAt: now,
    expiresAt,
  });
  if (send) await queueMessage(tx, { vault, now }, { kind: `${purpose}-code`, phone, subdistrictId, text: message(code), params: { code }, expiresAt });
}

/** Tries a code against the newest of its phone. The try counts; a right code is used up. */
export async function tryCode(tx: Tx, { vault, now }: Deps, purpose: CodePurpose, phone: string, typed: string): Promise<boolean> {
  const code = await lockNewestCode(tx, purpose, vault.hash("phone", phone));
  if (!code || !isCodeOpen(code, now)) return false;
  const right = code.codeHash.equals(vault.hash("phone-code", `${purpose} ${phone} ${typed}`));
  await countTry(tx, code.id, right ? now : null);
  return right;
}
