import type { Manager } from "#app/domain/account.ts";
import { insertEvent } from "#db/queries/account-events.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { revokeGrant as withdraw } from "#db/queries/staff.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";
import { lockManaged } from "./lock-managed.server.ts";

/**
 * Withdraws a grant of somebody else; from the next request on the account may no longer do what it was for.
 *
 * Refusals: `account_unknown`, `own_account`, `grant_unknown`.
 */
export function revokeGrant(
  deps: Deps,
  { accountId, grantId, manager, formKey }: { accountId: number; grantId: number; manager: Manager; formKey: string },
): Promise<Outcome<object>> {
  const { now: at } = deps;
  return transact(deps, { key: formKey, action: `revoke ${accountId} ${grantId}` }, async (tx) => {
    const account = await lockManaged(tx, accountId, manager);
    const grant = account.grants.find(({ id }) => id === grantId);
    if (!grant) refuse({ code: "grant_unknown" });
    await withdraw(tx, grantId, at);
    const { role, scope, scopeId } = grant;
    const subdistrictId = grant.subdistrictId ?? account.subdistrictId;
    await insertEvent(tx, { accountId, subdistrictId, byAccountId: manager.accountId, kind: "revoked", grant: { role, scope, scopeId }, at });
    if (scope === "stairwell" && scopeId !== null) {
      await appendLog(tx, {
        stairwellId: scopeId, subdistrictId, at, actor: byAccount(manager.accountId),
        verb: "access-revoked", subject: `account:${accountId}`, content: { role },
      });
    }
    return {};
  });
}
