import { sql } from "kysely";
import type { CommunityProgress } from "#app/domain/progress.ts";
import { stages } from "#app/domain/stages.ts";
import type { Db } from "../client.server.ts";

/**
 * Every community with how many of its stairwells have come how far, by code: one statement for all levels of the
 * progress, added up by `sumProgress`.
 */
export async function listProgress(db: Db, only: { community?: string; committee?: number } = {}): Promise<CommunityProgress[]> {
  const { community = null, committee = null } = only;
  const byStage = sql.join(stages.map((stage) => sql`${sql.lit(stage)}, count(*) filter (where p.stage = ${sql.lit(stage)})`));
  const { rows } = await sql<CommunityProgress>`
    select c.code, c.name, c.pinyin, c.address, c.built_year, k.id as committee_id, k.name as committee, k.phone, d.name as subdistrict,
      mode() within group (order by s.floors) as floors,
      count(s.id) as stairwells,
      coalesce(sum(f.flats), 0)::bigint as flats,
      count(*) filter (where i.filed) as with_intents,
      count(p.reserve_since) as reserve,
      count(*) filter (where q.id is not null and q.published_at is null) as consulting,
      count(*) filter (where q.published_at is not null and q.passed) as passed,
      count(*) filter (where q.published_at is not null and not q.passed) as failed,
      count(*) filter (where p.started_on is not null and p.in_use_since is null) as building,
      count(p.in_use_since) as in_use,
      json_build_object(${byStage}) as stages
    from community c
    join committee k on k.id = c.committee_id
    join subdistrict d on d.id = c.subdistrict_id
    left join stairwell s on s.community_id = c.id
    left join project p on p.stairwell_id = s.id
    left join (select stairwell_id, count(*) as flats from flat group by stairwell_id) f on f.stairwell_id = s.id
    left join (
      select distinct i.stairwell_id, true as filed
      from intent i left join intent_confirmation w on w.intent_id = i.id
      where i.known_by is not null or w.intent_id is not null
    ) i on i.stairwell_id = s.id
    left join (
      select distinct on (o.stairwell_id) o.stairwell_id, o.id, o.published_at, r.passed
      from consultation o left join certificate r on r.consultation_id = o.id
      order by o.stairwell_id, o.opened_at desc, o.id desc
    ) q on q.stairwell_id = s.id
    where (${community}::text is null or c.code = ${community}) and (${committee}::integer is null or k.id = ${committee})
    group by c.id, k.id, d.id
    order by c.code`.execute(db);
  return rows;
}
