import { z } from "zod";
import type { FirmKind, FirmStanding } from "./firm.ts";
import { parseYuan } from "./money.ts";
import type { Problem } from "./problem.ts";
import { rowNumber } from "./row-number.ts";
import type { SideState, Stage } from "./stages.ts";
import { lineText, linesText, optional } from "./text.ts";

/** A flat landing meets the floor of the flats, a half landing the turn of the stairs. */
export const planEntries = ["flat", "half"] as const;
export type PlanEntry = (typeof planEntries)[number];

/** The side of the building on which the shaft stands. */
export const planPositions = ["north", "south", "east", "west", "inside"] as const;
export type PlanPosition = (typeof planPositions)[number];

/** So many plans can be read side by side. */
export const MOST_PLANS = 4;

const MOST_FEN = 10_000_000_00;

/** Three digits keep a number of a plan or a version. */
const numberText = z.string({ error: "unknown" }).regex(/^(0|[1-9]\d{0,2})$/, { error: "unknown" });

/** What a clerk enters of a plan: of a new one, or as a new version. `seen` is the version that the page showed, 0 for none. */
export const planForm = z.object({
  firm: rowNumber,
  make: lineText(40),
  model: lineText(40),
  entry: z.enum(planEntries, { error: "missing" }),
  position: z.enum(planPositions, { error: "missing" }),
  price: z
    .string({ error: "missing" })
    .trim()
    .min(1, { error: "missing" })
    .max(20, { error: "too-long" })
    .transform(parseYuan)
    .refine((fen): fen is number => fen !== null && fen > 0 && fen <= MOST_FEN, { error: "not-yuan" }),
  months: z
    .string({ error: "missing" })
    .trim()
    .min(1, { error: "missing" })
    .regex(/^\d{1,2}$/, { error: "not-whole" })
    .transform(Number)
    .refine((months) => months >= 1 && months <= 60, { error: "between:1–60" }),
  about: optional(linesText(500)),
  changed: optional(linesText(500)),
  checked: optional(z.literal("yes", { error: "unknown" })),
  seen: numberText.transform(Number),
});

export const withdrawPlanForm = z.object({ reason: linesText(500) });

/** A version of a plan as a form names it: `2.1` is the first version of the second plan. */
export const planVersionText = z.string().regex(/^[1-9]\d{0,2}\.[1-9]\d{0,2}$/, { error: "unknown" });

/** What is voted on, and what would make it another thing if it changed. */
export interface PlanTerms {
  firmId: number;
  entry: PlanEntry;
  position: PlanPosition;
  priceFen: number;
}

export interface PlanVersion extends PlanTerms {
  id: number;
  /** The plan's own, from 1 on in its stairwell. */
  number: number;
  version: number;
  /** Name of the agent (代建单位) on the day of the version. */
  agent: string;
  make: string;
  model: string;
  months: number;
  about: string | null;
  /** The file. */
  drawing: string | null;
  /** What differs from the version before; null for the first. */
  changed: string | null;
  at: Date;
}

/** A plan with all its versions, the newest first. */
export interface Plan<Version extends PlanVersion = PlanVersion> {
  number: number;
  newest: Version;
  earlier: Version[];
  withdrawn: { reason: string; at: Date } | null;
}

/** Puts versions together to plans, by their numbers. */
export function plansOf<Version extends PlanVersion>(
  versions: readonly Version[],
  withdrawals: readonly { number: number; reason: string; at: Date }[],
): Plan<Version>[] {
  const numbers = [...new Set(versions.map(({ number }) => number))].sort((a, b) => a - b);
  return numbers.flatMap((number) => {
    const [newest, ...earlier] = versions.filter((one) => one.number === number).sort((a, b) => b.version - a.version);
    const withdrawn = withdrawals.find((one) => one.number === number);
    return newest ? [{ number, newest, earlier, withdrawn: withdrawn ? { reason: withdrawn.reason, at: withdrawn.at } : null }] : [];
  });
}

export type PlanRefusal =
  | "plan_unknown"
  | "plan_withdrawn"
  | "plan_newer"
  | "plans_full"
  | "plan_being_voted"
  | "plan_version_unchanged"
  | "plan_change_missing"
  | "plan_too_late"
  | "plan_not_chosen"
  | "plan_drawing_unchecked"
  | "plan_firm_unknown"
  | "plan_firm_no_agent"
  | "plan_firm_blacklisted"
  | "plan_firm_not_valid";

type Refused = Problem<PlanRefusal> | null;

export interface PlanEntered extends PlanTerms {
  make: string;
  model: string;
  months: number;
  about: string | null;
  changed: string | null;
  /** Whether a drawing comes with it, and whether somebody has looked that it names nobody. */
  hasDrawing: boolean;
  checked: boolean;
}

export interface PlanSituation {
  stage: Stage;
  sideState: SideState | null;
  /** All plans of the stairwell, and which of them is voted on at the moment. */
  plans: readonly Plan[];
  voted: readonly number[];
  /** The firm as registered; undefined where it is not. */
  firm: { kind: FirmKind; standing: FirmStanding } | undefined;
}

