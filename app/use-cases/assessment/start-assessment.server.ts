import { whyStartIsRefused } from "#app/domain/assessment-form.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { insertAssessment, isAssessmentRunning } from "#db/queries/assessments.server.ts";
import { lockProjectOf } from "#db/queries/consultations.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { readSetting } from "#db/queries/settings.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

/**
 * Begins the assessment of a stairwell, or a re-assessment (复评), with the factors that the subdistrict asks for today.
 *
 * Refusals: `stairwell_unknown`, those of `whyStartIsRefused`.
 */
export function startAssessment(
  deps: Deps,
  { stairwell, accountId, formKey }: { stairwell: string; accountId: number; formKey: string },
): Promise<Outcome<{ assessment: number }>> {
  const { now } = deps;
  return transact(deps, { key: formKey, action: `assess ${stairwell}` }, async (tx) => {
    const project = await lockProjectOf(tx, stairwell);
    if (!project) refuse({ code: "stairwell_unknown" });
    const { stairwellId, subdistrictId } = project;
    const problem = whyStartIsRefused({ ...project, isRunning: await isAssessmentRunning(tx, stairwellId) });
    if (problem) refuse(problem);
    const factors = await readSetting(tx, subdistrictId, "factors", shanghaiDay(now));
    const { id, number } = await insertAssessment(tx, { subdistrictId, stairwellId, factors, startedAt: now, startedBy: accountId });
    await appendLog(tx, {
      stairwellId, subdistrictId, at: now, actor: byAccount(accountId),
      verb: "assessment-started",
      subject: `assessment:${id}`,
      content: { number, factors: factors.map((factor) => factor.id) },
    });
    return { assessment: id };
  });
}
