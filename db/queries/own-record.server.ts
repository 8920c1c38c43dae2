import { sql } from "kysely";
import type { Scope } from "#app/domain/consultation.ts";
import type { Standing } from "#app/domain/own-record.ts";
import type { MessageKind } from "#app/domain/message.ts";
import type { Db } from "../client.server.ts";

/**
 * How the account stands to each of its flats. By the roll: the owner with its phone; by a request: the owner for whom it
 * was approved; by a slip, which names nobody: from the day on which the last of the present owners came to the flat.
 */
export async function readStandings(db: Db, accountId: number): Promise<Map<number, Standing>> {
  const { rows } = await sql<{ flatId: number; boundAt: Date; periods: Standing["periods"] }>`
    select g.scope_id as "flatId", g.granted_at as "boundAt", case
      when g.way = 'slip' then (
        select json_build_array(json_build_object('since', max(p.since), 'until', null))
        from ownership p where p.flat_id = g.scope_id and p.until is null)
      else (
        select coalesce(json_agg(json_build_object('since', p.since, 'until', p.until)), '[]')
        from ownership p join owner o on o.id = p.owner_id
        where p.flat_id = g.scope_id and case g.way when 'request' then o.id = g.owner_id else o.phone_hash = a.phone_hash end) end as periods
    from "grant" g join account a on a.id = g.account_id
    where g.account_id = ${accountId} and g.role = 'resident' and g.revoked_at is null`.execute(db);
  return new Map(rows.map(({ flatId, boundAt, periods }) => [flatId, { boundAt, periods }]));
}

/** What the portal sent to the account's phone, the newest first; codes are not among it. */
export function listMyMessages(db: Db, accountId: number): Promise<{ id: number; kind: MessageKind; createdAt: Date }[]> {
  return db
    .selectFrom("outbox")
    .innerJoin("account", "account.phoneHash", "outbox.phoneHash")
    .select(["outbox.id", "outbox.kind", "outbox.createdAt"])
    .where("account.id", "=", accountId)
    .where(sql<boolean>`outbox.kind not like '%-code'`)
    .orderBy("outbox.id", "desc")
    .limit(20)
    .execute();
}

/** The ballots that count for these flats, in consultations that run or have run; the newest first. */
export async function listMyReceipts(db: Db, flatIds: readonly number[]) {
  const { rows } = await sql<{ code: string; scope: Scope; entrance: string; unit: string; flatId: number; castAt: Date; receipt: string }>`
    select * from (
      select distinct on (b.consultation_id, b.flat_id)
        n.code, n.scope, s.entrance, r.unit, r.flat_id as "flatId", b.cast_at as "castAt", b.receipt
      from roll_entry r
      join ballot b on (b.consultation_id, b.flat_id) = (r.consultation_id, r.flat_id)
      join consultation n on n.id = r.consultation_id
      join stairwell s on s.id = n.stairwell_id
      left join ballot_ended e on e.ballot_id = b.id
      where r.flat_id = any(${[...flatIds]}::integer[]) and e.ballot_id is null
      order by b.consultation_id, b.flat_id, b.seq desc
    ) counting
    where receipt is not null
    order by "castAt" desc
    limit 20`.execute(db);
  return rows;
}

/** Of whom the online ballots of a flat are: an owner's phone with its middle hidden, and the signature that was drawn. */
export async function listSigners(db: Db, consultationId: number, unit: string): Promise<Map<number, { accountId: number; phone: string; signature: string | null }>> {
  const rows = await db
    .selectFrom("ballot")
    .innerJoin("rollEntry", (join) =>
      join.onRef("rollEntry.consultationId", "=", "ballot.consultationId").onRef("rollEntry.flatId", "=", "ballot.flatId"),
    )
    .innerJoin("account", "account.id", "ballot.recordedBy")
    .leftJoin("ballotSignature", "ballotSignature.ballotId", "ballot.id")
    .select(["ballot.seq", "account.id", "account.name", "ballotSignature.fileId"])
    .where("ballot.consultationId", "=", consultationId)
    .where("rollEntry.unit", "=", unit)
    .where("ballot.channel", "=", "online")
    .execute();
  return new Map(rows.map(({ seq, id, name, fileId }) => [seq, { accountId: id, phone: name, signature: fileId }]));
}
