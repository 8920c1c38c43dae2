import { sql } from "kysely";
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

/** Of whom the ballots of a flat are: an owner's phone with its middle hidden, or null where staff typed it. */
export async function listSigners(db: Db, consultationId: number, unit: string): Promise<Map<number, { accountId: number; phone: string }>> {
  const rows = await db
    .selectFrom("ballot")
    .innerJoin("rollEntry", (join) =>
      join.onRef("rollEntry.consultationId", "=", "ballot.consultationId").onRef("rollEntry.flatId", "=", "ballot.flatId"),
    )
    .innerJoin("account", "account.id", "ballot.recordedBy")
    .select(["ballot.seq", "account.id", "account.name"])
    .where("ballot.consultationId", "=", consultationId)
    .where("rollEntry.unit", "=", unit)
    .where("ballot.channel", "=", "online")
    .execute();
  return new Map(rows.map(({ seq, id, name }) => [seq, { accountId: id, phone: name }]));
}
