import type { Db, Tx } from "../client.server.ts";

/** The account of a running session with its grants in force; undefined when the session ended or the account is closed. */
export async function findSession(db: Db, tokenHash: Buffer, now: Date) {
  const rows = await db
    .selectFrom("session")
    .innerJoin("account", "account.id", "session.accountId")
    .leftJoin("grant", (join) => join.onRef("grant.accountId", "=", "account.id").on("grant.revokedAt", "is", null))
    .select(["account.id", "account.name", "account.subdistrictId", "grant.role", "grant.scope", "grant.scopeId"])
    .where("session.tokenHash", "=", tokenHash)
    .where("session.endedAt", "is", null)
    .where("session.expiresAt", ">", now)
    .where("account.active", "=", true)
    .execute();
  const first = rows[0];
  if (!first) return undefined;
  return {
    accountId: first.id,
    subdistrictId: first.subdistrictId,
    name: first.name,
    grants: rows.flatMap(({ role, scope, scopeId }) => (role && scope ? [{ role, scope, scopeId }] : [])),
  };
}

/** Whose session it is or was, running or not. */
export async function findAccountOfToken(db: Db, tokenHash: Buffer): Promise<number | undefined> {
  return (await db.selectFrom("session").select("accountId").where("tokenHash", "=", tokenHash).executeTakeFirst())?.accountId;
}

export async function insertSession(tx: Tx, session: { tokenHash: Buffer; accountId: number; createdAt: Date; expiresAt: Date }) {
  await tx.insertInto("session").values(session).execute();
}

export async function endSession(tx: Tx, tokenHash: Buffer, now: Date) {
  await tx.updateTable("session").set({ endedAt: now }).where("tokenHash", "=", tokenHash).where("endedAt", "is", null).execute();
}

/** Ends every session of an account, and answers how many there were. */
export async function endSessions(tx: Tx, accountId: number, now: Date): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable("session")
    .set({ endedAt: now })
    .where("accountId", "=", accountId)
    .where("endedAt", "is", null)
    .where("expiresAt", ">", now)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** How many sessions of an account are running. */
export async function countSessions(db: Db, accountId: number, now: Date): Promise<number> {
  const { count } = await db
    .selectFrom("session")
    .select((e) => e.fn.countAll<number>().as("count"))
    .where("accountId", "=", accountId)
    .where("endedAt", "is", null)
    .where("expiresAt", ">", now)
    .executeTakeFirstOrThrow();
  return count;
}
