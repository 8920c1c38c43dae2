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

export async function insertSession(tx: Tx, session: { tokenHash: Buffer; accountId: number; createdAt: Date; expiresAt: Date }) {
  await tx.insertInto("session").values(session).execute();
}

export async function endSession(tx: Tx, tokenHash: Buffer, now: Date) {
  await tx.updateTable("session").set({ endedAt: now }).where("tokenHash", "=", tokenHash).where("endedAt", "is", null).execute();
}
