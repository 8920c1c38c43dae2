import { sql } from "kysely";
import type { KnownFlat, KnownOwner, KnownQuestion, KnownRoll } from "#app/domain/roll-persons.ts";
import type { AreaSource, OwnerKind } from "#app/domain/roll.ts";
import type { Db, Tx } from "../client.server.ts";
import { isOutdated } from "./bindings.server.ts";

/**
 * Takes hold of the owners of a subdistrict until the transaction ends: whoever adds or joins owners does so after the
 * one before, so that nobody is added twice. Held before any project.
 */
export async function lockOwners(tx: Tx, subdistrictId: number): Promise<void> {
  await tx.selectFrom("subdistrict").select("id").where("id", "=", subdistrictId).forNoKeyUpdate().executeTakeFirstOrThrow();
}

/** Lets no import of a district begin until the transaction ends; held before all else, as that import does. */
export async function holdOffDistrictImports(tx: Tx): Promise<void> {
  await sql`lock table import_run in row exclusive mode`.execute(tx);
}

/**
 * An owner with keys as hexadecimal text. `committeeId` is the committee in whose name this is read; null reads for the
 * whole installation.
 */
const knownOwner = (committeeId: number | null, o = sql.ref("o")) => sql`
  json_build_object('id', ${o}.id, 'name', ${o}.name, 'kind', ${o}.kind, 'phoneKey', encode(${o}.phone_hash, 'hex'),
    'idKey', encode(${o}.id_hash, 'hex'), 'tailKey', encode(${o}.name_tail_hash, 'hex'),
    'elsewhere', exists (
      select from ownership p join flat f on f.id = p.flat_id join stairwell s on s.id = f.stairwell_id join community c on c.id = s.community_id
      where p.owner_id = ${o}.id and p.until is null and c.committee_id <> ${committeeId}::integer))`;

/** What the register has for a stairwell: flats with their owners, now and before (the last first), and what was asked. */
export async function readKnownRoll(db: Db | Tx, stairwell: { stairwellId: number; floors: number }, committeeId: number | null): Promise<KnownRoll> {
  const { stairwellId, floors } = stairwell;
  const { rows: flats } = await sql<KnownFlat>`
    select f.id, f.room, f.floor, f.area, f.area_source,
      coalesce(json_agg(${knownOwner(committeeId)} order by p.id) filter (where p.id is not null and p.until is null), '[]') as owners,
      coalesce(json_agg(${knownOwner(committeeId)} order by p.until desc, p.id desc) filter (where p.until is not null), '[]') as former_owners
    from flat f left join ownership p on p.flat_id = f.id left join owner o on o.id = p.owner_id
    where f.stairwell_id = ${stairwellId} group by f.id order by f.id`.execute(db);
  const { rows: questions } = await sql<KnownQuestion>`
    select json_build_array(a.room, b.room) as rooms, q.name, q.answer,
      json_build_array(${knownOwner(committeeId, sql.ref("x"))}, ${knownOwner(committeeId, sql.ref("y"))}) as owners
    from owner_question q join flat a on a.id = q.flat_a join flat b on b.id = q.flat_b
    join owner x on x.id = q.owner_a join owner y on y.id = q.owner_b
    where q.stairwell_id = ${stairwellId} order by q.id`.execute(db);
  return { floors, flats, questions };
}

/** Owners of the subdistrict by the keys of their IDs, or of their names with ID tails. */
export async function findOwnersByKeys(
  db: Db | Tx,
  { subdistrictId, committeeId, ids, tails }: { subdistrictId: number; committeeId: number | null; ids: string[]; tails: string[] },
): Promise<KnownOwner[]> {
  const hashes = (keys: string[]) => sql`(select decode(key, 'hex') from unnest(${keys}::text[]) key)`;
  const { rows } = await sql<{ owner: KnownOwner }>`
    select ${knownOwner(committeeId)} as owner from owner o
    where o.subdistrict_id = ${subdistrictId} and (o.id_hash in ${hashes(ids)} or o.name_tail_hash in ${hashes(tails)})
    order by o.id`.execute(db);
  return rows.map(({ owner }) => owner);
}

export interface NewFlat {
  room: string;
  floor: number;
  /** Hundredths of a square metre. */
  area: number;
  areaSource: AreaSource | null;
}

/** Adds flats or changes them where the room is there already; answers with the id of each room. */
export async function storeFlats(tx: Tx, { stairwellId, subdistrictId }: { stairwellId: number; subdistrictId: number }, flats: readonly NewFlat[]): Promise<Map<string, number>> {
  const column = <K extends keyof NewFlat>(key: K) => flats.map((flat) => flat[key]);
  const { rows } = await sql<{ id: number; room: string }>`
    insert into flat (subdistrict_id, stairwell_id, room, floor, area, area_source)
    select ${subdistrictId}::integer, ${stairwellId}::integer, room, floor, area, coalesce(source, 'register')
    from unnest(${column("room")}::text[], ${column("floor")}::integer[], ${column("area")}::integer[], ${column("areaSource")}::text[])
      as t (room, floor, area, source)
    on conflict (stairwell_id, room) do update set floor = excluded.floor, area = excluded.area, area_source = excluded.area_source
    returning id, room`.execute(tx);
  return new Map(rows.map(({ id, room }) => [room, id]));
}

