import type { Manager } from "#app/domain/account.ts";
import { refuse, transact, type Deps, type Outcome } from "../transact.server.ts";
import { findPlaces, grantPlaces, type Wanted } from "./grant-places.server.ts";
import { lockManaged } from "./lock-managed.server.ts";

/**
 * Gives somebody else a role, for one or several places.
 *
 * Refusals: `account_unknown`, `own_account`, `already_granted`, and those of `findPlaces`.
 */
export function grantRole(
  deps: Deps,
  { accountId, manager, formKey, ...wanted }: Wanted & { accountId: number; manager: Manager; formKey: string },
): Promise<Outcome<object>> {
  return transact(deps, { key: formKey, action: `grant ${accountId} ${wanted.role}` }, async (tx) => {
    await lockManaged(tx, accountId, manager);
    const places = await findPlaces(tx, wanted, manager);
    const given = await grantPlaces(tx, deps, { accountId, role: wanted.role, places, byAccountId: manager.accountId });
    if (given === 0) refuse({ code: "already_granted" });
    return {};
  });
}
