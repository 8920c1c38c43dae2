import { verify } from "@node-rs/argon2";
import { findByLogin } from "#db/queries/accounts.server.ts";
import type { Vault } from "#db/personal-data.server.ts";
import type { Deps, Outcome } from "../transact.server.ts";
import { hashPassword } from "./password.server.ts";

/** Held against where there is no such account, so that both take the same time. */
let nobody: Promise<string> | undefined;

/** Stands for the password that was right, without telling it: another one as soon as the password changes. */
export function proofOf(vault: Vault, accountId: number, passwordHash: string): string {
  return vault.hash("password", `${accountId} ${passwordHash}`).toString("base64url");
}

/**
 * The first step of staff into the portal: account and password. It opens nothing; the second is the code.
 *
 * Refusal: `password_wrong` for an unknown account, a closed one, one without a password and a wrong password alike,
 * after the same time.
 *
 * @param holdAgainst whether a password is the one of a hash, by argon2id unless told
 */
export async function checkPassword(
  { db, vault }: Deps,
  { login, password }: { login: string; password: string },
  holdAgainst: (hash: string, password: string) => Promise<boolean> = verify,
): Promise<Outcome<{ accountId: number; proof: string; enrolled: boolean }>> {
  const account = await findByLogin(db, login);
  nobody ??= hashPassword("nobody has this password");
  const right = await holdAgainst(account?.passwordHash ?? (await nobody), password);
  if (!account?.passwordHash || !right) return { ok: false, problem: { code: "password_wrong", at: "password" } };
  return { ok: true, accountId: account.id, proof: proofOf(vault, account.id, account.passwordHash), enrolled: account.totpConfirmedAt !== null };
}
