import { sql } from "kysely";
import type { FirmKind, FirmRecord } from "#app/domain/firm.ts";
import type { Db, Tx } from "../client.server.ts";

/** A firm as it is registered now; `blocked` while it stands on the blacklist. */
export interface Firm extends FirmRecord {
  id: number;
  creditCode: string;
  blocked: boolean;
  blockReason: string | null;
  blockSource: string | null;
  blockedAt: Date | null;
}

/** The firms of a subdistrict, by name; of one kind alone, or one alone, where that is asked. */
export async function listFirms(db: Db | Tx, subdistrictId: number, { kind = null, id = null }: { kind?: FirmKind | null; id?: number | null } = {}): Promise<Firm[]> {
  const { rows } = await sql<Firm>`
    select f.id, f.credit_code, r.name, r.kind, r.grade, r.valid_from, r.valid_until, r.source,
      coalesce(b.blocked, false) as blocked,
      case when b.blocked then b.reason end as block_reason, case when b.blocked then b.source end as block_source,
      case when b.blocked then b.at end as blocked_at
    from firm f
    join lateral (select name, kind, grade, valid_from, valid_until, source from firm_record where firm_id = f.id order by id desc limit 1) r on true
    left join lateral (select blocked, reason, source, at from firm_block where firm_id = f.id order by id desc limit 1) b on true
    where f.subdistrict_id = ${subdistrictId} and (${kind}::text is null or r.kind = ${kind}) and (${id}::integer is null or f.id = ${id})
    order by r.name, f.id`.execute(db);
  return rows;
}

export async function findFirm(db: Db | Tx, subdistrictId: number, id: number): Promise<Firm | undefined> {
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
