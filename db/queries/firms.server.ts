import { sql } from "kysely";
import type { FirmKind, FirmRecord } from "#app/domain/firm.ts";
import type { WorksFacts } from "#app/domain/milestones.ts";
import type { Stage } from "#app/domain/stages.ts";
import type { Db, Tx } from "../client.server.ts";
import { worksFactsOf } from "./works.server.ts";

/** A firm as it is registered now; `blocked` while it stands on the blacklist. */
export interface Firm extends FirmRecord {
  id: number;
  creditCode: string;
  /** In whose register it stands. */
  subdistrict: string;
  blocked: boolean;
  blockReason: string | null;
  blockSource: string | null;
  blockedAt: Date | null;
}

/** The firms of a subdistrict, of all where that is null, by name; of one kind alone, or one alone, where that is asked. */
export async function listFirms(
  db: Db | Tx,
  subdistrictId: number | null,
  { kind = null, id = null }: { kind?: FirmKind | null; id?: number | null } = {},
): Promise<Firm[]> {
  const { rows } = await sql<Firm>`
    select f.id, f.credit_code, s.name as subdistrict, r.name, r.kind, r.grade, r.valid_from, r.valid_until, r.source, r.phone,
      coalesce(b.blocked, false) as blocked,
      case when b.blocked then b.reason end as block_reason, case when b.blocked then b.source end as block_source,
      case when b.blocked then b.at end as blocked_at
    from firm f
    join subdistrict s on s.id = f.subdistrict_id
    join lateral (select name, kind, grade, valid_from, valid_until, source, phone from firm_record where firm_id = f.id order by id desc limit 1) r on true
    left join lateral (select blocked, reason, source, at from firm_block where firm_id = f.id order by id desc limit 1) b on true
    where (${subdistrictId}::integer is null or f.subdistrict_id = ${subdistrictId}) and (${kind}::text is null or r.kind = ${kind}) and (${id}::integer is null or f.id = ${id})
    order by r.name, f.id`.execute(db);
  return rows;
}

export async function findFirm(db: Db | Tx, subdistrictId: number | null, id: number): Promise<Firm | undefined> {
  const [firm] = await listFirms(db, subdistrictId, { id });
  return firm;
}

/** Takes hold of the register of a subdistrict until the transaction ends: two entries stand in one order. */
export async function lockFirms(tx: Tx, subdistrictId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('firms ' || ${subdistrictId}::text, 0))`.execute(tx);
}

interface By {
  subdistrictId: number;
  accountId: number;
  at: Date;
}

export async function insertFirm(tx: Tx, firm: By & { creditCode: string }): Promise<number> {
  const { id } = await tx.insertInto("firm").values(firm).returning("id").executeTakeFirstOrThrow();
  return id;
}

export async function insertFirmRecord(tx: Tx, record: By & FirmRecord & { firmId: number }): Promise<void> {
  await tx.insertInto("firmRecord").values(record).execute();
}

export async function insertFirmBlock(tx: Tx, block: By & { firmId: number; blocked: boolean; reason: string; source: string }): Promise<void> {
  await tx.insertInto("firmBlock").values(block).execute();
}

export async function isCodeKnown(tx: Tx, subdistrictId: number, creditCode: string): Promise<boolean> {
  const row = await tx.selectFrom("firm").select("id").where("subdistrictId", "=", subdistrictId).where("creditCode", "=", creditCode).executeTakeFirst();
  return row !== undefined;
}

/** A stairwell at which a firm works or worked, by its contract in force, with the facts of the works. */
export interface FirmProject {
  firmId: number;
  role: FirmKind;
  code: string;
  community: string;
  entrance: string;
  stage: Stage;
  works: WorksFacts | null;
}

/** The stairwells of one firm, or of all. */
export async function listFirmProjects(db: Db, firmId: number | null): Promise<FirmProject[]> {
  const { rows } = await sql<FirmProject>`
    select e.firm_id, e.role, s.code, c.name as community, s.entrance, p.stage, ${worksFactsOf(sql`s.id`)} as works
    from (select distinct on (stairwell_id, role) stairwell_id, role, firm_id from engagement order by stairwell_id, role, id desc) e
    join stairwell s on s.id = e.stairwell_id
    join community c on c.id = s.community_id
    join project p on p.stairwell_id = s.id
    where ${firmId}::integer is null or e.firm_id = ${firmId}
    order by s.code, e.role`.execute(db);
  return rows;
}

/** What was ever decided about a firm and the blacklist, the newest first. */
export function listBlocks(db: Db, firmId: number) {
  return db.selectFrom("firmBlock").select(["id", "blocked", "reason", "source", "at"]).where("firmId", "=", firmId).orderBy("id", "desc").execute();
}

/** What was ever registered of a firm, the newest first. */
export function listFirmRecords(db: Db, firmId: number) {
  return db
    .selectFrom("firmRecord")
    .innerJoin("account", "account.id", "firmRecord.accountId")
    .select([
      "firmRecord.id", "firmRecord.name", "firmRecord.kind", "firmRecord.grade", "firmRecord.validFrom", "firmRecord.validUntil", "firmRecord.source", "firmRecord.phone",
      "firmRecord.at", "account.name as by",
    ])
    .where("firmRecord.firmId", "=", firmId)
    .orderBy("firmRecord.id", "desc")
    .execute();
}
