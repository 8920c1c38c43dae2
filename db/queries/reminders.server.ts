import { sql } from "kysely";
import type { Db, Tx } from "../client.server.ts";

/** The consultation's reminders so far, with how many messages went out; `by` is null where the portal sent them. */
export function listReminders(db: Db | Tx, consultationId: number) {
  return db
    .selectFrom("consultationReminder")
    .leftJoin("account", "account.id", "consultationReminder.accountId")
    .select(["consultationReminder.number", "consultationReminder.messages", "consultationReminder.at", "account.name as by"])
    .where("consultationId", "=", consultationId)
    .orderBy("number")
    .execute();
}

/** Codes of the consultations that take ballots and have reminders left. */
export async function listRemindable(db: Db, { now, most }: { now: Date; most: number }): Promise<string[]> {
  const rows = await db
    .selectFrom("consultation")
    .select("code")
    .where("closedAt", "is", null)
    .where("closesAt", ">=", now)
    .where(sql<boolean>`(select count(*) from consultation_reminder r where r.consultation_id = consultation.id) < ${most}`)
    .orderBy("closesAt")
    .orderBy("id")
    .execute();
  return rows.map(({ code }) => code);
}

export interface Unreturned {
  community: string;
  entrance: string;
  room: string;
  /** Its owners' phones on the roll, or where there are none those bound to it otherwise; without those that want no reminders. */
  phones: Buffer[];
}

/** The flats that have returned no ballot – neither one that counts nor one that waits for the second person –, and whom to remind of it. */
export async function listUnreturned(db: Db | Tx, consultationId: number): Promise<Unreturned[]> {
  const { rows } = await sql<Unreturned>`
    with missing as (
      select r.flat_id, r.unit from roll_entry r
      where r.consultation_id = ${consultationId} and r.flat_id not in (
        select flat_id from counting_ballot where consultation_id = ${consultationId}
        union all select flat_id from pending_check where consultation_id = ${consultationId})
    ), on_roll as (
      select m.flat_id, o.phone_hash, o.phone_cipher
      from missing m join ownership p on p.flat_id = m.flat_id and p.until is null join owner o on o.id = p.owner_id
      where o.phone_hash is not null
    ), reached as (
      select * from on_roll
      union all
      select m.flat_id, a.phone_hash, a.phone_cipher
      from missing m join "grant" g on g.role = 'resident' and g.scope_id = m.flat_id and g.revoked_at is null join account a on a.id = g.account_id
      where a.active and m.flat_id not in (select flat_id from on_roll)
    )
    select c.name as community, s.entrance, f.room, array(
      select distinct on (t.phone_hash) t.phone_cipher from reached t
      where t.flat_id = m.flat_id and not exists (select from account a where a.phone_hash = t.phone_hash and a.reminders_off_at is not null)
      order by t.phone_hash) as phones
    from missing m join flat f on f.id = m.flat_id join stairwell s on s.id = f.stairwell_id join community c on c.id = s.community_id
    order by m.unit collate "C"`.execute(db);
  return rows;
}

/** Adds a reminder under its number; false where another has taken that number. */
export async function insertReminder(
  tx: Tx,
  reminder: { consultationId: number; subdistrictId: number; number: number; messages: number; accountId: number | null; at: Date },
): Promise<boolean> {
  const row = await tx.insertInto("consultationReminder").values(reminder).onConflict((c) => c.doNothing()).returning("number").executeTakeFirst();
  return row !== undefined;
}

/** Since when the account wants no reminders; null where it gets them. */
export async function findRemindersOff(db: Db, accountId: number): Promise<Date | null> {
  const row = await db.selectFrom("account").select("remindersOffAt").where("id", "=", accountId).executeTakeFirst();
  return row?.remindersOffAt ?? null;
}

export async function setRemindersOff(tx: Tx, accountId: number, at: Date | null): Promise<void> {
  await tx.updateTable("account").set({ remindersOffAt: at }).where("id", "=", accountId).execute();
}
