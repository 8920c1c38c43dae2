import { sql } from "kysely";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import type { EvidenceKind, ProjectFacts } from "#app/domain/stage-moves.ts";
import type { Db, Tx } from "../client.server.ts";
import { findConsent } from "./plans.server.ts";

/**
 * Where a project stands, with all that a move asks for, each fact from the slice that it belongs to. Inside a
 * transaction it is read under the project's lock: what counts is what is on record by then.
 */
export async function readProjectFacts(db: Db | Tx, stairwellId: number, now: Date): Promise<ProjectFacts> {
  const { rows } = await sql<Omit<ProjectFacts, "evidence"> & { evidence: EvidenceKind[] }>`
    select p.stage, p.side_state, p.reserve_since is not null as reached,
      -- A B is only signed with a remedy for what is in the way.
      coalesce(assessed.grade in ('A', 'B'), false) as assessment_allows,
      coalesce(vote.passed, false) as consultation_passed,
      -- One that was taken back does not count, and the last day of one that does is over.
      exists (select from notice n where n.consultation_id = vote.id and n.kind = 'plan' and n.withdraws is null
        and not exists (select from notice w where w.withdraws = n.id) and n.ends_on < ${shanghaiDay(now)}::date) as plan_notice_over,
      -- Of a notice that was taken back too: who objected then is still to be answered.
      not exists (select from opinion o join notice n on n.id = o.notice_id left join opinion_answer a on a.opinion_id = o.id
        where n.consultation_id = vote.id and n.kind = 'plan' and o.kind = 'objection' and a.opinion_id is null) as objections_answered,
      array(select distinct e.kind from stage_evidence e where e.stairwell_id = p.stairwell_id) as evidence,
      exists (select from consultation n where n.stairwell_id = p.stairwell_id and n.published_at is null and n.withdrawn_at is null) as consultation_running
    from project p
    left join lateral (
      select a.grade from assessment a where a.stairwell_id = p.stairwell_id and a.issued_at is not null order by a.number desc limit 1
    ) assessed on true
    left join lateral (
      select n.id, n.published_at is not null and f.passed as passed
      from consultation n left join certificate f on f.consultation_id = n.id
      where n.stairwell_id = p.stairwell_id and n.scope = 'stairwell' and n.withdrawn_at is null
      order by n.opened_at desc, n.id desc limit 1
    ) vote on true
    where p.stairwell_id = ${stairwellId}`.execute(db);
  const [found] = rows;
  if (!found) throw new Error(`no project for stairwell ${stairwellId}`);
  // A material change of the plan makes the vote one to be held again.
  const changes = found.consultationPassed ? ((await findConsent(db, stairwellId))?.changes ?? []) : [];
  return { ...found, consultationPassed: found.consultationPassed && changes.length === 0, evidence: new Set(found.evidence) };
}
