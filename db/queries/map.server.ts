import { sql } from "kysely";
import type { Grade } from "#app/domain/assessment.ts";
import type { Stage } from "#app/domain/stages.ts";
import type { Db } from "../client.server.ts";

export interface MapCommunity {
  code: string;
  name: string;
  lon: number | null;
  lat: number | null;
  stairwells: number;
  /** The furthest stage of its stairwells; null where it has none. */
  stage: Stage | null;
  inUse: number;
}

/** The communities with where they lie and how far they have come, by name; one query. */
export async function listMapCommunities(db: Db): Promise<MapCommunity[]> {
  const { rows } = await sql<MapCommunity>`
    select c.code, c.name, c.lon, c.lat, count(s.id)::int as stairwells, (count(*) filter (where p.in_use_since is not null or p.stage = 'in-use'))::int as in_use,
      (array_agg(p.stage order by array_position(array['in-use', 'acceptance', 'construction', 'approval', 'agreement', 'plan-notice', 'consultation',
        'assessment', 'reserve', 'intent'], p.stage)) filter (where p.stage is not null))[1] as stage
    from community c left join stairwell s on s.community_id = c.id left join project p on p.stairwell_id = s.id
    group by c.id order by c.pinyin, c.code`.execute(db);
  return rows;
}

export interface MapStairwell {
  id: number;
  code: string;
  entrance: string;
  lon: number | null;
  lat: number | null;
  stage: Stage;
  /** Of the newest assessment that was issued. */
  grade: Grade | null;
}

/** The stairwells of a community with where they lie, how far they are and whether they suit; one query. */
export async function listMapStairwells(db: Db, community: string): Promise<MapStairwell[]> {
  const { rows } = await sql<MapStairwell>`
    select s.id, s.code, s.entrance, s.lon, s.lat, p.stage,
      (select a.grade from assessment a where a.stairwell_id = s.id and a.issued_at is not null order by a.number desc limit 1) as grade
    from stairwell s join community c on c.id = s.community_id join project p on p.stairwell_id = s.id
    where c.code = ${community} order by s.code`.execute(db);
  return rows;
}