/**
 * Why a plan or a version cannot be recorded.
 *
 * @param number of the plan that gets a new version; null for a new plan. @param seen the version that the page showed
 */
export function whyPlanIsRefused({ stage, sideState, plans, voted, firm }: PlanSituation, entered: PlanEntered, number: number | null, seen: number): Refused {
  if (stage === "acceptance" || stage === "in-use" || sideState === "ended") return { code: "plan_too_late" };
  const before = number === null ? null : plans.find((plan) => plan.number === number);
  if (before === undefined) return { code: "plan_unknown" };
  return (before ? whyVersionIsRefused(before, voted, entered, seen) : whyNewPlanIsRefused(plans)) ?? whyFirmIsNotTaken(firm) ?? whyDrawingIsRefused(entered);
}

function whyNewPlanIsRefused(plans: readonly Plan[]): Refused {
  const living = plans.filter(({ withdrawn }) => withdrawn === null).length;
  return living >= MOST_PLANS ? { code: "plans_full", params: { most: MOST_PLANS } } : null;
}

function whyVersionIsRefused({ number, newest, withdrawn }: Plan, voted: readonly number[], entered: PlanEntered, seen: number): Refused {
  if (withdrawn) return { code: "plan_withdrawn" };
  if (newest.version !== seen) return { code: "plan_newer" };
  if (voted.includes(number)) return { code: "plan_being_voted" };
  const fields = ["firmId", "make", "model", "entry", "position", "priceFen", "months", "about"] as const;
  if (!entered.hasDrawing && fields.every((field) => newest[field] === entered[field])) return { code: "plan_version_unchanged" };
  return entered.changed === null ? { code: "plan_change_missing", at: "changed" } : null;
}

function whyFirmIsNotTaken(firm: PlanSituation["firm"]): Refused {
  if (!firm) return { code: "plan_firm_unknown", at: "firm" };
  if (firm.kind !== "agent") return { code: "plan_firm_no_agent", at: "firm" };
  if (firm.standing === "blacklisted") return { code: "plan_firm_blacklisted", at: "firm" };
  return firm.standing === "valid" ? null : { code: "plan_firm_not_valid", at: "firm" };
}

function whyDrawingIsRefused({ hasDrawing, checked }: PlanEntered): Refused {
  return hasDrawing && !checked ? { code: "plan_drawing_unchecked", at: "checked" } : null;
}

/** Why a plan cannot be taken back. */
export function whyPlanWithdrawalIsRefused(plans: readonly Plan[], voted: readonly number[], number: number): Refused {
  const plan = plans.find((one) => one.number === number);
  if (!plan) return { code: "plan_unknown" };
  if (plan.withdrawn) return { code: "plan_withdrawn" };
  return voted.includes(number) ? { code: "plan_being_voted" } : null;
}

/**
 * The version that a consultation is about: the one that is named, or the only plan that there is; null where there is
 * none. Refused where several could be meant, and where the one that is named is no longer the newest.
 *
 * @param asked as `planVersionText` has it
 */
export function planForVote<Version extends PlanVersion>(plans: readonly Plan<Version>[], asked: string | undefined): { plan: Version | null } | { problem: Problem<PlanRefusal> } {
  const living = plans.filter(({ withdrawn }) => withdrawn === null).map(({ newest }) => newest);
  if (asked === undefined) return living.length > 1 ? { problem: { code: "plan_not_chosen" } } : { plan: living[0] ?? null };
  const [number, version] = asked.split(".").map(Number);
  const named = living.find((one) => one.number === number);
  if (!named) return { problem: { code: "plan_withdrawn", at: "plan" } };
  return named.version === version ? { plan: named } : { problem: { code: "plan_newer", at: "plan" } };
}

/** What became different of a plan after the owners had consented to it. */
export const materialChanges = ["price", "entry", "position", "agent", "withdrawn"] as const;
export type MaterialChange = (typeof materialChanges)[number];

/**
 * The changes since the vote that are material: a price that differs by more than the share that the subdistrict has
 * set, entry, position or agent, or the plan given up. With any of them the consent is to be renewed.
 *
 * @param consented the version that was voted on; @param plan the same plan as it is now
 * @param percent the share of the price, in whole percent; exactly so much is not material
 */
export function changesSince(consented: PlanTerms, { newest, withdrawn }: Pick<Plan, "withdrawn"> & { newest: PlanTerms }, percent: number): MaterialChange[] {
  const is: Record<MaterialChange, boolean> = {
    price: Math.abs(newest.priceFen - consented.priceFen) * 100 > consented.priceFen * percent,
    entry: newest.entry !== consented.entry,
    position: newest.position !== consented.position,
    agent: newest.firmId !== consented.firmId,
    withdrawn: withdrawn !== null,
  };
  return materialChanges.filter((change) => is[change]);
}
