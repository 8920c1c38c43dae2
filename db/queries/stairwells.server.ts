import { sql } from "kysely";
import type { ConsultationFacts, RuleNamed } from "#app/domain/public-consultation.ts";
import type { RowFacts, StairwellFacts } from "#app/domain/public-view.ts";
import type { NamedRuleset } from "#app/domain/ruleset.ts";
import type { Stage } from "#app/domain/stages.ts";
import type { TallyResult } from "#app/domain/tally.ts";
import type { Db, Tx } from "../client.server.ts";
import { extensionsOf } from "./extensions.server.ts";
import { issuedOf } from "./assessments.server.ts";
import { photosOf, type PhotoRow } from "./photos.server.ts";
import { findConsent } from "./plans.server.ts";
import { registrationOf, worksFactsOf } from "./works.server.ts";

/** Which stairwells a list holds, and how it is ordered. */
export interface StairwellFilter {
  community?: string | undefined;
  committee?: number | undefined;
  stage?: Stage | undefined;
  /** Only those in the reserve. */
  reserve?: boolean;
  order?: "code" | "newest-stage" | "newest-reserve";
  limit?: number;
  offset?: number;
}

/** A row of a list with the stairwell's id, by which pages that show it are found out of date. */
export type ListedStairwell = RowFacts & { id: number };

const ORDERS = {
  code: sql`s.code`,
  "newest-stage": sql`p.stage_since desc, s.code`,
  "newest-reserve": sql`p.reserve_since desc, s.code`,
};

/** Stairwells with where they stand. */
export async function listStairwells(db: Db, filter: StairwellFilter = {}): Promise<ListedStairwell[]> {
  const { community = null, committee = null, stage = null, reserve = false, order = "code", limit = null, offset = 0 } = filter;
  const { rows } = await sql<ListedStairwell>`
    select s.id, s.code, s.building, s.entrance, s.floors, c.code as community_code, c.name as community, k.name as committee,
      p.stage, p.stage_since, p.side_state, p.reserve_since, p.started_on, p.in_use_since,
      (select count(*) from flat f where f.stairwell_id = s.id) as flats,
      (select json_build_object('closesAt', o.closes_at, 'closedAt', o.closed_at, 'passed', case when o.published_at is not null then r.passed end)
        from consultation o left join certificate r on r.consultation_id = o.id
        where o.stairwell_id = s.id and o.scope = 'stairwell' and o.withdrawn_at is null order by o.opened_at desc, o.id desc limit 1) as consultation,
      (select json_build_object('grade', a.grade, 'issuedAt', a.issued_at)
        from assessment a where a.stairwell_id = s.id and a.issued_at is not null order by a.number desc limit 1) as grade
    from stairwell s
    join community c on c.id = s.community_id
    join committee k on k.id = c.committee_id
    join project p on p.stairwell_id = s.id
    where (${community}::text is null or c.code = ${community})
      and (${committee}::integer is null or k.id = ${committee})
      and (${stage}::text is null or p.stage = ${stage})
      and (not ${reserve}::boolean or p.reserve_since is not null)
    order by ${ORDERS[order]} limit ${limit} offset ${offset}`.execute(db);
  return rows.map(({ consultation, grade, ...row }) => ({
    ...row,
    grade: grade && { grade: grade.grade, issuedAt: new Date(grade.issuedAt) },
    consultation: consultation && {
      closesAt: new Date(consultation.closesAt),
      closedAt: consultation.closedAt && new Date(consultation.closedAt),
      passed: consultation.passed,
    },
  }));
}

/** All that the public page of a stairwell rests on, in three queries at most; undefined for an unknown code. */
export async function findStairwell(db: Db | Tx, code: string): Promise<(StairwellFacts & { id: number }) | undefined> {
  const [found, consultations] = await Promise.all([findFacts(db, code), listConsultations(db, code)]);
  if (!found) return undefined;
  const isBound = consultations.some(({ plan, published }) => plan !== null && published?.passed);
  const consent = isBound ? await findConsent(db, found.id) : null;
  return { ...found, consultations, renewal: consent?.changes ?? [] };
}

