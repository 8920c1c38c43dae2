import { sql } from "kysely";
import type { CodePurpose } from "#app/domain/sign-in.ts";
import type { Db, Tx } from "../client.server.ts";
import { findOrAddResident, isOutdated, type NewResident } from "./bindings.server.ts";

export function findByLogin(db: Db, login: string) {
  return db
    .selectFrom("account")
    .select(["id", "passwordHash", "totpConfirmedAt"])
    .where("login", "=", login)
    .where("active", "=", true)
    .executeTakeFirst();
}

export async function findLogin(db: Db, accountId: number): Promise<string | null> {
  const row = await db.selectFrom("account").select("login").where("id", "=", accountId).executeTakeFirst();
  return row?.login ?? null;
}

/** What an account may do now. */
export function listGrants(db: Db, accountId: number) {
  return db.selectFrom("grant").select(["role", "scope", "scopeId"]).where("accountId", "=", accountId).where("revokedAt", "is", null).execute();
}

/** The subdistrict in which a phone stands on a roll, else that of its account; with the first of all, for a phone that nobody knows. */
export async function findSubdistrictOfPhone(db: Db | Tx, phoneHash: Buffer): Promise<{ known: number | null; first: number }> {
  // One statement for all: a second one for some would tell them apart.
  const { rows } = await sql<{ known: number | null; first: number }>`
    select coalesce(
      (select subdistrict_id from owner where phone_hash = ${phoneHash} order by id limit 1),
      (select subdistrict_id from account where phone_hash = ${phoneHash} and active)) as known,
      (select min(id) from subdistrict) as first`.execute(db);
  return rows[0] ?? { known: null, first: 0 };
}

/**
 * The resident's account of a phone, made at the first sign-in, with a grant for each flat whose roll has the phone
 * now; grants of flats that were sold since are withdrawn.
 */
export async function bindResident(tx: Tx, resident: NewResident): Promise<number> {
  const { phoneHash, now } = resident;
  const id = await findOrAddResident(tx, resident);
  await sql`
    insert into "grant" (account_id, role, scope, scope_id, way, granted_at)
    select distinct ${id}::int, 'resident', 'flat', p.flat_id, 'roll', ${now}::timestamptz
    from ownership p join owner o on o.id = p.owner_id
    where o.phone_hash = ${phoneHash} and p.until is null
    on conflict do nothing`.execute(tx);
  await sql`update "grant" g set revoked_at = ${now} from account a where a.id = g.account_id and a.id = ${id} and ${isOutdated}`.execute(tx);
  return id;
}

export interface NewCode {
  purpose: CodePurpose;
  phoneHash: Buffer;
  browserHash: Buffer;
  codeHash: Buffer;
  createdAt: Date;
  expiresAt: Date;
}

export async function insertCode(tx: Tx, code: NewCode): Promise<void> {
  await tx.insertInto("phoneCode").values(code).execute();
}

/** The newest code of a phone for a browser, held until the transaction ends, so that tries are counted one after the other. */
export function lockNewestCode(tx: Tx, { purpose, phoneHash, browserHash }: Pick<NewCode, "purpose" | "phoneHash" | "browserHash">) {
  return tx
    .selectFrom("phoneCode")
    .select(["id", "codeHash", "expiresAt", "tries", "usedAt"])
    .where("purpose", "=", purpose)
    .where("phoneHash", "=", phoneHash)
    .where("browserHash", "=", browserHash)
    .orderBy("id", "desc")
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
}

export async function countTry(tx: Tx, codeId: number, usedAt: Date | null): Promise<void> {
  await tx
    .updateTable("phoneCode")
    .set((e) => ({ tries: e("tries", "+", 1), usedAt }))
    .where("id", "=", codeId)
    .execute();
}

/** The flats of a resident, with how their stairwells stand. */
export function listMyFlats(db: Db, flatIds: number[]) {
  if (flatIds.length === 0) return Promise.resolve([]);
  return db
    .selectFrom("flat")
    .innerJoin("stairwell", "stairwell.id", "flat.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .innerJoin("committee", "committee.id", "community.committeeId")
    .innerJoin("project", "project.stairwellId", "stairwell.id")
    .leftJoin("countingIntent", "countingIntent.flatId", "flat.id")
    .select([
      "flat.id", "flat.room", "stairwell.code as stairwell", "stairwell.entrance", "community.name as community",
      "committee.phone", "project.stage", "countingIntent.choice as intent", "countingIntent.filedAt as intentAt",
    ])
    .where("flat.id", "in", flatIds)
    .orderBy("stairwell.code")
    .orderBy("flat.room")
    .execute();
}

/** The consultations that take ballots and have one of these flats on their roll, those of the own stairwell first. */
export function listMyConsultations(db: Db, flatIds: number[], now: Date) {
  if (flatIds.length === 0) return Promise.resolve([]);
  return db
    .selectFrom("rollEntry")
    .innerJoin("consultation", "consultation.id", "rollEntry.consultationId")
    .innerJoin("stairwell", "stairwell.id", "consultation.stairwellId")
    .select(["rollEntry.flatId", "rollEntry.unit", "consultation.code", "consultation.scope", "consultation.closesAt", "stairwell.entrance"])
    // Joined, the view would be worked out for the whole district.
    .select((e) =>
      e
        .selectFrom("countingBallot")
        .select("countingBallot.choice")
        .whereRef("countingBallot.consultationId", "=", "rollEntry.consultationId")
        .whereRef("countingBallot.flatId", "=", "rollEntry.flatId")
        .as("choice"),
    )
    .where("rollEntry.flatId", "in", flatIds)
    .where("consultation.closedAt", "is", null)
    .where("consultation.closesAt", ">", now)
    .orderBy("consultation.scope", "desc")
    .orderBy("consultation.closesAt")
    .orderBy("consultation.id")
    .execute();
}

/** Two owners' phones of each stairwell with an open consultation: by these the demo shows how an owner signs in. */
export function listDemoPhones(db: Db) {
  return db
    .selectFrom("consultation")
    .innerJoin("stairwell", "stairwell.id", "consultation.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .innerJoin("flat", "flat.stairwellId", "stairwell.id")
    .innerJoin("ownership", (join) => join.onRef("ownership.flatId", "=", "flat.id").on("ownership.until", "is", null))
    .innerJoin("owner", "owner.id", "ownership.ownerId")
    .select(["stairwell.code as stairwell", "community.name as community", "stairwell.entrance", "flat.room", "owner.phoneCipher"])
    .where("consultation.closedAt", "is", null)
    .where("consultation.closesAt", ">", sql<Date>`now()`)
    .where("owner.phoneCipher", "is not", null)
    .where("flat.floor", ">=", 5)
    .orderBy("stairwell.code")
    .orderBy("flat.room")
    .limit(8)
    .execute();
}

/** Whether there are accounts of staff besides these. */
export async function hasOtherAccounts(db: Db, logins: readonly string[]): Promise<boolean> {
  const row = await db.selectFrom("account").select("id").where("login", "is not", null).where("login", "not in", logins).limit(1).executeTakeFirst();
  return row !== undefined;
}

/** Whether the login of this connection could put its restricted role off: a superuser, or an owner of the tables. */
export async function couldLeaveRole(db: Db): Promise<boolean> {
  const { rows } = await sql<{ could: boolean }>`
    select rolsuper or exists (select from pg_tables where schemaname = 'public' and tableowner = session_user) as could
    from pg_roles where rolname = session_user`.execute(db);
  return rows[0]?.could ?? false;
}
