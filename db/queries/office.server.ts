import { sql } from "kysely";
import type { StageWait } from "#app/domain/office.ts";
import type { PublicTrendMeasure } from "#app/domain/public-view.ts";
import type { SideState, Stage } from "#app/domain/stages.ts";
import type { Db } from "../client.server.ts";

/** A subdistrict, or a committee or community of it. */
export interface OfficePart {
  subdistrictId: number;
  committee?: number | undefined;
  community?: string | undefined;
}

/** Whether the stairwell `s` in the community `c` lies in the part; what is not given is not asked for. */
const within = ({ subdistrictId, committee, community }: Partial<OfficePart>) =>
  sql`(${subdistrictId ?? null}::integer is null or s.subdistrict_id = ${subdistrictId ?? null})
    and (${committee ?? null}::integer is null or c.committee_id = ${committee ?? null})
    and (${community ?? null}::text is null or c.code = ${community ?? null})`;

/** The month of a moment in Shanghai, as `2026-11`. */
const month = (at: ReturnType<typeof sql>) => sql`to_char(${at} at time zone 'Asia/Shanghai', 'YYYY-MM')`;

/** The stairwells of a part. */
const partOf = (part: Partial<OfficePart>) => sql`
  select s.id, p.reserve_since, p.in_use_since
  from stairwell s join community c on c.id = s.community_id join project p on p.stairwell_id = s.id
  where ${within(part)}`;

/**
 * What stairwells came to month by month, from the beginning: those that entered the reserve and are above two thirds
 * still, consultations opened, results published that the newest consultation passed, lifts in use. One statement.
 */
export async function countStepsByMonth(db: Db, part: Partial<OfficePart>): Promise<{ month: string; measure: PublicTrendMeasure; count: number }[]> {
  const { rows } = await sql<{ month: string; measure: PublicTrendMeasure; count: number }>`
    with part as (${partOf(part)}), newest as (
      select distinct on (o.stairwell_id) o.published_at, r.passed
      from consultation o left join certificate r on r.consultation_id = o.id
      where o.stairwell_id in (select id from part) and o.scope = 'stairwell' and o.withdrawn_at is null
      order by o.stairwell_id, o.opened_at desc, o.id desc
    )
    select ${month(sql`reserve_since`)} as month, 'reserve' as measure, count(*) as count from part where reserve_since is not null group by 1
    union all
    select ${month(sql`opened_at`)}, 'opened', count(*) from consultation
      where stairwell_id in (select id from part) and scope = 'stairwell' and withdrawn_at is null group by 1
    union all
    select ${month(sql`published_at`)}, 'passed', count(*) from newest where published_at is not null and passed group by 1
    union all
    select to_char(in_use_since, 'YYYY-MM'), 'inUse', count(*) from part where in_use_since is not null group by 1
    order by 1, 2`.execute(db);
  return rows;
}

/** Households that filed an intent which counts, month by month, each once a month. */
export async function countFilingsByMonth(db: Db, part: OfficePart): Promise<{ month: string; measure: "intents"; count: number }[]> {
  const { rows } = await sql<{ month: string; measure: "intents"; count: number }>`
    with part as (${partOf(part)})
    select ${month(sql`i.filed_at`)} as month, 'intents' as measure, count(distinct i.flat_id) as count
    from intent i left join intent_confirmation w on w.intent_id = i.id
    where i.stairwell_id in (select id from part) and (i.known_by is not null or w.intent_id is not null) and not exists (select from intent_rejection x where x.intent_id = i.id)
    group by 1 order by 1`.execute(db);
  return rows;
}

/** Stages on the way, from the reserve to the acceptance, with how long their stairwells have been in them; ended ones left out. */
export async function listWaits(db: Db, part: OfficePart, now: Date): Promise<StageWait[]> {
  const { rows } = await sql<StageWait>`
    select w.stage, count(*) as count, percentile_disc(0.5) within group (order by w.days) as median, max(w.days) as longest
    from (
      select p.stage, floor(extract(epoch from ${now}::timestamptz - p.stage_since) / 86400)::integer as days
      from stairwell s join community c on c.id = s.community_id join project p on p.stairwell_id = s.id
      where ${within(part)} and ${onTheWay}
    ) w
    group by w.stage`.execute(db);
  return rows;
}

const onTheWay = sql`p.stage not in ('intent', 'in-use') and p.side_state is distinct from 'ended'`;

export interface WaitingStairwell {
  code: string;
  community: string;
  building: string;
  entrance: string;
  committee: string;
  stage: Stage;
  stageSince: Date;
  sideState: SideState | null;
}

