import type { Problem } from "./problem.ts";
import type { SettingValue } from "./setting-schemas.ts";

export type CostScheme = SettingValue<"cost-schemes">[number];
export type Subsidy = SettingValue<"city-subsidy">;

/** Within a floor costs are shared equally by the flats, or by their areas. */
export const withinFloor = ["equal", "area"] as const;
export type WithinFloor = (typeof withinFloor)[number];

/** A flat that shares the costs; `area` in hundredths of a square metre. */
export interface CostFlat {
  room: string;
  floor: number;
  area: number;
}

/** How much each floor bears: whole numbers that are weighed against each other. */
export type FloorWeights = ReadonlyMap<number, number>;

/** What a subsidy pays for a lift of these costs, in fen; never more than the costs, a share rounded down. */
export function subsidyFor(subsidy: Subsidy, totalFen: number): number {
  if (subsidy.kind === "none") return 0;
  if (subsidy.kind === "fixed") return Math.min(subsidy.fen, totalFen);
  return Math.min(Number((BigInt(totalFen) * BigInt(subsidy.percent)) / 100n), subsidy.mostFen);
}

/** What remains for the owners, in fen: all subsidies together never pay more than the costs. */
export function payableFen(totalFen: number, subsidiesFen: readonly number[]): number {
  return Math.max(0, totalFen - subsidiesFen.reduce((sum, fen) => sum + fen, 0));
}

export type CostRefusal = "scheme_too_short" | "nobody_pays" | "floor_below_ground" | "value_outside_interval" | "values_missing";

/**
 * The weights of the floors under a scheme, from the ground floor up, in hundredths (of a coefficient, or of a percent).
 *
 * @param chosen for intervals: the percent that was agreed for each floor, in hundredths
 */
export function weightsOf(
  scheme: CostScheme,
  floors: readonly number[],
  chosen: FloorWeights = new Map(),
): { ok: true; weights: FloorWeights } | { ok: false; problem: Problem<CostRefusal> } {
  const weights = new Map<number, number>();
  for (const floor of floors) {
    const found = weightOf(scheme, floor, chosen.get(floor));
    if (typeof found !== "number") return { ok: false, problem: found };
    weights.set(floor, found);
  }
  return { ok: true, weights };
}

function weightOf(scheme: CostScheme, floor: number, chosen: number | undefined): number | Problem<CostRefusal> {
  if (floor < 1) return { code: "floor_below_ground", params: { floor } };
  const at = floor - 1;
  const last = scheme.floors.length - 1;
  if (scheme.kind === "coefficients") return at <= last ? (scheme.floors[at] ?? 0) : (scheme.floors[last] ?? 0) + (at - last) * scheme.step;
  if (at > last) return { code: "scheme_too_short", params: { floors: scheme.floors.length } };
  if (scheme.kind === "percentages") return scheme.floors[at] ?? 0;
  const [from, to] = scheme.floors[at] ?? [0, 0];
  if (chosen === undefined) return { code: "values_missing", params: { floor } };
  return chosen >= from * 100 && chosen <= to * 100 ? chosen : { code: "value_outside_interval", at: `floor-${floor}`, params: { floor, from, to } };
}

/**
 * Shares an amount of whole fen out over the flats by the weights of their floors: a coefficient weighs each flat of
 * its floor, a percentage the floor as a whole, which its flats then share. Within a floor equal, or by area. Exact:
 * the shares are rounded down, and the fen that are left go to the largest remainders, of equal ones to the first flat
 * in the list; they add up to the amount, and two flats of one floor with the same area differ by one fen at most.
 *
 * @throws RangeError where the amount is negative or no whole number
 */
export function shareOut(
  amountFen: number,
  flats: readonly CostFlat[],
  { weights, by, within }: { weights: FloorWeights; by: "flat" | "floor"; within: WithinFloor },
): { ok: true; shares: { room: string; fen: number }[] } | { ok: false; problem: Problem<CostRefusal> } {
  if (!Number.isSafeInteger(amountFen) || amountFen < 0) throw new RangeError(`not an amount: ${amountFen}`);
  const sizeOf = ({ area }: CostFlat) => BigInt(within === "area" ? area : 1);
  const floors = new Map<number, bigint>();
  for (const flat of flats) floors.set(flat.floor, (floors.get(flat.floor) ?? 0n) + sizeOf(flat));
  // With all floors' sizes as a common denominator, the weight of a flat within its floor is whole.
  const common = by === "floor" ? [...floors.values()].reduce((product, size) => product * size, 1n) : 1n;
  const weighed = flats.map((flat) => {
    const floorSize = by === "floor" ? (floors.get(flat.floor) ?? 1n) : 1n;
    return BigInt(weights.get(flat.floor) ?? 0) * sizeOf(flat) * (common / floorSize);
  });
  const whole = weighed.reduce((sum, weight) => sum + weight, 0n);
  if (whole === 0n) return amountFen === 0 ? { ok: true, shares: flats.map(({ room }) => ({ room, fen: 0 })) } : { ok: false, problem: { code: "nobody_pays" } };

  const parts = weighed.map((weight, index) => {
    const product = BigInt(amountFen) * weight;
    return { index, fen: product / whole, remainder: product % whole };
  });
  let left = BigInt(amountFen) - parts.reduce((sum, { fen }) => sum + fen, 0n);
  for (const part of [...parts].sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1))) {
    if (left === 0n) break;
    part.fen += 1n;
    left -= 1n;
  }
  return { ok: true, shares: flats.map(({ room }, index) => ({ room, fen: Number(parts[index]?.fen ?? 0n) })) };
}
