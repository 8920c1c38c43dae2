import { whyPlanWithdrawalIsRefused } from "#app/domain/plan.ts";
import { appendLog, touchPages } from "#db/queries/log.server.ts";
import { insertPlanWithdrawal } from "#db/queries/plans.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";
import { lockPlans } from "./lock-plans.server.ts";

/**
 * Takes a plan back, with a reason: it is not put to a vote any more, and its versions stay to be read.
 *
 * Refusals: `stairwell_unknown`, those of `whyPlanWithdrawalIsRefused`.
 */
export function withdrawPlan(
  deps: Deps,
  { stairwell, number, reason, accountId, formKey }: { stairwell: string; number: number; reason: string; accountId: number; formKey: string },
): Promise<Outcome<object>> {
  return transact(deps, { key: formKey, action: `withdraw plan ${stairwell} ${number}` }, async (tx) => {
    const held = await lockPlans(tx, stairwell);
    if (!held) refuse({ code: "stairwell_unknown" });
    const { stairwellId, subdistrictId, plans, voted } = held;
    const problem = whyPlanWithdrawalIsRefused(plans, voted, number);
    if (problem) refuse(problem);
    const newest = plans.find((plan) => plan.number === number)?.newest;
    if (!newest) throw new Error(`plan without a version: ${number}`);
    await insertPlanWithdrawal(tx, { subdistrictId, stairwellId, number, version: newest.version, reason, accountId, at: deps.now });
    await appendLog(tx, {
      stairwellId, subdistrictId, at: deps.now, actor: byAccount(accountId),
      verb: "plan-withdrawn",
      subject: `plan:${newest.id}`,
      content: { number, version: newest.version, reason },
    });
    await touchPages(tx, [`stairwell:${stairwellId}`]);
    return {};
  });
}
