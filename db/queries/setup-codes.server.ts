import type { Db, Tx } from "../client.server.ts";

/** The number of the next setup code of an account. */
export async function nextSetupNumber(tx: Tx, accountId: number): Promise<number> {
  const row = await tx.selectFrom("setupCode").select((e) => e.fn.max("number").as("number")).where("accountId", "=", accountId).executeTakeFirst();
  return (row?.number ?? 0) + 1;
}

export interface NewSetupCode {
  accountId: number;
  subdistrictId: number;
  number: number;
  codeHash: Buffer;
  madeBy: number;
  madeAt: Date;
  expiresAt: Date;
}

export async function insertSetupCode(tx: Tx, code: NewSetupCode): Promise<void> {
  await tx.insertInto("setupCode").values(code).execute();
}

/** Makes the setup code of an account worthless that has not been used. */
export async function revokeSetupCodes(tx: Tx, accountId: number, at: Date): Promise<void> {
  await tx.updateTable("setupCode").set({ revokedAt: at }).where("accountId", "=", accountId).where("usedAt", "is", null).where("revokedAt", "is", null).execute();
}

/** The newest setup code of an account that was not used or withdrawn. */
export function findSetupCode(db: Db | Tx, accountId: number) {
  return db
    .selectFrom("setupCode")
    .select(["id", "number", "madeBy", "expiresAt", "usedAt", "revokedAt"])
    .where("accountId", "=", accountId)
    .where("usedAt", "is", null)
    .where("revokedAt", "is", null)
    .executeTakeFirst();
}

/** A setup code by the hash of it, with its account, both held until the transaction ends. */
export function lockSetupCode(tx: Tx, login: string, codeHash: Buffer) {
  return tx
    .selectFrom("setupCode")
    .innerJoin("account", "account.id", "setupCode.accountId")
    .select([
      "setupCode.id", "setupCode.accountId", "setupCode.expiresAt", "setupCode.usedAt", "setupCode.revokedAt",
      "account.subdistrictId", "account.name", "account.passwordHash",
    ])
    .where("setupCode.codeHash", "=", codeHash)
    .where("account.login", "=", login)
    .where("account.active", "=", true)
    .forUpdate()
    .executeTakeFirst();
}

export async function spendSetupCode(tx: Tx, id: number, at: Date): Promise<void> {
  await tx.updateTable("setupCode").set({ usedAt: at }).where("id", "=", id).execute();
}
