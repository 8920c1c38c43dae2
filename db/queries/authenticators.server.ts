import type { Db, Tx } from "../client.server.ts";

/** The sealed secret of an account's authenticator app. */
export function findSecret(tx: Tx, accountId: number) {
  return tx.selectFrom("account").select(["subdistrictId", "totpCipher"]).where("id", "=", accountId).executeTakeFirst();
}

/** An active account, held until the transaction ends, so that its password and its authenticator stay what they are. */
export function lockForSignIn(tx: Tx, accountId: number) {
  return tx
    .selectFrom("account")
    .select(["subdistrictId", "passwordHash", "totpCipher"])
    .where("id", "=", accountId)
    .where("active", "=", true)
    .forUpdate()
    .executeTakeFirst();
}

export async function setSecret(tx: Tx, accountId: number, totpCipher: Buffer, totpConfirmedAt: Date): Promise<void> {
  await tx.updateTable("account").set({ totpCipher, totpConfirmedAt }).where("id", "=", accountId).execute();
}

/** The steps whose codes were accepted for a form since then. */
export async function listStepsOfForm(tx: Tx, accountId: number, formKey: string, since: Date): Promise<number[]> {
  const rows = await tx
    .selectFrom("codeUse")
    .select("step")
    .where("accountId", "=", accountId)
    .where("formKey", "=", formKey)
    .where("at", ">", since)
    .execute();
  return rows.map(({ step }) => step);
}

export interface CodeUse {
  accountId: number;
  subdistrictId: number;
  step: number;
  formKey: string;
  at: Date;
}

/** Uses the code of a step up for a form; false where another form has used it. Two posts at one moment: the primary key decides. */
export async function claimStep(tx: Tx, use: CodeUse): Promise<boolean> {
  await tx.insertInto("codeUse").values(use).onConflict((c) => c.columns(["accountId", "step"]).doNothing()).execute();
  const row = await tx
    .selectFrom("codeUse")
    .select("formKey")
    .where("accountId", "=", use.accountId)
    .where("step", "=", use.step)
    .executeTakeFirstOrThrow();
  return row.formKey === use.formKey;
}

/** Staff with their sealed secrets and the steps used since that one: by these the demo stands in for their apps. */
export async function listStandIns(db: Db, sinceStep: number) {
  const [accounts, uses] = await Promise.all([
    db.selectFrom("account").select(["id", "login", "totpCipher"]).where("totpCipher", "is not", null).orderBy("id").execute(),
    db.selectFrom("codeUse").select(["accountId", "step"]).where("step", ">=", sinceStep).execute(),
  ]);
  return accounts.flatMap(({ id, login, totpCipher }) =>
    login && totpCipher ? [{ login, totpCipher, usedSteps: uses.filter((use) => use.accountId === id).map(({ step }) => step) }] : [],
  );
}
