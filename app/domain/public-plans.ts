import type { Plan, PlanVersion } from "./plan.ts";
import { shanghaiDay } from "./shanghai-day.ts";

/** A version of a plan as everybody sees it: all but who entered it. */
export interface PublicPlanVersion extends Omit<PlanVersion, "id" | "at"> {
  day: string;
  /** Whether the agent stands on the blacklist now. */
  blacklisted: boolean;
}

export interface PublicPlan {
  number: number;
  newest: PublicPlanVersion;
  /** The newer first. */
  earlier: PublicPlanVersion[];
  withdrawn: { reason: string; day: string } | null;
}

/** The public part of the plans of a stairwell. */
export function toPublicPlans(plans: readonly Plan<PlanVersion & { blocked: boolean }>[]): PublicPlan[] {
  const shown = ({ number, version, firmId, agent, make, model, entry, position, priceFen, months, about, drawing, changed, at, blocked }: PlanVersion & { blocked: boolean }): PublicPlanVersion => ({
    number, version, firmId, agent, make, model, entry, position, priceFen, months, about, drawing, changed, day: shanghaiDay(at), blacklisted: blocked,
  });
  return plans.map(({ number, newest, earlier, withdrawn }) => ({
    number, newest: shown(newest), earlier: earlier.map(shown), withdrawn: withdrawn && { reason: withdrawn.reason, day: shanghaiDay(withdrawn.at) },
  }));
}
