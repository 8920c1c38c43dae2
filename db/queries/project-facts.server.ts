import { sql } from "kysely";
import type { EvidenceKind, ProjectFacts } from "#app/domain/stage-moves.ts";
import type { Db, Tx } from "../client.server.ts";

/**
 * Where a project stands, with all that a move asks for, each fact from the slice that it belongs to. Inside a
 * transaction it is read under the project's lock: what counts is what is on record by then.
 */
export async function readProjectFacts(db: Db | Tx, stairwellId: number): Promise<ProjectFacts> {
  const { rows } = await sql<Omit<ProjectFacts, "evidence"> & { evidence: EvidenceKind[] }>`
    select p.stage, p.side_state, p.reserve_since is not null as reached,
      false as assessment_allows,
      coalesce(vote.passed, false) as consultation_passed,
      -- The plan's notice and the objections to it.
      false as plan_notice_over,
      false as objections_answered,
      array(select distinct e.kind from stage_evidence e where e.stairwell_id = p.stairwell_id) as evidence
    from project p
    left join lateral (
      select n.published_at is not null and f.passed as passed
      from consultation n left join certificate f on f.consultation_id = n.id
      where n.stairwell_id = p.stairwell_id and n.scope = 'stairwell' and n.withdrawn_at is null
      order by n.opened_at desc, n.id desc limit 1
    ) vote on true
    where p.stairwell_id = ${stairwellId}`.execute(db);
  const [found] = rows;
  if (!found) throw new Error(`no project for stairwell ${stairwellId}`);
  return { ...found, evidence: new Set(found.evidence) };
}