async function findFacts(db: Db | Tx, code: string) {
  const { rows } = await sql<Omit<StairwellFacts, "consultations" | "photos" | "renewal"> & { id: number; photos: PhotoRow[] }>`
    select s.id, s.code, s.building, s.entrance, s.floors, c.code as community_code, c.name as community, c.address, k.name as committee, k.phone,
      p.stage, p.stage_since, p.side_state, p.reserve_since, p.started_on, p.in_use_since,
      f.flats, f.filed, f.willing, f.flats_by_floor, ${worksFactsOf(sql`s.id`)} as works, ${registrationOf(sql`s.id`)} as registration,
      ${issuedOf(sql`s.id`)} as assessments, ${photosOf(sql`s.id`)} as photos,
      (select count(distinct v.number) from plan_version v
        where v.stairwell_id = s.id and not exists (select from plan_withdrawal w where w.stairwell_id = v.stairwell_id and w.number = v.number)) as plans,
      (select coalesce(json_agg(json_build_object('from', v.from_stage, 'to', v.to_stage, 'at', v.at) order by v.id), '[]')
        from stage_move v where v.stairwell_id = s.id) as moves,
      (select coalesce(json_agg(json_build_object('from', m.from_state, 'to', m.to_state, 'reason', m.reason, 'owner', m.owner, 'nextDay', m.next_day, 'at', m.at) order by m.id desc), '[]')
        from side_move m where m.stairwell_id = s.id) as stops
    from stairwell s
    join community c on c.id = s.community_id
    join committee k on k.id = c.committee_id
    join project p on p.stairwell_id = s.id
    cross join lateral (
      select coalesce(sum(b.flats), 0)::bigint as flats, coalesce(sum(b.filed), 0)::bigint as filed, coalesce(sum(b.willing), 0)::bigint as willing,
        coalesce(json_object_agg(b.floor, b.flats), '{}') as flats_by_floor
      from (
        select t.floor, count(*) as flats, count(i.choice) as filed, count(*) filter (where i.choice = 'willing') as willing
        from flat t
        -- The view counting_intent would be worked out for the whole district here.
        left join lateral (
          select n.choice from intent n left join intent_confirmation w on w.intent_id = n.id
          where n.flat_id = t.id and (n.known_by is not null or w.intent_id is not null) and not exists (select from intent_rejection x where x.intent_id = n.id)
          order by n.id desc limit 1
        ) i on true
        where t.stairwell_id = s.id group by t.floor
      ) b
    ) f
    where s.code = ${code}`.execute(db);
  const [found] = rows;
  return (
    found && {
      ...found,
      assessments: found.assessments.map((one) => ({ ...one, issuedAt: new Date(one.issuedAt) })),
      stops: found.stops.map((one) => ({ ...one, at: new Date(one.at) })),
      moves: found.moves.map((one) => ({ ...one, at: new Date(one.at) })),
      photos: found.photos.map((one) => ({ ...one, at: new Date(one.at), publicSince: one.publicSince === null ? null : new Date(one.publicSince) })),
    }
  );
}

async function listConsultations(db: Db | Tx, code: string): Promise<ConsultationFacts[]> {
  const rows = await db
    .selectFrom("consultation")
    .innerJoin("stairwell", "stairwell.id", "consultation.stairwellId")
    .leftJoin("certificate", "certificate.consultationId", "consultation.id")
    .leftJoin("consultationPlan", "consultationPlan.consultationId", "consultation.id")
    .leftJoin("planVersion", "planVersion.id", "consultationPlan.planVersionId")
    .select([
      "planVersion.number", "planVersion.version",
      "consultation.code", "consultation.scope", "consultation.ruleset", "consultation.openedAt", "consultation.closesAt", "consultation.closedAt",
      "consultation.withdrawnAt", "consultation.publishedAt", "certificate.passed", "certificate.result",
    ])
    .select(extensionsOf("consultation.id").as("extensions"))
    .where("stairwell.code", "=", code)
    .orderBy("consultation.openedAt", "desc")
    .orderBy("consultation.id", "desc")
    .execute();
  return rows.map(({ ruleset, extensions, publishedAt, passed, result, number, version, ...row }) => ({
    ...row,
    plan: number === null || version === null ? null : { number, version },
    extensions: extensions.map(({ from, until, at }) => ({ from: new Date(from), until: new Date(until), at: new Date(at) })),
    ruleset: namedRule(ruleset),
    published: publishedAt && passed !== null ? { at: publishedAt, passed, result: result as unknown as TallyResult } : null,
  }));
}

/** The parts of a kept ruleset that name it. */
function namedRule(kept: unknown): RuleNamed {
  const { id, title, source, effectiveFrom, effectiveUntil } = kept as NamedRuleset;
  return { id, title, source, effectiveFrom, effectiveUntil };
}

export async function countStairwells(db: Db): Promise<number> {
  const { count } = await db
    .selectFrom("stairwell")
    .select((e) => e.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return count;
}
