import { planPeriod } from "#app/domain/notice-clock.ts";
import { toPublicAssessment } from "#app/domain/public-view.ts";
import type { StageNoticeDraft, StageNoticeFacts } from "#app/domain/stage-notice.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import type { EvidenceKind } from "#app/domain/stage-moves.ts";
import type { Db, Tx } from "#db/client.server.ts";
import { listEvidence } from "#db/queries/evidence.server.ts";
import { countRoll, listNotices } from "#db/queries/notices.server.ts";
import { findPlanOf } from "#db/queries/plans.server.ts";
import { findStairwell } from "#db/queries/stairwells.server.ts";

/** What the notices of a project's stages are drafted from, and which are in force. */
export interface StageDraftFacts extends StageNoticeDraft {
  state: StageNoticeFacts;
  consultationId: number | null;
  flats: number;
}

/** Reads them for a stairwell; undefined where there is none of this code. */
export async function readStageDraft(db: Db | Tx, { stairwell, now }: { stairwell: string; now: Date }): Promise<StageDraftFacts | undefined> {
  const facts = await findStairwell(db, stairwell);
  if (!facts) return undefined;
  const newest = facts.consultations.find(({ scope, withdrawnAt }) => scope === "stairwell" && withdrawnAt === null);
  const passed = newest?.published?.passed ? newest.published : null;
  const pause = facts.stops[0]?.to === "paused" ? facts.stops[0] : undefined;
  const [notices, evidence] = await Promise.all([listNotices(db, { stairwellId: facts.id }), listEvidence(db, facts.id)]);
  const consultationId = newest ? (await countRoll(db, newest.code)).id : null;
  const counts = (notice: (typeof notices)[number]) =>
    notice.withdraws === null && notice.withdrawnBy === null &&
    (notice.kind !== "plan" || notice.consultationId === consultationId) &&
    (notice.kind !== "assessment" || (facts.assessments[0] !== undefined && notice.publishedAt !== null && notice.publishedAt >= facts.assessments[0].issuedAt)) &&
    (notice.kind !== "stop" || (pause !== undefined && notice.publishedAt !== null && notice.publishedAt >= pause.at));
  const { community, entrance, address, committee, phone, flats, stage, sideState } = facts;
  return {
    community, entrance, address, committee, phone, flats, consultationId,
    assessment: facts.assessments[0] ? toPublicAssessment(facts.assessments[0]) : null,
    passedOn: passed && shanghaiDay(passed.at),
    evidence: Object.fromEntries(evidence.map(({ kind, text, day }) => [kind, { text, day }])),
    pause: pause ? { reason: pause.reason ?? "", owner: pause.owner ?? "", nextDay: pause.nextDay ?? "" } : null,
    plan: (consultationId !== null && (await findPlanOf(db, consultationId))) || null,
    period: planPeriod(now),
    state: {
      stage, sideState,
      assessed: facts.assessments.length > 0,
      consultationPassed: passed !== null,
      evidence: new Set(evidence.map(({ kind }) => kind as EvidenceKind)),
      inForce: notices.filter(counts).map(({ kind }) => kind),
    },
  };
}
