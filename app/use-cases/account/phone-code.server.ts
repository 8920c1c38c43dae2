import { randomInt } from "node:crypto";
import { CODE_MINUTES, isCodeOpen, type CodePurpose } from "#app/domain/sign-in.ts";
import type { Tx } from "#db/client.server.ts";
import { countTry, insertCode, lockNewestCode } from "#db/queries/accounts.server.ts";
import { queueMessage } from "../outbox/queue-message.server.ts";
import type { Deps } from "../transact.server.ts";

/** Stands in for a phone to which nothing is sent. */
const NOBODY = "00000000000";

/**
 * Makes a six-digit code for a phone and puts its message into the outbox.
 *
 * @param send false sends nothing: a decoy, done with from the start, goes into the outbox in its place. It names nobody,
 * and costs the same work, so that nobody learns which phones are known
 */
export async function issueCode(
  tx: Tx,
  { vault, now }: Deps,
  { purpose, phone, browser, subdistrictId, send, message }: {
    purpose: CodePurpose;
    phone: string;
    /** What names the browser that asks: the code is of use in that one alone. */
    browser: string;
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
    browserHash: vault.hash("browser", browser),
    codeHash: vault.hash("phone-code", `${purpose} ${phone} ${code}`),
    createdAt: now,
    expiresAt,
  });
  const decoy = { phone: NOBODY, deadAt: now };
  await queueMessage(tx, { vault, now }, { kind: `${purpose}-code`, phone, subdistrictId, text: message(code), params: { code }, expiresAt, ...(!send && decoy) });
}

/**
 * Tries a code against the newest of its phone that the same browser asked for: nobody else can use it, use up its tries
 * or put another in its place. The try counts; a right code is used up.
 */
export async function tryCode(
  tx: Tx,
  { vault, now }: Deps,
  { purpose, phone, browser, typed }: { purpose: CodePurpose; phone: string; browser: string; typed: string },
): Promise<boolean> {
  const code = await lockNewestCode(tx, { purpose, phoneHash: vault.hash("phone", phone), browserHash: vault.hash("browser", browser) });
  if (!code || !isCodeOpen(code, now)) return false;
  const right = code.codeHash.equals(vault.hash("phone-code", `${purpose} ${phone} ${typed}`));
  await countTry(tx, code.id, right ? now : null);
  return right;
}
