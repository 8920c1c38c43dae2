import { spendCode, stepOf } from "#db/authenticator.server.ts";
import type { Tx } from "#db/client.server.ts";
import { insertEvent } from "#db/queries/account-events.server.ts";
import { claimStep, lockForSignIn, setSecret } from "#db/queries/authenticators.server.ts";
import { refuse, transact, type Deps, type Outcome } from "../transact.server.ts";
import { proofOf } from "./check-password.server.ts";
import { startSession, type NewSession } from "./start-session.server.ts";

export interface StaffCode {
  /** As the right password gave it. */
  accountId: number;
  proof: string;
  code: string;
  formKey: string;
  session: NewSession;
}

async function lockProven(tx: Tx, { vault }: Deps, { accountId, proof }: StaffCode) {
  const account = await lockForSignIn(tx, accountId);
  if (!account?.passwordHash || proofOf(vault, accountId, account.passwordHash) !== proof) refuse({ code: "sign_in_again" });
  return account;
}

/**
 * Signs staff in by the code of their authenticator app, after the right password. The code is used up.
 *
 * Refusals: `authenticator_wrong`, `authenticator_missing`, `sign_in_again` when password or account have changed since.
 */
export function signInByCode(deps: Deps, staff: StaffCode): Promise<Outcome<object>> {
  const { vault, now } = deps;
  const { accountId, code, formKey, session } = staff;
  return transact(deps, null, async (tx) => {
    await lockProven(tx, deps, staff);
    const verdict = await spendCode(tx, vault, { accountId, code, formKey, now });
    if (verdict !== "right") refuse({ code: `authenticator_${verdict}`, at: "code" });
    await startSession(tx, deps, accountId, session);
    return {};
  });
}

/**
 * Gives an account its authenticator app – the secret that both know, proved by a code – and signs in.
 *
 * Refusals: `authenticator_wrong`, `authenticator_there` where the account has another one, `sign_in_again`.
 */
export function enrolAuthenticator(deps: Deps, { secret, ...staff }: StaffCode & { secret: string }): Promise<Outcome<object>> {
  const { vault, now } = deps;
  const { accountId, code, formKey, session } = staff;
  return transact(deps, null, async (tx) => {
    const { totpCipher, subdistrictId } = await lockProven(tx, deps, staff);
    // The same form posted twice finds its own secret.
    if (totpCipher && vault.open(totpCipher) !== secret) refuse({ code: "authenticator_there" });
    const step = stepOf(secret, code, now);
    if (step === null || !(await claimStep(tx, { accountId, subdistrictId, step, formKey, at: now }))) refuse({ code: "authenticator_wrong", at: "code" });
    if (!totpCipher) {
      await setSecret(tx, accountId, vault.seal(secret), now);
      await insertEvent(tx, { accountId, subdistrictId, byAccountId: accountId, kind: "authenticator", at: now });
    }
    await startSession(tx, deps, accountId, session);
    return {};
  });
}
