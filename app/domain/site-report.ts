import { z } from "zod";
import { reportKinds, stepOwners, stopCauses, type WorksStanding } from "./milestones.ts";
import type { Problem } from "./problem.ts";
import { rowNumber } from "./row-number.ts";
import { addDays, isDay } from "./shanghai-day.ts";
import type { SideState, Stage } from "./stages.ts";
import { lineText, linesText, mobile, optional } from "./text.ts";

/** Photos that one report takes. */
export const MOST_REPORT_PHOTOS = 6;

/** How many days a report may have waited on a phone without a network and still count for its own day. */
const LONGEST_WAY = 7;

const day = z.string({ error: "missing" }).trim().refine(isDay, { error: "not-a-day" });

/** What a contractor sends from the site: a choice and photos; a stop says why, who is next and when. */
export const SiteReportForm = z.object({
  kind: z.enum(reportKinds, { error: "missing" }),
  milestone: lineText(8),
  cause: optional(z.enum(stopCauses, { error: "unknown" })),
  nextOwner: optional(z.enum(stepOwners, { error: "unknown" })),
  nextDay: optional(day),
  people: optional(z.string().trim().regex(/^\d{1,3}$/, { error: "not-whole" }).transform(Number)),
  work: optional(linesText(500)),
  problems: optional(linesText(500)),
  tomorrow: optional(linesText(500)),
  /** The day on which it was written, as the phone knows it. */
  onDay: optional(day),
});
export type SiteReportGiven = z.infer<typeof SiteReportForm>;

/** The day that a report counts for: the one that it says, unless that lies ahead or too far back. */
export function reportDay(said: string | undefined, today: string): string {
  return said !== undefined && said <= today && said >= addDays(today, -LONGEST_WAY) ? said : today;
}

export type ReportRefusal =
  | "no_works_plan"
  | "not_building"
  | "works_halted"
  | "milestone_unknown"
  | "milestone_confirmed"
  | "report_photo_missing"
  | "stop_cause_missing"
  | "stop_owner_missing"
  | "stop_day_missing"
  | "stop_day_past";

const building: readonly Stage[] = ["construction", "acceptance"];

/** Whether something is built at this stage that can be reported. */
export const isBuilding = (stage: Stage): boolean => building.includes(stage);

/**
 * Why a report is refused, or null.
 *
 * @param report `onDay` as it counts
 */
export function whyReportIsRefused(
  { stage, sideState, works }: { stage: Stage; sideState: SideState | null; works: WorksStanding | null },
  { kind, milestone, cause, nextOwner, nextDay, onDay, photos }: Pick<SiteReportGiven, "kind" | "milestone" | "cause" | "nextOwner" | "nextDay"> & { onDay: string; photos: number },
): Problem<ReportRefusal> | null {
  if (works === null) return { code: "no_works_plan" };
  if (!isBuilding(stage)) return { code: "not_building" };
  if (sideState !== null) return { code: "works_halted" };
  const at = works.milestones.find(({ code }) => code === milestone);
  if (!at) return { code: "milestone_unknown", at: "milestone" };
  if (at.state === "confirmed") return { code: "milestone_confirmed", at: "milestone" };
  if (kind === "done" && photos === 0) return { code: "report_photo_missing", at: "photos" };
  if (kind !== "stopped") return null;
  if (cause === undefined) return { code: "stop_cause_missing", at: "cause" };
  if (nextOwner === undefined) return { code: "stop_owner_missing", at: "nextOwner" };
  if (nextDay === undefined) return { code: "stop_day_missing", at: "nextDay" };
  return nextDay < onDay ? { code: "stop_day_past", at: "nextDay" } : null;
}

/** A decision on a report that a milestone is done; what counts as reached is decided here. */
export const DecideMilestoneForm = z.object({
  reportId: rowNumber,
  verdict: z.enum(["confirmed", "returned"], { error: "missing" }),
  /** For the first milestone: the site board with its plan and phone numbers is seen on the photos. */
  board: optional(z.literal("yes", { error: "unknown" })),
  reason: optional(linesText(200)),
});
export type MilestoneDecision = z.infer<typeof DecideMilestoneForm>;

export type DecisionRefusal = "report_unknown" | "report_decided" | "report_overtaken" | "own_report" | "evidence_gone" | "return_reason_missing";

/** Why a decision on the report of a finished milestone is refused, or null. */
export function whyDecisionIsRefused(
  report: { kind: string; isDecided: boolean; isNewest: boolean; accountId: number; photos: number } | undefined,
  { verdict, reason, accountId }: Pick<MilestoneDecision, "verdict" | "reason"> & { accountId: number },
): Problem<DecisionRefusal> | null {
  if (report?.kind !== "done") return { code: "report_unknown" };
  if (report.isDecided) return { code: "report_decided" };
  if (!report.isNewest) return { code: "report_overtaken" };
  if (report.accountId === accountId) return { code: "own_report" };
  if (verdict === "returned") return reason ? null : { code: "return_reason_missing", at: "reason" };
  return report.photos > 0 ? null : { code: "evidence_gone" };
}

/** The planned days of all milestones, in their order; `reason` for every change of a plan. */
export const WorksPlanForm = z.object({
  start: z.array(day).min(1, { error: "missing" }).max(30, { error: "too-long" }),
  end: z.array(day).min(1, { error: "missing" }).max(30, { error: "too-long" }),
  reason: optional(linesText(200)),
});

/** The phones of committee and agent that hear of a silent site. */
export const SiteContactForm = z.object({ committeePhone: optional(mobile), agentPhone: optional(mobile) });
