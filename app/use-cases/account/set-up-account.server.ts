import { isSetupOpen } from "#app/domain/account.ts";
import { insertEvent } from "#db/queries/account-events.server.ts";
import { endSessions } from "#db/queries/sessions.server.ts";
import { lockSetupCode, spendSetupCode } from "#db/queries/setup-codes.server.ts";
import { findStaff, setPassword } from "#db/queries/staff.server.ts";
import { refuse, transact, type Deps, type Outcome } from "../transact.server.ts";
import { proofOf } from "./check-password.server.ts";
import { hashPassword, whyPasswordIsRefused } from "./password.server.ts";

export interface SetUp {
  login: string;
  /** The setup code, as it is written. */
  setup: string;
  password: string;
  formKey: string;
}

/**
 * Sets a password with a setup code. The authenticator of before is gone and every session ends; what follows is binding
 * a new authenticator, as after the right password of an account that has none.
 *
 * Refusals: `password_short`, `password_common`; `setup_wrong` for an unknown login, a closed account, and a code that is
 * wrong, used, withdrawn or older than a day alike.
 */
export async function setUpAccount(deps: Deps, { login, setup, password, formKey }: SetUp): Promise<Outcome<{ accountId: number; proof: string }>> {
  const { vault, now } = deps;
  const common = await whyPasswordIsRefused(password, [login]);
  if (common) return { ok: false, problem: common };
  const passwordHash = await hashPassword(password);
  const done = await transact(deps, { key: formKey, action: `set up ${login} ${setup}` }, async (tx) => {
    const found = await lockSetupCode(tx, login, vault.hash("setup-code", setup));
    if (!found || !isSetupOpen(found, now)) refuse({ code: "setup_wrong", at: "setup" });
    const { id, accountId, subdistrictId, name } = found;
    // What only colleagues know may be held against the password once the code has proved to be right; the code stays good.
    const places = (await findStaff(tx, accountId))?.grants.flatMap(({ place, stairwell }) => [place, stairwell].flatMap((word) => word?.split(" ") ?? [])) ?? [];
    const known = await whyPasswordIsRefused(password, [login, name, ...places]);
    if (known) refuse(known);
    await spendSetupCode(tx, id, now);
    await setPassword(tx, accountId, passwordHash);
    await endSessions(tx, accountId, now);
    await insertEvent(tx, { accountId, subdistrictId, byAccountId: accountId, kind: "password", at: now });
    return { accountId, proof: proofOf(vault, accountId, passwordHash) };
  });
  return done;
}
