import { sql } from "kysely";
import type { FirmKind } from "#app/domain/firm.ts";
import type { Db, Tx } from "../client.server.ts";

interface By {
  subdistrictId: number;
  stairwellId: number;
  signedOn: string;
  accountId: number;
  at: Date;
}

export async function insertAgreement(tx: Tx, agreement: By & { items: string[]; complete: boolean }): Promise<number> {
  const { id } = await tx.insertInto("agreement").values(agreement).returning("id").executeTakeFirstOrThrow();
  return id;
}

export async function insertEngagement(tx: Tx, engagement: By & { firmId: number; role: FirmKind; name: string; contractNo: string }): Promise<number> {
  const { id } = await tx.insertInto("engagement").values(engagement).returning("id").executeTakeFirstOrThrow();
  return id;
}

/** What is on record of the agreement of a stairwell; the newest. */
export function findAgreement(db: Db, stairwellId: number) {
  return db
    .selectFrom("agreement")
    .innerJoin("account", "account.id", "agreement.accountId")
    .select(["agreement.signedOn", "agreement.items", "agreement.complete", "agreement.at", "account.name as by"])
    .where("agreement.stairwellId", "=", stairwellId)
    .orderBy("agreement.id", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** The contracts of a stairwell, the newest first; of each role the first is in force. */
export function listEngagements(db: Db, stairwellId: number) {
  return db
    .selectFrom("engagement")
    .select(["id", "firmId", "role", "name", "contractNo", "signedOn"])
    .where("stairwellId", "=", stairwellId)
    .orderBy("id", "desc")
    .execute();
}

/** The firms at work for a stairwell, one of each role, with the number under which each is reached today. */
export async function listEngagedFirms(db: Db, stairwellId: number): Promise<{ role: FirmKind; name: string; phone: string | null }[]> {
  const { rows } = await sql<{ role: FirmKind; name: string; phone: string | null }>`
    select distinct on (e.role) e.role, e.name, (select r.phone from firm_record r where r.firm_id = e.firm_id order by r.id desc limit 1) as phone
    from engagement e where e.stairwell_id = ${stairwellId} order by e.role, e.id desc`.execute(db);
  return rows;
}
