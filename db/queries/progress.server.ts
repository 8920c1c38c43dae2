import { sql } from "kysely";
import type { CommunityProgress, StairwellProgress } from "#app/domain/progress.ts";
import { stages } from "#app/domain/stages.ts";
import type { Db } from "../client.server.ts";

/**
 * Every community with how many of its stairwells have come how far, by code: one statement for all levels of the
 * progress, added up by `sumProgress`.
 */
export async function listProgress(db: Db, only: { community?: string; committee?: number; subdistrict?: number } = {}): Promise<CommunityProgress[]> {
  const { community, committee, subdistrict } = only;
  const conditions = [
    ...(community === undefined ? [] : [sql`c.code = ${community}`]),
    ...(committee === undefined ? [] : [sql`c.committee_id = ${committee}`]),
    ...(subdistrict === undefined ? [] : [sql`c.subdistrict_id = ${subdistrict}`]),
  ];
  const within = conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;
  const byStage = sql.join(stages.map((stage) => sql`${sql.lit(stage)}, count(*) filter (where s.stage = ${sql.lit(stage)})`));
  const { rows } = await sql<CommunityProgress>`
    with part as (
      select s.id, s.community_id, s.floors, p.stage, p.reserve_since, p.started_on, p.in_use_since
      from stairwell s join community c on c.id = s.community_id join project p on p.stairwell_id = s.id ${within}
    )
    select c.code, c.name, c.pinyin, c.address, c.built_year, k.id as committee_id, k.name as committee, k.phone, d.name as subdistrict,
      mode() within group (order by s.floors) as floors,
      count(s.id) as stairwells,
      coalesce(sum(f.flats), 0)::bigint as flats,
      count(i.stairwell_id) as with_intents,
      count(s.reserve_since) as reserve,
      count(*) filter (where q.id is not null and q.published_at is null) as consulting,
      count(*) filter (where q.published_at is not null and q.passed) as passed,
      count(*) filter (where q.published_at is not null and not q.passed) as failed,
      count(*) filter (where s.started_on is not null and s.in_use_since is null) as building,
      count(s.in_use_since) as in_use,
      json_build_object(${byStage}) as stages
    from community c
    join committee k on k.id = c.committee_id
    join subdistrict d on d.id = c.subdistrict_id
    left join part s on s.community_id = c.id
    left join (
      select stairwell_id, count(*) as flats from flat where stairwell_id in (select id from part) group by stairwell_id
    ) f on f.stairwell_id = s.id
    left join (
      select i.stairwell_id
      from intent i left join intent_confirmation w on w.intent_id = i.id
      where i.stairwell_id in (select id from part) and (i.known_by is not null or w.intent_id is not null) and not exists (select from intent_rejection x where x.intent_id = i.id)
      group by i.stairwell_id
    ) i on i.stairwell_id = s.id
    left join (
      select distinct on (o.stairwell_id) o.stairwell_id, o.id, o.published_at, r.passed
      from consultation o left join certificate r on r.consultation_id = o.id
      where o.stairwell_id in (select id from part) and o.scope = 'stairwell' and o.withdrawn_at is null
      order by o.stairwell_id, o.opened_at desc, o.id desc
    ) q on q.stairwell_id = s.id
    ${within}
    group by c.id, k.id, d.id
    order by c.code`.execute(db);
  return rows;
}

/** Every stairwell with where it stands, by code: for the picture of a small subdistrict. */
export async function listStairwellProgress(db: Db): Promise<StairwellProgress[]> {
  const { rows } = await sql<StairwellProgress>`
    select s.code, c.name as community, s.entrance, s.floors, p.stage, p.in_use_since is not null as in_use,
      exists (
        select from intent i left join intent_confirmation w on w.intent_id = i.id
        where i.stairwell_id = s.id and (i.known_by is not null or w.intent_id is not null) and not exists (select from intent_rejection x where x.intent_id = i.id)
      ) as has_intents
    from stairwell s join community c on c.id = s.community_id join project p on p.stairwell_id = s.id
    order by s.code`.execute(db);
  return rows;
}
