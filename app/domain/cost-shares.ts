import { shareOut, type CostFlat, type CostScheme, type CostShare, type WithinFloor } from "./cost.ts";
import { weighFloors, type EstimateRefusal } from "./cost-estimate.ts";
import type { Problem } from "./problem.ts";

/** How costs are shared out: a scheme by its id, or the owners' own percentages, one a floor in hundredths of a percent. */
export interface CostShareWay {
  scheme: string;
  percents: readonly number[];
  within: WithinFloor;
}

/**
 * What each flat of a real stairwell pays of an amount of whole fen; the shares add up to it exactly. The percentages
 * that were typed are for the floors from the first to the highest; what lies below ground pays nothing.
 */
export function shareCosts(
  amountFen: number,
  flats: readonly CostFlat[],
  { scheme, percents, within }: CostShareWay,
  schemes: readonly CostScheme[],
): { ok: true; shares: CostShare[] } | { ok: false; problem: Problem<EstimateRefusal> } {
  const highest = Math.max(0, ...flats.map(({ floor }) => floor));
  const weighed = weighFloors({ scheme, percents, floors: highest }, schemes);
  if (!weighed.ok) return weighed;
  const shared = shareOut(amountFen, flats, { weights: weighed.weights, by: weighed.by, within });
  return shared.ok ? shared : { ok: false, problem: { ...shared.problem, at: "percents" } };
}
