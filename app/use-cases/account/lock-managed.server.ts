import { whyManagingIsRefused, type Manager } from "#app/domain/account.ts";
import type { Tx } from "#db/client.server.ts";
import { lockStaff, type StaffAccount } from "#db/queries/staff.server.ts";
import { refuse } from "../transact.server.ts";

/** The account that a manager is about to change, held. Refusals: `account_unknown`, `own_account`. */
export async function lockManaged(tx: Tx, accountId: number, manager: Manager): Promise<StaffAccount> {
  const account = await lockStaff(tx, accountId);
  if (!account) refuse({ code: "account_unknown" });
  const problem = whyManagingIsRefused(account, manager);
  if (problem) refuse(problem);
  return account;
}
