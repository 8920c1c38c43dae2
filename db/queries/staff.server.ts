import { sql } from "kysely";
import type { Manager, StaffRole } from "#app/domain/account.ts";
import { roleScopes, type GrantScope, type Role } from "#app/domain/roles.ts";
import type { Db, Tx } from "../client.server.ts";

/** A grant in force, with the place of its scope. */
export interface StaffGrant {
  id: number;
  accountId: number;
  role: Role;
  scope: GrantScope;
  scopeId: number | null;
  /** Name of the scope, null for the whole installation. */
  place: string | null;
  /** Code of the stairwell, where it is one. */
  stairwell: string | null;
  /** Subdistrict of the scope, null for the whole installation. */
  subdistrictId: number | null;
}

async function listGrantsOf(db: Db | Tx, accountIds: readonly number[]): Promise<StaffGrant[]> {
  const { rows } = await sql<StaffGrant>`
    select g.id, g.account_id as "accountId", g.role, g.scope, g.scope_id as "scopeId",
      coalesce(k.name, d.name, c.name || ' ' || s.building || s.entrance) as place, s.code as stairwell,
      coalesce(k.subdistrict_id, d.id, s.subdistrict_id) as "subdistrictId"
    from "grant" g
    left join committee k on g.scope = 'committee' and k.id = g.scope_id
    left join subdistrict d on g.scope = 'subdistrict' and d.id = g.scope_id
    left join stairwell s on g.scope = 'stairwell' and s.id = g.scope_id
    left join community c on c.id = s.community_id
    where g.account_id = any(${[...accountIds]}::int[]) and g.revoked_at is null
    order by g.id`.execute(db);
  return rows;
}

export interface StaffAccount {
  accountId: number;
  isStaff: boolean;
  subdistrictId: number;
  login: string;
  name: string;
  active: boolean;
  hasPassword: boolean;
  totpConfirmedAt: Date | null;
  grants: StaffGrant[];
}

const accountColumns = (db: Db | Tx) =>
  db
    .selectFrom("account")
    .select((e) => [
      "account.id as accountId", "account.subdistrictId", "account.login", "account.name", "account.active", "account.totpConfirmedAt",
      e("account.passwordHash", "is not", null).as("hasPassword"),
    ]);

/** An account of staff or of anybody else, with its grants in force. */
export async function findStaff(db: Db | Tx, accountId: number): Promise<StaffAccount | undefined> {
  const row = await accountColumns(db).where("account.id", "=", accountId).executeTakeFirst();
  if (!row) return undefined;
  return { ...row, login: row.login ?? "", isStaff: row.login !== null, hasPassword: Boolean(row.hasPassword), grants: await listGrantsOf(db, [accountId]) };
}

/** The same, held until the transaction ends, so that what is granted to it stays as it is. */
export async function lockStaff(tx: Tx, accountId: number): Promise<StaffAccount | undefined> {
  await tx.selectFrom("account").select("id").where("id", "=", accountId).forUpdate().executeTakeFirst();
  return findStaff(tx, accountId);
}

/**
 * Accounts of staff by name: all for an admin, else those of the subdistricts.
 *
 * @param text part of a name or a login
 */
export async function listStaff(db: Db, { isAdmin, subdistrictIds }: Manager, text: string): Promise<StaffAccount[]> {
  const like = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  let query = accountColumns(db)
    .where("account.login", "is not", null)
    .where((e) => e.or([e("account.name", "ilike", like), e("account.login", "ilike", like)]));
  if (!isAdmin) query = query.where("account.subdistrictId", "in", subdistrictIds.length > 0 ? [...subdistrictIds] : [-1]);
  const rows = await query.orderBy("account.active", "desc").orderBy("account.name").orderBy("account.id").execute();
  const grants = await listGrantsOf(db, rows.map(({ accountId }) => accountId));
  return rows.map((row) => ({
    ...row, login: row.login ?? "", isStaff: true, hasPassword: Boolean(row.hasPassword), grants: grants.filter((grant) => grant.accountId === row.accountId),
  }));
}

/** Places in which a manager may let a role hold. */
export async function listPlaces(db: Db, { isAdmin, subdistrictIds }: Manager) {
  const [committees, subdistricts] = await Promise.all([
    db.selectFrom("committee").select(["id", "name", "subdistrictId"]).orderBy("subdistrictId").orderBy("id").execute(),
    db.selectFrom("subdistrict").select(["id", "name"]).orderBy("id").execute(),
  ]);
  const within = (id: number) => isAdmin || subdistrictIds.includes(id);
  return { committees: committees.filter((c) => within(c.subdistrictId)), subdistricts: subdistricts.filter(({ id }) => within(id)) };
}

/** Where a grant holds, and the subdistrict in which that lies. */
export interface GrantPlace {
  scopeId: number | null;
  subdistrictId: number;
}

export async function findCommittee(tx: Tx, by: { id: number } | { name: string }): Promise<GrantPlace | undefined> {
  const row = await tx
    .selectFrom("committee")
    .select(["id", "subdistrictId"])
    .where((e) => ("id" in by ? e("id", "=", by.id) : e("name", "=", by.name)))
    .executeTakeFirst();
  return row && { scopeId: row.id, subdistrictId: row.subdistrictId };
}

/** A subdistrict, or the first that there is. */
export async function findSubdistrict(tx: Tx, id?: number): Promise<GrantPlace | undefined> {
  let query = tx.selectFrom("subdistrict").select("id").orderBy("id").limit(1);
  if (id !== undefined) query = query.where("id", "=", id);
  const row = await query.executeTakeFirst();
  return row && { scopeId: row.id, subdistrictId: row.id };
}

export async function findStairwells(tx: Tx, codes: readonly string[]): Promise<(GrantPlace & { code: string })[]> {
  const rows = await tx
    .selectFrom("stairwell")
    .select(["id as scopeId", "subdistrictId", "code"])
    .where("code", "in", codes.length > 0 ? [...codes] : [""])
    .orderBy("id")
    .execute();
  return rows;
}

export async function isLoginTaken(tx: Tx, login: string): Promise<boolean> {
  return (await tx.selectFrom("account").select("id").where("login", "=", login).executeTakeFirst()) !== undefined;
}

export async function insertAccount(
  tx: Tx,
  account: { login: string; name: string; subdistrictId: number; passwordHash: string | null; createdAt: Date },
): Promise<number> {
  const { id } = await tx.insertInto("account").values(account).returning("id").executeTakeFirstOrThrow();
  return id;
}

/** Gives a role for a scope; false where the account has it already. */
export async function insertGrant(tx: Tx, { accountId, role, scopeId, at }: { accountId: number; role: StaffRole; scopeId: number | null; at: Date }): Promise<boolean> {
  const row = await tx
    .insertInto("grant")
    .values({ accountId, role, scope: roleScopes[role], scopeId, grantedAt: at })
    .onConflict((c) => c.doNothing())
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

export async function revokeGrant(tx: Tx, grantId: number, at: Date): Promise<void> {
  await tx.updateTable("grant").set({ revokedAt: at }).where("id", "=", grantId).where("revokedAt", "is", null).execute();
}

export async function setActive(tx: Tx, accountId: number, active: boolean): Promise<void> {
  await tx.updateTable("account").set({ active }).where("id", "=", accountId).execute();
}

/** Sets a new password; the authenticator goes, for whoever sets one enrols anew. */
export async function setPassword(tx: Tx, accountId: number, passwordHash: string): Promise<void> {
  await tx.updateTable("account").set({ passwordHash, totpCipher: null, totpConfirmedAt: null }).where("id", "=", accountId).execute();
}
