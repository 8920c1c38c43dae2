import { sql } from "kysely";
import type { Tx } from "../../client.server.ts";
import { pinyinOf } from "../pinyin.ts";

/** The newest rows before the import, by which its own are told from them. */
export interface Newest {
  community: number;
  stairwell: number;
  flat: number;
  intent: number;
  consultation: number;
}

export async function findNewest(tx: Tx): Promise<Newest> {
  const { rows } = await sql<Newest>`
    select (select coalesce(max(id), 0) from community) as community,
      (select coalesce(max(id), 0) from stairwell) as stairwell, (select coalesce(max(id), 0) from flat) as flat,
      (select coalesce(max(id), 0) from intent) as intent, (select coalesce(max(id), 0) from consultation) as consultation`.execute(tx);
  return rows[0] ?? { community: 0, stairwell: 0, flat: 0, intent: 0, consultation: 0 };
}

/** Rows of communities that go into one statement. */
const BATCH = 500;

/** Stores the committees, communities and stairwells that are staged and not yet stored. */
export async function storePlaces(tx: Tx, subdistrictId: number): Promise<void> {
  await sql`
    insert into committee (subdistrict_id, name, phone)
    select d.id, s.committee, d.phone
    from (select committee, min(line) as line from staged_community group by committee) s cross join subdistrict d
    where d.id = ${subdistrictId} and not exists (select from committee k where k.subdistrict_id = d.id and k.name = s.committee)
    order by s.line`.execute(tx);
  await storeCommunities(tx, subdistrictId);
  await sql`
    insert into stairwell (subdistrict_id, community_id, code, building, entrance, floors, lon, lat)
    select c.subdistrict_id, c.id, s.code, s.building, s.entrance, s.floors, s.lon, s.lat
    from staged_stairwell s join community c on c.code = s.community
    where not exists (select from stairwell w where w.code = s.code)
    order by s.line`.execute(tx);
}

async function storeCommunities(tx: Tx, subdistrictId: number): Promise<void> {
  for (let after = 0; ; ) {
    const { rows } = await sql<{
      line: number; code: string; name: string; address: string; builtYear: number | null; lon: number | null; lat: number | null;
      committeeId: number;
    }>`
      select s.line, s.code, s.name, s.address, s.built_year, s.lon, s.lat, k.id as committee_id
      from staged_community s join committee k on k.subdistrict_id = ${subdistrictId} and k.name = s.committee
      where s.line > ${after} and not exists (select from community c where c.code = s.code)
      order by s.line limit ${BATCH}`.execute(tx);
    const last = rows.at(-1);
    if (!last) return;
    after = last.line;
    await tx
      .insertInto("community")
      .values(rows.map(({ line: _, ...community }) => ({ subdistrictId, ...community, ...pinyinOf(community.name) })))
      .execute();
  }
}

/** Stores the owners, flats and ownerships that are staged and not yet stored. */
export async function storeFlats(tx: Tx, subdistrictId: number, before: Newest): Promise<void> {
  await sql`
    insert into owner (subdistrict_id, code, name, kind)
    select ${subdistrictId}::integer, s.owner_code, s.owner_name, s.owner_kind
    from (select min(line) as line from staged_unit group by owner_code) f join staged_unit s on s.line = f.line
    where not exists (select from owner o where o.code = s.owner_code)
    order by s.line`.execute(tx);
  await sql`
    insert into flat (subdistrict_id, stairwell_id, room, floor, area)
    select ${subdistrictId}::integer, s.stairwell_id, s.room, s.floor, s.area
    from staged_unit s
    where not exists (select from flat f where f.stairwell_id = s.stairwell_id and f.room = s.room)
    order by s.line`.execute(tx);
  await sql`
    insert into ownership (flat_id, owner_id)
    select f.id, o.id
    from staged_unit s
    join flat f on f.stairwell_id = s.stairwell_id and f.room = s.room
    join owner o on o.code = s.owner_code
    where f.id > ${before.flat}`.execute(tx);
}

/**
 * Stores the intents that are staged and not yet stored, in the order of the file, so that the last row of a flat is
 * its newest.
 */
export async function storeIntents(tx: Tx): Promise<void> {
  await sql`
    insert into intent (subdistrict_id, stairwell_id, flat_id, choice, channel, known_by, filed_at, import_no)
    select s.subdistrict_id, s.stairwell_id, s.flat_id, s.choice, s.channel, 'import',
      s.filed_at::timestamp at time zone 'Asia/Shanghai', s.import_no
    from (
      select i.line, i.stairwell_id, i.choice, i.channel, i.filed_at, f.subdistrict_id, f.id as flat_id,
        row_number() over (partition by f.id order by i.line) as import_no
      from staged_intent i join flat f on f.stairwell_id = i.stairwell_id and f.room = i.room
    ) s
    where not exists (select from intent i where i.flat_id = s.flat_id and i.import_no = s.import_no)
    order by s.line`.execute(tx);
}