/** Personal data comes sealed, and as a keyed hash by which it is found. */
export interface OwnerData {
  name?: string;
  kind?: OwnerKind;
  phoneCipher?: Buffer;
  phoneHash?: Buffer;
  idCipher?: Buffer;
  idHash?: Buffer;
  nameTailHash?: Buffer;
}

export async function insertOwner(tx: Tx, owner: OwnerData & { subdistrictId: number; code: string; name: string; kind: OwnerKind }): Promise<number> {
  const { id } = await tx.insertInto("owner").values(owner).returning("id").executeTakeFirstOrThrow();
  return id;
}

export async function updateOwner(tx: Tx, ownerId: number, news: OwnerData): Promise<void> {
  await tx.updateTable("owner").set(news).where("id", "=", ownerId).execute();
}

export interface OwnedFlat {
  flatId: number;
  ownerId: number;
}

/** Begins ownerships; `since` is null where the day is not known. */
export async function insertOwnerships(tx: Tx, ownerships: readonly (OwnedFlat & { since: string | null })[]): Promise<void> {
  if (ownerships.length > 0) await tx.insertInto("ownership").values([...ownerships]).execute();
}

export async function endOwnerships(tx: Tx, ownerships: readonly OwnedFlat[], day: string): Promise<void> {
  await sql`
    update ownership p set until = greatest(p.since, ${day}::date)
    from unnest(${ownerships.map(({ flatId }) => flatId)}::integer[], ${ownerships.map(({ ownerId }) => ownerId)}::integer[]) as t (flat_id, owner_id)
    where (p.flat_id, p.owner_id) = (t.flat_id, t.owner_id) and p.until is null`.execute(tx);
}

/**
 * Withdraws what has outlived a change of owners: grants of residents who own their flat no longer, and of sold flats
 * the slips and what was bound by them, for a letter that is still in a drawer is the seller's.
 */
export async function revokeFormerResidents(tx: Tx, stairwellId: number, soldFlatIds: readonly number[], now: Date): Promise<void> {
  await sql`
    update "grant" g set revoked_at = ${now}
    from account a, flat f
    where a.id = g.account_id and f.id = g.scope_id and f.stairwell_id = ${stairwellId} and g.role = 'resident' and g.revoked_at is null
      and (${isOutdated} or g.way = 'slip' and f.id = any(${[...soldFlatIds]}::integer[]))`.execute(tx);
  await sql`update slip set revoked_at = ${now} where revoked_at is null and flat_id = any(${[...soldFlatIds]}::integer[])`.execute(tx);
}

export interface NewQuestion {
  flatA: number;
  flatB: number;
  ownerA: number;
  ownerB: number;
  name: string;
}

/** Leaves these questions open for a stairwell and no others; answered ones stay unless they are among these. */
export async function setOpenQuestions(tx: Tx, stairwellId: number, questions: readonly NewQuestion[]): Promise<void> {
  const column = <K extends keyof NewQuestion>(key: K) => questions.map((question) => question[key]);
  const asked = sql`unnest(${column("flatA")}::integer[], ${column("flatB")}::integer[], ${column("ownerA")}::integer[],
    ${column("ownerB")}::integer[], ${column("name")}::text[]) as t (flat_a, flat_b, owner_a, owner_b, name)`;
  await sql`
    delete from owner_question where stairwell_id = ${stairwellId} and answer is null
      and (flat_a, flat_b, name) not in (select flat_a, flat_b, name from ${asked})`.execute(tx);
  await sql`
    insert into owner_question (stairwell_id, flat_a, flat_b, owner_a, owner_b, name)
    select ${stairwellId}::integer, flat_a, flat_b, owner_a, owner_b, name from ${asked}
    on conflict (flat_a, flat_b, name) do update set owner_a = excluded.owner_a, owner_b = excluded.owner_b,
      answer = null, answered_by = null, answered_at = null`.execute(tx);
}

export async function raiseStairwell(tx: Tx, stairwellId: number, floors: number): Promise<void> {
  await tx.updateTable("stairwell").set({ floors }).where("id", "=", stairwellId).where("floors", "<", floors).execute();
}

export async function insertRollRun(tx: Tx, run: { digest: Buffer; summary: Record<string, unknown>; at: Date }): Promise<void> {
  await tx.insertInto("importRun").values({ kind: "roll", ...run, summary: JSON.stringify(run.summary) }).execute();
}

/** The consultation of a stairwell that is not closed yet. */
export async function findRunning(db: Db | Tx, stairwellId: number): Promise<string | null> {
  const row = await db.selectFrom("consultation").select("code").where("stairwellId", "=", stairwellId).where("closedAt", "is", null).executeTakeFirst();
  return row?.code ?? null;
}
