import { gradeOf, whyIssuingIsRefused, type Grade } from "#app/domain/assessment.ts";
import { assessedFactors } from "#app/domain/assessment-form.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { whyMoveIsRefused } from "#app/domain/stage-moves.ts";
import type { SideState } from "#app/domain/stages.ts";
import { listFindings, lockAssessment, setIssued } from "#db/queries/assessments.server.ts";
import { lockProject } from "#db/queries/intents.server.ts";
import { appendLog, touchPages } from "#db/queries/log.server.ts";
import { readProjectFacts } from "#db/queries/project-facts.server.ts";
import type { Tx } from "#db/client.server.ts";
import { changeSide, takeMove, type MovedProject } from "../stage/take-move.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

/**
 * A second professional signs, and the assessment is issued with the grade that its factors give; it supersedes the one
 * before. A and B move a project on that waits for it; C stops it until a re-assessment finds otherwise.
 *
 * Refusals: `assessment_unknown`, those of `whyIssuingIsRefused`, `project_ended`.
 */
export function issueAssessment(
  deps: Deps,
  { assessmentId, stairwellId, accountId, formKey }: { assessmentId: number; stairwellId: number; accountId: number; formKey: string },
): Promise<Outcome<{ grade: Grade }>> {
  const { now } = deps;
  return transact(deps, { key: formKey, action: `issue assessment ${assessmentId}` }, async (tx) => {
    await lockProject(tx, stairwellId);
    const held = await lockAssessment(tx, assessmentId);
    if (held?.stairwellId !== stairwellId) refuse({ code: "assessment_unknown" });
    const problem = whyIssuingIsRefused({ ...held, accountId });
    if (problem) refuse(problem);
    const { subdistrictId, number } = held;
    const found = await listFindings(tx, assessmentId);
    const grade = gradeOf(assessedFactors(held.factors, found));
    if (grade === null) throw new Error(`assessment ${assessmentId} was signed without a grade`);
    await setIssued(tx, assessmentId, { grade, issuedAt: now, issuedBy: accountId });
    await appendLog(tx, {
      stairwellId, subdistrictId, at: now, actor: byAccount(accountId),
      verb: "assessment-issued",
      subject: `assessment:${assessmentId}`,
      content: { number, grade, factors: found },
    });
    await settleProject(tx, now, { stairwellId, subdistrictId, accountId }, { assessmentId, grade });
    await touchPages(tx, ["district", `stairwell:${stairwellId}`]);
    return { grade };
  });
}

/** What an assessment does to its project. */
async function settleProject(tx: Tx, now: Date, project: MovedProject, { assessmentId, grade }: { assessmentId: number; grade: Grade }): Promise<void> {
  const { sideState } = await readProjectFacts(tx, project.stairwellId, now);
  if (sideState === "ended") refuse({ code: "project_ended" });
  const side = async (verb: string, to: SideState | null) =>
    changeSide(tx, now, project, { verb, from: sideState, to, reason: `assessment:${assessmentId}`, owner: null, nextDay: null });
  if (grade === "C" && sideState !== "not-suitable") return side("project-unsuitable", "not-suitable");
  if (grade === "C") return;
  if (sideState === "not-suitable") await side("project-suitable", null);
  const facts = await readProjectFacts(tx, project.stairwellId, now);
  const forward = { kind: "forward" } as const;
  const waits = facts.stage === "assessment" && whyMoveIsRefused(facts, forward, { roles: new Set(["assessor"]), today: shanghaiDay(now) }) === null;
  if (waits) await takeMove(tx, now, project, facts, forward);
}
