import { hash, verify } from "@node-rs/argon2";
import { withTransaction } from "#db/client.server.ts";
import { findByLogin } from "#db/queries/accounts.server.ts";
import { insertSession } from "#db/queries/sessions.server.ts";
import type { Deps, Outcome } from "../transact.server.ts";
import type { NewSession } from "./sign-in-by-phone.server.ts";

/** OWASP's settings for argon2id: 19 MiB, two passes, one lane; argon2id is the library's default. */
const SETTINGS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export function hashPassword(password: string): Promise<string> {
  return hash(password, SETTINGS);
}

/** Compared against where there is no such account, so that both take the same time. */
let nobody: Promise<string> | undefined;

/**
 * Signs staff in by account and password.
 *
 * Refusal: `password_wrong` for an unknown account and a wrong password alike, after the same time.
 */
export async function signInByPassword(deps: Deps, { login, password, session }: { login: string; password: string; session: NewSession }): Promise<Outcome<{ accountId: number }>> {
  const account = await findByLogin(deps.db, login);
  nobody ??= hashPassword("nobody has this password");
  const right = await verify(account?.passwordHash ?? (await nobody), password);
  if (!account?.passwordHash || !right) return { ok: false, problem: { code: "password_wrong", at: "password" } };
  await withTransaction(deps.db, (tx) =>
    insertSession(tx, { tokenHash: deps.vault.hash("session", session.token), accountId: account.id, createdAt: deps.now, expiresAt: session.expiresAt }),
  );
  return { ok: true, accountId: account.id };
}
