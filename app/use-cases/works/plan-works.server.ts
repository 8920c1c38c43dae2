import { planFrom, whyPlanIsRefused } from "#app/domain/milestones.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { stageIndex } from "#app/domain/stages.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { appendLog, touchPages } from "#db/queries/log.server.ts";
import { readSetting } from "#db/queries/settings.server.ts";
import { insertPlan, lockProject, readWorks } from "#db/queries/works.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

export interface WorksPlanned {
  stairwell: string;
  /** The first and the last day of each milestone, in their order. */
  start: readonly string[];
  end: readonly string[];
  reason: string | null;
  accountId: number;
  formKey: string;
}

/**
 * Sets the planned days of all milestones (施工节点). The first plan takes its milestones from the subdistrict's template;
 * a later one is a new version with a reason and keeps them, for reports name them.
 *
 * Refusals: `stairwell_unknown`, `works_not_ahead` before the approval and after the acceptance, `plan_incomplete` for
 * another number of days than of milestones, those of `whyPlanIsRefused`.
 */
export function planWorks(deps: Deps, { stairwell, start, end, reason, accountId, formKey }: WorksPlanned): Promise<Outcome<{ number: number }>> {
  return transact(deps, { key: formKey, action: `plan works ${stairwell} ${start.join()} ${end.join()}` }, async (tx) => {
    const place = await findPlace(tx, stairwell);
    if (!place) refuse({ code: "stairwell_unknown" });
    const { stairwellId, subdistrictId } = place;
    const { stage } = await lockProject(tx, stairwellId);
    if (stageIndex(stage) < stageIndex("approval") || stage === "in-use") refuse({ code: "works_not_ahead" });
    const before = await readWorks(tx, stairwellId);
    const today = shanghaiDay(deps.now);
    const milestones = before?.plan ?? planFrom(await readSetting(tx, subdistrictId, "milestones", today), today);
    if (start.length !== milestones.length || end.length !== milestones.length) refuse({ code: "plan_incomplete" });
    const plan = milestones.map((milestone, index) => ({ ...milestone, start: start[index] ?? "", end: end[index] ?? "" }));
    const problem = whyPlanIsRefused(plan, before?.plan ?? null, reason);
    if (problem) refuse(problem);

    const number = (before?.plans ?? 0) + 1;
    const why = before === null ? null : reason;
    const planId = await insertPlan(tx, { subdistrictId, stairwellId, number, reason: why, accountId, at: deps.now }, plan);
    await appendLog(tx, {
      stairwellId, subdistrictId, at: deps.now, actor: byAccount(accountId),
      verb: "works-planned",
      subject: `works-plan:${planId}`,
      content: { number, reason: why, milestones: plan },
    });
    await touchPages(tx, [`stairwell:${stairwellId}`]);
    return { number };
  });
}
