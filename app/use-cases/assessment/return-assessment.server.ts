import { whyIssuingIsRefused } from "#app/domain/assessment.ts";
import { lockAssessment, setSignature } from "#db/queries/assessments.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

/**
 * The second professional gives a signed assessment back with a reason: it is a draft again.
 *
 * Refusals: `assessment_unknown`, those of `whyIssuingIsRefused`.
 */
export function returnAssessment(
  deps: Deps,
  { assessmentId, reason, accountId, formKey }: { assessmentId: number; reason: string; accountId: number; formKey: string },
): Promise<Outcome<{ assessment: number }>> {
  const { now } = deps;
  return transact(deps, { key: formKey, action: `return assessment ${assessmentId}` }, async (tx) => {
    const held = await lockAssessment(tx, assessmentId);
    if (!held) refuse({ code: "assessment_unknown" });
    const problem = whyIssuingIsRefused({ ...held, accountId });
    if (problem) refuse(problem);
    const { stairwellId, subdistrictId, number } = held;
    await setSignature(tx, assessmentId, { signedAt: null, signedBy: null, returnedFor: reason });
    await appendLog(tx, {
      stairwellId, subdistrictId, at: now, actor: byAccount(accountId),
      verb: "assessment-returned",
      subject: `assessment:${assessmentId}`,
      content: { number, reason },
    });
    return { assessment: assessmentId };
  });
}
