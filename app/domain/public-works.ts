import { silentDays, SILENT_DAYS, worksOf, type MilestoneState, type StepOwner, type StopCause, type WorksFacts } from "./milestones.ts";
import { shanghaiDay } from "./shanghai-day.ts";
import type { SideState, Stage } from "./stages.ts";

/** The works as everybody sees them: plan and state of each milestone, why they stand still or are late. */
export interface PublicWorks {
  milestones: { code: string; name: string; start: string; end: string; state: MilestoneState; begun: string | null; finished: string | null; late: number }[];
  /** The first that is not confirmed; null when all are. */
  current: string | null;
  stop: { since: string; cause: StopCause; owner: StepOwner; nextDay: string } | null;
  /** In days; 0 in time. */
  late: number;
  cause: StopCause | null;
  lastReport: string | null;
  /** Days without a report, from fourteen on, while something is built. */
  silent: number | null;
  /** How often the plan was changed, and the last day that was first promised. */
  changes: number;
  firstEnd: string;
  /** The day as of which this holds. */
  today: string;
}

/** The public part of the works: who reported and confirmed, and the words of the reports, are not in it. */
export function toPublicWorks({ plan, reports, plans, firstEnd }: WorksFacts, { stage, stageSince, sideState }: { stage: Stage; stageSince: Date; sideState: SideState | null }, now: Date): PublicWorks {
  const today = shanghaiDay(now);
  const { milestones, current, stop, late, cause, lastReport } = worksOf(plan, reports, today);
  const silent = stage === "construction" && sideState === null ? silentDays({ lastReport, since: shanghaiDay(stageSince) }, today) : 0;
  return {
    milestones: milestones.map(({ code, name, start, end, state, begun, finished, late: by }) => ({ code, name, start, end, state, begun, finished, late: by })),
    current, stop, late, cause, lastReport, firstEnd, today,
    silent: silent >= SILENT_DAYS ? silent : null,
    changes: plans - 1,
  };
}

/** The same as data. */
export function dataWorks({ milestones, stop, late, cause, lastReport, changes, firstEnd }: PublicWorks) {
  return {
    late_days: late,
    late_cause: cause,
    stopped: stop && { since: stop.since, cause: stop.cause, next_by: stop.owner, next_on: stop.nextDay },
    last_report: lastReport,
    plan_changes: changes,
    first_planned_end: firstEnd,
    milestones: milestones.map(({ code, name, start, end, state, begun, finished, late: by }) => ({
      code, name, planned: { start, end }, real: { start: begun, end: finished }, state, late_days: by,
    })),
  };
}
