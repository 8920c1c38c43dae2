import { sql } from "kysely";
import { FORGOTTEN_NAME } from "#app/domain/retention.ts";
import type { Tx } from "../client.server.ts";
import type { Vault } from "../personal-data.server.ts";

/** A person as the tables know them; the keys are the keyed hashes of phone and ID number. */
export interface KnownPerson {
  phone: string;
  phoneKey: Buffer;
  idKey: Buffer | null;
}

/** Owners on the register with this phone or ID number, and whether they own a flat still. Held until the transaction ends. */
export function listOwnersOfPerson(tx: Tx, { phoneKey, idKey }: KnownPerson) {
  return tx
    .selectFrom("owner")
    .select((e) => [
      "id", "name",
      e.exists(e.selectFrom("ownership").select("ownership.id").whereRef("ownership.ownerId", "=", "owner.id").where("ownership.until", "is", null)).as("owns"),
    ])
    .where((e) => e.or([e("phoneHash", "=", phoneKey), ...(idKey ? [e("idHash", "=", idKey)] : [])]))
    .forUpdate()
    .execute();
}

/** The stairwells in which somebody has something to do with a flat: as an owner, by an account, or by what was asked with the phone. */
export async function listStairwellsOfPerson(tx: Tx, { phoneKey }: KnownPerson, ownerIds: readonly number[]): Promise<{ stairwellId: number; subdistrictId: number }[]> {
  const { rows } = await sql<{ stairwellId: number; subdistrictId: number }>`
    select s.id as stairwell_id, s.subdistrict_id from stairwell s where s.id in (
      select f.stairwell_id from ownership p join flat f on f.id = p.flat_id where p.owner_id = any(${[...ownerIds]}::int[])
      union select f.stairwell_id from account a join "grant" g on g.account_id = a.id and g.role = 'resident' join flat f on f.id = g.scope_id
        where a.phone_hash = ${phoneKey}
      union select t.stairwell_id from ticket t left join account a on a.id = t.opened_by where t.contact_hash = ${phoneKey} or a.phone_hash = ${phoneKey}
      union select o.stairwell_id from opinion o where o.contact_hash = ${phoneKey}
      union select r.stairwell_id from binding_request r join binding_contact c on c.request_id = r.id where c.phone_hash = ${phoneKey})
    order by s.id`.execute(tx);
  return rows;
}

/** Rows of a table whose sealed phone is this one: there is no key by which to look them up. */
async function idsWithPhone(tx: Tx, vault: Vault, phone: string, { table, id, column }: { table: string; id: string; column: string }): Promise<number[]> {
  const { rows } = await sql<{ id: number; sealed: Buffer }>`
    select ${sql.id(id)} as id, ${sql.id(column)} as sealed from ${sql.id(table)} where ${sql.id(column)} is not null`.execute(tx);
  return rows.flatMap((row) => (vault.open(row.sealed) === phone ? [row.id] : []));
}

/**
 * Removes what is kept about somebody by phone or as a former owner; a present owner stays on the register, since the
 * roll of a vote is made from it. Answers how many rows changed.
 */
export async function forgetPersonRows(
  tx: Tx,
  vault: Vault,
  person: KnownPerson,
  { ownerIds, formerOwnerIds, names, stairwellIds, now }: { ownerIds: readonly number[]; formerOwnerIds: readonly number[]; names: readonly string[]; stairwellIds: readonly number[]; now: Date },
): Promise<number> {
  const { phone, phoneKey } = person;
  const owners = sql`any(${[...formerOwnerIds]}::int[])`;
  const stairwells = sql`any(${[...stairwellIds]}::int[])`;
  const ids = async (table: string, id: string, column: string) => sql`any(${await idsWithPhone(tx, vault, phone, { table, id, column })}::int[])`;
  const tickets = sql`select t.id from ticket t left join account a on a.id = t.opened_by where t.contact_hash = ${phoneKey} or a.phone_hash = ${phoneKey}`;
  const ticketIds = (await sql<{ id: number }>`${tickets}`.execute(tx)).rows.map(({ id }) => id);
  const theirs = sql`any(${ticketIds}::int[])`;
  const statements = [
    sql`delete from outbox where phone_hash = ${phoneKey}`,
    sql`delete from phone_code where phone_hash = ${phoneKey}`,
    sql`delete from intent_contact where intent_id = ${await ids("intent_contact", "intent_id", "phone_cipher")}`,
    sql`update intent set filer_name = null, filer_phone_cipher = null, forgotten_at = ${now} where id = ${await ids("intent", "id", "filer_phone_cipher")}`,
    sql`delete from binding_contact where phone_hash = ${phoneKey}`,
    sql`delete from tenant where id = ${await ids("tenant", "id", "phone_cipher")}`,
    sql`update objection_link set phone_cipher = null where id = ${await ids("objection_link", "id", "phone_cipher")}`,
    sql`update file set removed_at = ${now} where removed_at is null and stored_at is not null
      and id in (select file_id from ticket_photo where ticket_id = ${theirs})`,
    sql`update ticket_step set text_cipher = null, forgotten_at = ${now} where ticket_id = ${theirs} and text_cipher is not null`,
    sql`update ticket set text_cipher = null, contact_cipher = null, contact_hash = null, forgotten_at = ${now} where id = ${theirs} and forgotten_at is null`,
    sql`update opinion set contact_cipher = null, contact_hash = null, forgotten_at = ${now} where contact_hash = ${phoneKey}`,
    sql`delete from visit_note n using visit v join ownership p on p.flat_id = v.flat_id
      where n.visit_id = v.id and p.owner_id = any(${[...ownerIds]}::int[]) and v.at <= coalesce((p.until + 1)::timestamptz, ${now}::timestamptz)`,
    sql`delete from owner_question where owner_a = ${owners} or owner_b = ${owners}`,
    sql`delete from roll_draft where stairwell_id = ${stairwells}`,
    sql`update binding_decision set note_cipher = null, forgotten_at = ${now} where owner_id = ${owners} and note_cipher is not null`,
    sql`delete from session where account_id in (select id from account where phone_hash = ${phoneKey})`,
    sql`update "grant" set revoked_at = coalesce(revoked_at, ${now}), revoke_reason_cipher = null
      where role = 'resident' and account_id in (select id from account where phone_hash = ${phoneKey} and login is null)`,
    // A phone's key is demanded of every resident's account; this one is of no phone.
    sql`update account set name = ${FORGOTTEN_NAME}, phone_cipher = null, phone_hash = sha256(uuid_send(gen_random_uuid())), active = false
      where phone_hash = ${phoneKey} and login is null`,
    sql`update owner set name = ${FORGOTTEN_NAME}, phone_cipher = null, phone_hash = null, id_cipher = null, id_hash = null, name_tail_hash = null where id = ${owners}`,
  ];
  let rows = 0;
  for (const statement of statements) rows += Number((await statement.execute(tx)).numAffectedRows ?? 0);

  const versions = await tx.selectFrom("rollVersion").select(["id", "flatsCipher"]).where("stairwellId", "in", [0, ...stairwellIds]).where("flatsCipher", "is not", null).execute();
  for (const { id, flatsCipher } of versions) {
    const flats = flatsCipher ? vault.open(flatsCipher) : "";
    if (formerOwnerIds.length === 0 || ![phone, ...names].some((word) => flats.includes(JSON.stringify(word)))) continue;
    await tx.updateTable("rollVersion").set({ flatsCipher: null, forgottenAt: now }).where("id", "=", id).execute();
    rows += 1;
  }
  return rows;
}
