import type { Manager } from "#app/domain/account.ts";
import { insertEvent } from "#db/queries/account-events.server.ts";
import { insertAccount, isLoginTaken } from "#db/queries/staff.server.ts";
import { refuse, transact, type Deps, type Outcome } from "../transact.server.ts";
import { findPlaces, grantPlaces, type Wanted } from "./grant-places.server.ts";
import { issueSetupCode } from "./make-setup-code.server.ts";
import { hashPassword, whyPasswordIsRefused } from "./password.server.ts";

export interface NewAccount extends Wanted {
  login: string;
  name: string;
}

/**
 * Adds an account of staff with its first grant, and a setup code with which its owner sets a password.
 *
 * Refusals: `login_taken`, and those of `findPlaces`.
 */
export function addAccount(deps: Deps, { login, name, ...wanted }: NewAccount, { manager, formKey }: { manager: Manager; formKey: string }): Promise<Outcome<{ accountId: number }>> {
  return transact(deps, { key: formKey, action: `account ${login}` }, async (tx) => {
    if (await isLoginTaken(tx, login)) refuse({ code: "login_taken", at: "login" });
    const places = await findPlaces(tx, wanted, manager);
    const { subdistrictId } = places[0];
    const { now: at } = deps;
    const accountId = await insertAccount(tx, { login, name, subdistrictId, passwordHash: null, createdAt: at });
    const byAccountId = manager.accountId;
    await insertEvent(tx, { accountId, subdistrictId, byAccountId, kind: "added", at });
    await grantPlaces(tx, deps, { accountId, role: wanted.role, places, byAccountId });
    await issueSetupCode(tx, deps, { accountId, subdistrictId, byAccountId });
    return { accountId };
  });
}

/**
 * The same by the command line, for the first accounts of an installation: with a password; the authenticator is bound
 * at the first sign-in.
 *
 * Refusals: `password_short`, `password_common`, `login_taken`, `nothing_imported`, and those of `findPlaces`.
 */
export async function addFirstAccount(deps: Deps, { login, name, password, ...wanted }: NewAccount & { password: string }): Promise<Outcome<{ accountId: number }>> {
  const problem = await whyPasswordIsRefused(password, [login, name, ...(typeof wanted.committee === "string" ? [wanted.committee] : [])]);
  if (problem) return { ok: false, problem };
  const passwordHash = await hashPassword(password);
  return transact(deps, null, async (tx) => {
    if (await isLoginTaken(tx, login)) refuse({ code: "login_taken" });
    const places = await findPlaces(tx, wanted, null);
    const { subdistrictId } = places[0];
    const accountId = await insertAccount(tx, { login, name, subdistrictId, passwordHash, createdAt: deps.now });
    await insertEvent(tx, { accountId, subdistrictId, byAccountId: null, kind: "added", at: deps.now });
    await grantPlaces(tx, deps, { accountId, role: wanted.role, places, byAccountId: null });
    return { accountId };
  });
}
