import { sql } from "kysely";
import { stages } from "#app/domain/stages.ts";
import type { Tx } from "../../client.server.ts";
import type { Newest } from "./store-register.server.ts";

/**
 * Finds the stairwells that this import brings anything new for, takes hold of their projects. They stand in the
 * temporary table `touched`.
 */
export async function findTouched(tx: Tx, before: Newest): Promise<void> {
  await sql`
    create temporary table touched on commit drop as
    select id as stairwell_id from stairwell where id > ${before.stairwell}
    union select stairwell_id from flat where id > ${before.flat}
    union select stairwell_id from intent where id > ${before.intent}
    union select stairwell_id from consultation where id > ${before.consultation}
    union select s.stairwell_id from staged_lift s left join project p on p.stairwell_id = s.stairwell_id
      where (s.started_on, s.in_use_since) is distinct from (p.started_on, p.in_use_since)`.execute(tx);
  await sql`analyze touched`.execute(tx);
  await sql`select from project join touched using (stairwell_id) order by stairwell_id for update of project`.execute(tx);
}

/**
 * Brings the projects of the touched stairwells to where their rows say they are, and records the steps there.
 *
 * The reserve is as old as the newest change of a wish that brought the willing to two thirds of the flats, told by
 * replaying the wishes; a wish takes effect no earlier than the one before it of the same flat. A step whose own day
 * is not known took place on that of the next step known. A project that has come further stays where it is.
 *
 * @param now when stairwells without any wish came to be in their stage
 * @param reason what stands beside each step
 */
export async function storeProjects(tx: Tx, { now, reason }: { now: Date; reason: string }): Promise<void> {
  await sql`
    create temporary table moving on commit drop as
    with counting as (
      select i.stairwell_id, i.flat_id, i.id, (i.choice = 'willing')::integer as willing,
        case when i.known_by is null then c.at else i.filed_at end as at
      from intent i join touched using (stairwell_id) left join intent_confirmation c on c.intent_id = i.id
      where i.known_by is not null or c.intent_id is not null
    ), change as (
      select stairwell_id, id, willing - coalesce(lag(willing) over flat, 0) as by, max(at) over flat as at
      from counting window flat as (partition by flat_id order by id)
    ), household as (
      select stairwell_id, count(*) as flats from flat join touched using (stairwell_id) group by stairwell_id
    ), replayed as (
      select stairwell_id, at, id, flats > 0 and 3 * sum(by) over (partition by stairwell_id order by at, id) >= 2 * flats as reached
      from change join household using (stairwell_id) where by <> 0
    ), crossing as (
      select stairwell_id, at, id, reached, reached <> lag(reached, 1, false) over (partition by stairwell_id order by at, id) as crossed
      from replayed
    ), reserve as (
      select stairwell_id, (array_agg(reached order by at desc, id desc))[1] as reached, max(at) as at from crossing where crossed group by stairwell_id
    ), consulted as (
      select stairwell_id, min(opened_at) as at from consultation join touched using (stairwell_id) group by stairwell_id
    ), wished as (
      select stairwell_id, min(at) as at from change group by stairwell_id
    )
    select w.id as stairwell_id, w.subdistrict_id,
      coalesce(array_position(${stages}::text[], p.stage), 1) as from_no,
      case
        when coalesce(l.in_use_since, p.in_use_since) is not null then ${stageNo("in-use")}
        when coalesce(l.started_on, p.started_on) is not null then ${stageNo("construction")}
        when consulted.at is not null then ${stageNo("consultation")}
        when reserve.reached then ${stageNo("reserve")}
        else ${stageNo("intent")}
      end as to_no,
      coalesce(p.stage_since, reserve.at, wished.at, ${now}::timestamptz) as since, p.stage_since as not_before,
      case when reserve.reached then reserve.at end as reserve_since, reserve.at as crossed_at, consulted.at as consulted_at,
      coalesce(l.started_on, p.started_on) as started_on, coalesce(l.in_use_since, p.in_use_since) as in_use_since,
      coalesce(l.started_on, p.started_on)::timestamp at time zone 'Asia/Shanghai' as started_at,
      coalesce(l.in_use_since, p.in_use_since)::timestamp at time zone 'Asia/Shanghai' as in_use_at
    from touched join stairwell w on w.id = touched.stairwell_id
    left join project p on p.stairwell_id = w.id
    left join staged_lift l on l.stairwell_id = w.id
    left join reserve on reserve.stairwell_id = w.id
    left join consulted on consulted.stairwell_id = w.id
    left join wished on wished.stairwell_id = w.id`.execute(tx);
  await sql`
    create temporary table step on commit drop as
    select m.stairwell_id, m.subdistrict_id, n as from_no, n + 1 as to_no, greatest(m.not_before, case
        when n + 1 <= ${stageNo("reserve")} then least(m.reserve_since, m.consulted_at, m.started_at, m.in_use_at)
        when n + 1 <= ${stageNo("consultation")} then least(m.consulted_at, m.started_at, m.in_use_at)
        when n + 1 <= ${stageNo("construction")} then least(m.started_at, m.in_use_at)
        else m.in_use_at end) as at
    from moving m cross join generate_series(m.from_no, m.to_no - 1) n
    union all
    select stairwell_id, subdistrict_id, from_no, to_no, greatest(not_before, crossed_at) from moving
    where from_no = ${stageNo("reserve")} and to_no = ${stageNo("intent")}`.execute(tx);
  await sql`
    insert into stage_move (subdistrict_id, stairwell_id, from_stage, to_stage, reason, at)
    select subdistrict_id, stairwell_id, (${stages}::text[])[from_no], (${stages}::text[])[to_no], ${reason}, at
    from step order by stairwell_id, from_no`.execute(tx);
  await sql`
    insert into project (stairwell_id, subdistrict_id, stage, stage_since, reserve_since, started_on, in_use_since)
    select m.stairwell_id, m.subdistrict_id, (${stages}::text[])[coalesce(s.to_no, m.from_no)], coalesce(s.at, m.since),
      m.reserve_since, m.started_on, m.in_use_since
    from moving m
    left join (select distinct on (stairwell_id) stairwell_id, to_no, at from step order by stairwell_id, from_no desc) s using (stairwell_id)
    order by m.stairwell_id
    on conflict (stairwell_id) do update set stage = excluded.stage, stage_since = excluded.stage_since,
      reserve_since = excluded.reserve_since, started_on = excluded.started_on, in_use_since = excluded.in_use_since`.execute(tx);
}

function stageNo(stage: (typeof stages)[number]) {
  return sql.lit(stages.indexOf(stage) + 1);
}
