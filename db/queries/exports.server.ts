import { sql } from "kysely";
import type { Channel } from "#app/domain/consultation-file.ts";
import type { NamedRuleset } from "#app/domain/ruleset.ts";
import type { SideState, Stage } from "#app/domain/stages.ts";
import type { Choice, TallyResult } from "#app/domain/tally.ts";
import type { Db } from "../client.server.ts";
import type { DeskScope } from "./desk.server.ts";

const within = ({ committeeIds, subdistrictIds }: DeskScope) =>
  sql`(c.committee_id = any(${committeeIds}::int[]) or s.subdistrict_id = any(${subdistrictIds}::int[]))`;

export interface ProgressRow {
  code: string;
  committee: string;
  community: string;
  building: string;
  entrance: string;
  floors: number;
  flats: number;
  area: number;
  filed: number;
  willing: number;
  stage: Stage;
  stageSince: Date;
  sideState: SideState | null;
  reserveSince: Date | null;
  consultation: "none" | "open" | "counting" | "passed" | "failed";
  startedOn: string | null;
  inUseSince: string | null;
}

/** Every stairwell of a scope with how far it has come, by code; nothing of ballots that are still coming in. */
export async function listProgressRows(db: Db, scope: DeskScope): Promise<ProgressRow[]> {
  const { rows } = await sql<ProgressRow>`
    with part as (
      select s.id, s.code, s.building, s.entrance, s.floors, c.name as community, k.name as committee,
        p.stage, p.stage_since, p.side_state, p.reserve_since, p.started_on, p.in_use_since
      from stairwell s join community c on c.id = s.community_id join committee k on k.id = c.committee_id join project p on p.stairwell_id = s.id
      where ${within(scope)}
    )
    select s.code, s.committee, s.community, s.building, s.entrance, s.floors, coalesce(f.flats, 0) as flats, coalesce(f.area, 0)::bigint as area,
      coalesce(i.filed, 0) as filed, coalesce(i.willing, 0) as willing,
      s.stage, s.stage_since as "stageSince", s.side_state as "sideState", s.reserve_since as "reserveSince",
      case
        when q.id is null then 'none'
        when q.published_at is not null then case when q.passed then 'passed' else 'failed' end
        when q.closed_at is not null then 'counting' else 'open'
      end as consultation,
      s.started_on as "startedOn", s.in_use_since as "inUseSince"
    from part s
    left join (
      select stairwell_id, count(*) as flats, sum(area) as area from flat where stairwell_id in (select id from part) group by stairwell_id
    ) f on f.stairwell_id = s.id
    left join (
      select n.stairwell_id, count(*) as filed, count(*) filter (where n.choice = 'willing') as willing
      from (
        select distinct on (t.flat_id) t.stairwell_id, t.choice from intent t left join intent_confirmation w on w.intent_id = t.id
        where t.stairwell_id in (select id from part) and (t.known_by is not null or w.intent_id is not null) and not exists (select from intent_rejection x where x.intent_id = t.id)
        order by t.flat_id, t.id desc
      ) n group by n.stairwell_id
    ) i on i.stairwell_id = s.id
    left join (
      select distinct on (o.stairwell_id) o.stairwell_id, o.id, o.published_at, o.closed_at, r.passed
      from consultation o left join certificate r on r.consultation_id = o.id
      where o.stairwell_id in (select id from part) and o.withdrawn_at is null and o.scope = 'stairwell'
      order by o.stairwell_id, o.opened_at desc, o.id desc
    ) q on q.stairwell_id = s.id
    order by s.code`.execute(db);
  return rows;
}

export interface ResultRow {
  code: string;
  scope: "stairwell" | "community";
  committee: string;
  community: string;
  building: string;
  entrance: string;
  stairwell: string;
  ruleset: Pick<NamedRuleset, "title" | "source">;
  openedAt: Date;
  closesAt: Date;
  closedAt: Date;
  certifiedAt: Date | null;
  publishedAt: Date | null;
  /** Null until two people have certified it. */
  result: TallyResult | null;
}

/** Every closed consultation of a scope with its certified result, by the day on which it closed. */
export async function listResultRows(db: Db, scope: DeskScope): Promise<ResultRow[]> {
  const { rows } = await sql<ResultRow>`
    select o.code, o.scope, k.name as committee, c.name as community, s.building, s.entrance, s.code as stairwell, o.ruleset,
      o.opened_at as "openedAt", o.closes_at as "closesAt", o.closed_at as "closedAt", r.certified_at as "certifiedAt", o.published_at as "publishedAt", r.result
    from consultation o
    join stairwell s on s.id = o.stairwell_id join community c on c.id = s.community_id join committee k on k.id = c.committee_id
    left join certificate r on r.consultation_id = o.id
    where ${within(scope)} and o.closed_at is not null and o.withdrawn_at is null
    order by o.closed_at, o.code`.execute(db);
  return rows;
}

export interface BallotRow {
  unit: string;
  area: number;
  seq: number;
  choice: Choice;
  channel: Channel;
  receivedOn: string | null;
  castAt: Date;
  recordedBy: string | null;
  /** Whether it counts; if not, why: a newer one does, or it was ended. */
  standing: "counts" | "replaced" | "void" | "undone" | "disagreed" | "unchecked";
  /** In the words of whoever ended it, where there are any. */
  why: string | null;
}

/** Every ballot ever cast in a consultation, flat by flat, each with whether it counts. No owner is named. */
export async function listBallotRows(db: Db, consultationId: number): Promise<BallotRow[]> {
  const { rows } = await sql<BallotRow>`
    select r.unit, r.area, b.seq, b.choice, b.channel, b.received_on as "receivedOn", b.cast_at as "castAt", a.name as "recordedBy", 
      case when n.ballot_id is not null then 'counts' else coalesce(e.kind, 'replaced') end as standing,
      case when e.kind in ('void', 'disagreed') then e.ended end as why
    from ballot b
    join roll_entry r on r.consultation_id = b.consultation_id and r.flat_id = b.flat_id
    left join account a on a.id = b.recorded_by
    left join ballot_ended e on e.ballot_id = b.id
    left join counting_ballot n on n.ballot_id = b.id and n.consultation_id = b.consultation_id
    where b.consultation_id = ${consultationId}
    order by r.unit collate "C", b.seq`.execute(db);
  return rows;
}

/** How many rows the files about a scope have. */
export async function countExportRows(db: Db, scope: DeskScope): Promise<{ stairwells: number; results: number }> {
  const { rows } = await sql<{ stairwells: number; results: number }>`
    select count(distinct s.id) as stairwells, count(o.id) as results
    from stairwell s join community c on c.id = s.community_id
    left join consultation o on o.stairwell_id = s.id and o.closed_at is not null and o.withdrawn_at is null
    where ${within(scope)}`.execute(db);
  return rows[0] ?? { stairwells: 0, results: 0 };
}
