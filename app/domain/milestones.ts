import type { Problem } from "./problem.ts";
import type { SettingValue } from "./setting-schemas.ts";
import { addDays, daysBetween } from "./shanghai-day.ts";

/** A milestone of the works (施工节点) with its planned days, both included. */
export interface PlannedMilestone {
  /** The same in every version of a plan: `M0`. */
  code: string;
  name: string;
  start: string;
  end: string;
}

/** The milestones of a template one after the other, each as long as it usually takes, from a day on. */
export function planFrom(template: SettingValue<"milestones">, startOn: string): PlannedMilestone[] {
  let next = startOn;
  return template.map(({ id, name, days }) => {
    const start = next;
    next = addDays(start, days);
    return { code: id, name, start, end: addDays(next, -1) };
  });
}

/** Longest time that a plan may look ahead, in days. */
const LONGEST_PLAN = 1_100;

export type PlanRefusal = "plan_ends_before_start" | "plan_out_of_order" | "plan_too_long" | "plan_unchanged" | "plan_reason_missing";

/**
 * Why a plan is refused: a milestone that ends before it starts or starts before the one above it, named by its number
 * from 1; a plan of more than three years; one that is the same as before, and a change without a reason.
 */
export function whyPlanIsRefused(plan: readonly PlannedMilestone[], before: readonly PlannedMilestone[] | null, reason: string | null): Problem<PlanRefusal> | null {
  for (const [index, { start, end }] of plan.entries()) {
    const number = index + 1;
    if (end < start) return { code: "plan_ends_before_start", at: "end", params: { number } };
    if (start < (plan[index - 1] ?? { start }).start) return { code: "plan_out_of_order", at: "start", params: { number } };
  }
  const first = plan[0]?.start ?? "";
  if (plan.some(({ end }) => daysBetween(first, end) > LONGEST_PLAN)) return { code: "plan_too_long", at: "end" };
  if (before === null) return null;
  if (JSON.stringify(plan) === JSON.stringify(before)) return { code: "plan_unchanged" };
  return reason === null ? { code: "plan_reason_missing", at: "reason" } : null;
}

/** Why works stand still, or are late; said by the contractor, read by everybody. */
export const stopCauses = ["gas", "pipes", "material", "weather", "neighbours", "money", "design", "safety", "inspection", "holiday", "other"] as const;
export type StopCause = (typeof stopCauses)[number];

/** Who has to take the next step. */
export const stepOwners = ["contractor", "agent", "committee", "office", "gas", "water", "power", "telecom", "inspector", "owners"] as const;
export type StepOwner = (typeof stepOwners)[number];

/** What a contractor says from the site: the milestone goes on, it is done, or the works stand still. */
export const reportKinds = ["working", "done", "stopped"] as const;
export type ReportKind = (typeof reportKinds)[number];

export interface SiteReport {
  id: number;
  milestone: string;
  kind: ReportKind;
  /** The day that it is about. */
  onDay: string;
  /** Why the works stand still, or are late. */
  cause: StopCause | null;
  owner: StepOwner | null;
  nextDay: string | null;
  /** For `done`: whether somebody else has held it against its photos. */
  verdict: "confirmed" | "returned" | null;
}

/** All that tells where the works of a stairwell stand. */
export interface WorksFacts {
  /** Versions of the plan up to the one in force. */
  plans: number;
  plan: PlannedMilestone[];
  /** The last day of the first plan. */
  firstEnd: string;
  reports: SiteReport[];
}

/** Only what was confirmed counts as reached. */
export type MilestoneState = "ahead" | "running" | "reported" | "confirmed";

export interface MilestoneStanding extends PlannedMilestone {
  state: MilestoneState;
  /** The day of the first report, and that of the report that it is done. */
  begun: string | null;
  finished: string | null;
  /** The report that waits for somebody to confirm it, or was confirmed. */
  report: number | null;
  /** By how many days it began or ended, or will have, after its plan; 0 in time. */
  late: number;
}

export interface WorksStanding {
  milestones: MilestoneStanding[];
  /** The first that is not confirmed; null when all are. */
  current: string | null;
  /** Since when they stand still, why, and who takes the next step until when. */
  stop: { since: string; cause: StopCause; owner: StepOwner; nextDay: string } | null;
  /** In days; 0 in time. */
  late: number;
  /** Why they are late, as far as it was said. */
  cause: StopCause | null;
  lastReport: string | null;
}

/**
 * Where the works stand: each milestone of the plan in force against what was reported and confirmed.
 *
 * @param reports in any order; those of one day count in the order of their numbers
 * @param today in Shanghai
 */
export function worksOf(plan: readonly PlannedMilestone[], reports: readonly SiteReport[], today: string): WorksStanding {
  const inOrder = [...reports].sort((a, b) => (a.onDay === b.onDay ? a.id - b.id : a.onDay < b.onDay ? -1 : 1));
  const milestones = plan.map((planned) => standingOf(planned, inOrder.filter(({ milestone }) => milestone === planned.code), today));
  const last = inOrder.at(-1);
  const unfinished = milestones.filter(({ finished }) => finished === null);
  const late = unfinished.length > 0 ? Math.max(...unfinished.map((one) => one.late)) : (milestones.at(-1)?.late ?? 0);
  return {
    milestones,
    current: milestones.find(({ state }) => state !== "confirmed")?.code ?? null,
    stop: stopOf(inOrder),
    late,
    cause: late > 0 ? (inOrder.findLast(({ cause }) => cause !== null)?.cause ?? null) : null,
    lastReport: last?.onDay ?? null,
  };
}

function standingOf(planned: PlannedMilestone, reports: readonly SiteReport[], today: string): MilestoneStanding {
  const confirmed = reports.find(({ verdict }) => verdict === "confirmed");
  const newest = reports.findLast(({ kind }) => kind !== "stopped");
  const done = confirmed ?? (newest?.kind === "done" && newest.verdict === null ? newest : undefined);
  const begun = reports[0]?.onDay ?? null;
  const finished = done?.onDay ?? null;
  return {
    ...planned,
    state: confirmed ? "confirmed" : done ? "reported" : begun ? "running" : "ahead",
    begun,
    finished,
    report: done?.id ?? null,
    late: Math.max(0, daysBetween(planned.end, finished ?? today), finished === null ? daysBetween(planned.start, begun ?? today) : 0),
  };
}

/** The stop that the newest report says, since the first of those in a row that say so. */
function stopOf(inOrder: readonly SiteReport[]): WorksStanding["stop"] {
  const last = inOrder.at(-1);
  if (last?.kind !== "stopped" || last.cause === null || last.owner === null || last.nextDay === null) return null;
  const before = inOrder.findLastIndex(({ kind }) => kind !== "stopped");
  return { since: inOrder[before + 1]?.onDay ?? last.onDay, cause: last.cause, owner: last.owner, nextDay: last.nextDay };
}

/** After so many days without a report a site flags itself. */
export const SILENT_DAYS = 14;

/** Whole days since the last report, or since the works began where there is none. */
export function silentDays({ lastReport, since }: { lastReport: string | null; since: string }, today: string): number {
  return Math.max(0, daysBetween(lastReport !== null && lastReport > since ? lastReport : since, today));
}
