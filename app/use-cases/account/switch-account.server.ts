import type { Manager } from "#app/domain/account.ts";
import { insertEvent } from "#db/queries/account-events.server.ts";
import { endSessions } from "#db/queries/sessions.server.ts";
import { revokeSetupCodes } from "#db/queries/setup-codes.server.ts";
import { setActive } from "#db/queries/staff.server.ts";
import { refuse, transact, type Deps, type Outcome } from "../transact.server.ts";
import { lockManaged } from "./lock-managed.server.ts";

/**
 * Closes somebody else's account, or opens it again. A closed one loses its sessions and its setup code at once; its
 * grants stay, and hold again when it is opened.
 *
 * Refusals: `account_unknown`, `own_account`, `already_so`.
 */
export function switchAccount(
  deps: Deps,
  { accountId, active, manager, formKey }: { accountId: number; active: boolean; manager: Manager; formKey: string },
): Promise<Outcome<object>> {
  const { now: at } = deps;
  return transact(deps, { key: formKey, action: `${active ? "open" : "close"} account ${accountId}` }, async (tx) => {
    const account = await lockManaged(tx, accountId, manager);
    if (account.active === active) refuse({ code: "already_so" });
    await setActive(tx, accountId, active);
    if (!active) {
      await endSessions(tx, accountId, at);
      await revokeSetupCodes(tx, accountId, at);
    }
    await insertEvent(tx, {
      accountId, subdistrictId: account.subdistrictId, byAccountId: manager.accountId, kind: active ? "activated" : "deactivated", at,
    });
    return {};
  });
}