/** The stairwells that have been in their stage longest, those on the way only. */
export async function listLongestWaiting(
  db: Db,
  part: OfficePart,
  { stage, limit, offset = 0 }: { stage?: Stage | undefined; limit: number; offset?: number },
): Promise<WaitingStairwell[]> {
  const { rows } = await sql<WaitingStairwell>`
    select s.code, c.name as community, s.building, s.entrance, k.name as committee, p.stage, p.stage_since as "stageSince", p.side_state as "sideState"
    from stairwell s join community c on c.id = s.community_id join committee k on k.id = c.committee_id join project p on p.stairwell_id = s.id
    where ${within(part)} and ${onTheWay} and (${stage ?? null}::text is null or p.stage = ${stage ?? null})
    order by p.stage_since, s.code limit ${limit} offset ${offset}`.execute(db);
  return rows;
}

export interface OfficeStairwell extends WaitingStairwell {
  floors: number;
  flats: number;
  filed: number;
  willing: number;
  startedOn: string | null;
  inUseSince: string | null;
  /** Where the newest consultation stands; nothing of what came in. */
  consultation: "none" | "open" | "counting" | "passed" | "failed";
}

/** The stairwells of a part by code, with the state of each; of an open consultation no count. */
export async function listOfficeStairwells(db: Db, part: OfficePart, { limit, offset }: { limit: number; offset: number }): Promise<OfficeStairwell[]> {
  const { rows } = await sql<OfficeStairwell>`
    select s.code, c.name as community, s.building, s.entrance, k.name as committee, p.stage, p.stage_since as "stageSince", p.side_state as "sideState",
      p.started_on as "startedOn", p.in_use_since as "inUseSince",
      s.floors, (select count(*) from flat f where f.stairwell_id = s.id) as flats,
      coalesce(i.filed, 0) as filed, coalesce(i.willing, 0) as willing,
      case
        when q.id is null then 'none'
        when q.published_at is not null then case when q.passed then 'passed' else 'failed' end
        when q.closed_at is not null then 'counting' else 'open'
      end as consultation
    from stairwell s join community c on c.id = s.community_id join committee k on k.id = c.committee_id join project p on p.stairwell_id = s.id
    ${newestIntents}
    left join lateral (
      select o.id, o.published_at, o.closed_at, r.passed from consultation o left join certificate r on r.consultation_id = o.id
      where o.stairwell_id = s.id and o.scope = 'stairwell' and o.withdrawn_at is null order by o.opened_at desc, o.id desc limit 1
    ) q on true
    where ${within(part)}
    order by s.code limit ${limit} offset ${offset}`.execute(db);
  return rows;
}

/**
 * How many flats of the stairwell `s` have a counting intent, how many of them are willing, and how many said with it that
 * they need help with the stairs. The view would be worked out for the whole district.
 */
const newestIntents = sql`
  left join lateral (
    select count(*) as filed, count(*) filter (where n.choice = 'willing') as willing, count(*) filter (where n.needs_help) as help
    from (
      select distinct on (t.flat_id) t.choice, t.needs_help from intent t left join intent_confirmation w on w.intent_id = t.id
      where t.stairwell_id = s.id and (t.known_by is not null or w.intent_id is not null) and not exists (select from intent_rejection x where x.intent_id = t.id)
      order by t.flat_id, t.id desc
    ) n
  ) i on true`;

export interface ReserveStairwell {
  code: string;
  community: string;
  building: string;
  entrance: string;
  committee: string;
  stage: Stage;
  reserveSince: Date;
  floors: number;
  flats: number;
  willing: number;
  /** Households that said of themselves that they need help with the stairs. */
  help: number;
}

/** The stairwells that wait for their turn: two thirds willing, no consultation opened yet, neither ended nor found unfit. */
export async function listWaitingReserve(db: Db, part: OfficePart): Promise<ReserveStairwell[]> {
  const { rows } = await sql<ReserveStairwell>`
    select s.code, c.name as community, s.building, s.entrance, k.name as committee, p.stage, p.reserve_since as "reserveSince",
      s.floors, (select count(*) from flat f where f.stairwell_id = s.id) as flats, coalesce(i.willing, 0) as willing, coalesce(i.help, 0) as help
    from stairwell s join community c on c.id = s.community_id join committee k on k.id = c.committee_id join project p on p.stairwell_id = s.id
    ${newestIntents}
    where ${within(part)} and p.reserve_since is not null and p.stage in ('reserve', 'assessment')
      and p.side_state is distinct from 'ended' and p.side_state is distinct from 'not-suitable'
    order by s.code`.execute(db);
  return rows;
}
