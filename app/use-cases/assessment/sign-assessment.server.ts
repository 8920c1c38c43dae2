import { gradeOf, whySigningIsRefused } from "#app/domain/assessment.ts";
import { assessedFactors } from "#app/domain/assessment-form.ts";
import { listFindings, lockAssessment, setSignature } from "#db/queries/assessments.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

/**
 * The assessor signs what was found: it does not change any more, and waits for a second professional.
 *
 * Refusals: `assessment_unknown`, those of `whySigningIsRefused` with the factors by their names.
 */
export function signAssessment(
  deps: Deps,
  { assessmentId, accountId, formKey }: { assessmentId: number; accountId: number; formKey: string },
): Promise<Outcome<{ assessment: number }>> {
  const { now } = deps;
  return transact(deps, { key: formKey, action: `sign assessment ${assessmentId}` }, async (tx) => {
    const held = await lockAssessment(tx, assessmentId);
    if (!held) refuse({ code: "assessment_unknown" });
    const { stairwellId, subdistrictId, number } = held;
    const found = await listFindings(tx, assessmentId);
    const factors = assessedFactors(held.factors, found);
    const named = factors.map((one) => ({ ...one, factor: held.factors.find(({ id }) => id === one.factor)?.name ?? one.factor }));
    const problem = whySigningIsRefused({ ...held, factors: named });
    if (problem) refuse({ code: problem.code, params: problem.params ?? {} });
    await setSignature(tx, assessmentId, { signedAt: now, signedBy: accountId, returnedFor: null });
    await appendLog(tx, {
      stairwellId, subdistrictId, at: now, actor: byAccount(accountId),
      verb: "assessment-signed",
      subject: `assessment:${assessmentId}`,
      content: { number, grade: gradeOf(factors), factors: found },
    });
    return { assessment: assessmentId };
  });
}
