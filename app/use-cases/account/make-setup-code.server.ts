import { SETUP_CODE_LENGTH, SETUP_HOURS, type Manager } from "#app/domain/account.ts";
import { writeCode } from "#app/domain/codes.ts";
import type { Tx } from "#db/client.server.ts";
import type { Vault } from "#db/personal-data.server.ts";
import { insertEvent } from "#db/queries/account-events.server.ts";
import { insertSetupCode, nextSetupNumber, revokeSetupCodes } from "#db/queries/setup-codes.server.ts";
import { refuse, transact, type Deps, type Outcome } from "../transact.server.ts";
import { lockManaged } from "./lock-managed.server.ts";

/** A setup code as it is read out: 60 bits, made from the data key, so that it stands nowhere. */
export function setupCode(vault: Vault, accountId: number, number: number): string {
  return writeCode(vault.hash("setup", `${accountId} ${number}`), SETUP_CODE_LENGTH);
}

/** Makes a setup code for an account that this transaction holds; the one before is worth nothing from now on. */
export async function issueSetupCode(
  tx: Tx,
  { vault, now }: Deps,
  { accountId, subdistrictId, byAccountId }: { accountId: number; subdistrictId: number; byAccountId: number },
): Promise<void> {
  await revokeSetupCodes(tx, accountId, now);
  const number = await nextSetupNumber(tx, accountId);
  await insertSetupCode(tx, {
    accountId, subdistrictId, number,
    codeHash: vault.hash("setup-code", setupCode(vault, accountId, number)),
    madeBy: byAccountId,
    madeAt: now,
    expiresAt: new Date(now.getTime() + SETUP_HOURS * 3_600_000),
  });
  await insertEvent(tx, { accountId, subdistrictId, byAccountId, kind: "setup-code", at: now });
}

/**
 * Makes a code with which somebody else sets a new password and binds a new authenticator: for a new account, and for
 * one whose password or phone was lost. Nobody makes one for the own account.
 *
 * Refusals: `account_unknown`, `own_account`, `account_closed`.
 */
export function makeSetupCode(deps: Deps, { accountId, manager, formKey }: { accountId: number; manager: Manager; formKey: string }): Promise<Outcome<object>> {
  return transact(deps, { key: formKey, action: `setup code ${accountId}` }, async (tx) => {
    const account = await lockManaged(tx, accountId, manager);
    if (!account.active) refuse({ code: "account_closed" });
    await issueSetupCode(tx, deps, { accountId, subdistrictId: account.subdistrictId, byAccountId: manager.accountId });
    return {};
  });
}
