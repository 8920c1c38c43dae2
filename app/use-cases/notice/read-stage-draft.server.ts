import { planPeriod, type NoticePeriod } from "#app/domain/notice-clock.ts";
import type { PlanVersion } from "#app/domain/plan.ts";
import { toPublicAssessment, type PublicAssessment } from "#app/domain/public-view.ts";
import type { StageNoticeFacts } from "#app/domain/stage-notice.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import type { EvidenceKind } from "#app/domain/stage-moves.ts";
import type { Db, Tx } from "#db/client.server.ts";
import { listEvidence } from "#db/queries/evidence.server.ts";
import { countRoll, listNotices } from "#db/queries/notices.server.ts";
import { findPlanOf } from "#db/queries/plans.server.ts";
import { findStairwell } from "#db/queries/stairwells.server.ts";

/** What the notices of a project's stages are drafted from, and which are in force. */
export interface StageDraftFacts {
  state: StageNoticeFacts;
  consultationId: number | null;
  community: string;
  entrance: string;
  address: string;
  committee: string;
  phone: string;
  flats: number;
  /** What was found at the stairwell, by the assessment in force. */
  assessment: PublicAssessment | null;
  /** The day on which the passed result was published. */
  passedOn: string | null;
  evidence: Partial<Record<EvidenceKind, { text: string | null; day: string | null }>>;
  pause: { reason: string; owner: string; nextDay: string } | null;
  /** The plan that was voted on, where the consultation was about one. */
  plan: Pick<PlanVersion, "agent" | "make" | "model" | "entry" | "position" | "priceFen" | "months"> | null;
  /** The days of a plan's notice that is published today. */
  period: NoticePeriod;
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
