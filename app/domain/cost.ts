import type { Problem } from "./problem.ts";
import type { SettingValue } from "./setting-schemas.ts";

/** The scheme whose percentages are typed in. */
export const OWN_SCHEME = "own";

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

/** A flat's share in fen; `odd` where it bears a fen more than the flats that are like it, for a fen cannot be split. */
export interface CostShare {
  room: string;
  fen: number;
  odd: boolean;
}

/**
 * Shares an amount of whole fen out over the flats by the weights of their floors: a coefficient weighs each flat of
 * its floor, a percentage the floor as a whole, which its flats then share. Within a floor equal, or by area. Exact:
 * each share is rounded down or up, and they add up to the amount. What rounding down leaves goes to the flats with the
 * largest remainders, to all flats that are alike (one floor, and one area where that counts) or to none of them; only
 * where no such choice comes out even, some flats of a single such group bear a fen more than the others of it: `odd`.
 *
 * @throws RangeError where the amount is negative or no whole number
 */
export function shareOut(
  amountFen: number,
  flats: readonly CostFlat[],
  { weights, by, within }: { weights: FloorWeights; by: "flat" | "floor"; within: WithinFloor },
): { ok: true; shares: CostShare[] } | { ok: false; problem: Problem<CostRefusal> } {
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
  if (whole === 0n) return amountFen === 0 ? { ok: true, shares: flats.map(({ room }) => ({ room, fen: 0, odd: false })) } : { ok: false, problem: { code: "nobody_pays" } };

  const parts = flats.map((flat, index) => {
    const product = BigInt(amountFen) * (weighed[index] ?? 0n);
    return { room: flat.room, like: `${flat.floor} ${sizeOf(flat)}`, fen: Number(product / whole), remainder: product % whole, odd: false };
  });
  const left = amountFen - parts.reduce((sum, { fen }) => sum + fen, 0);
  for (const { part, odd } of whoBearsOneMore(parts, left)) {
    part.fen += 1;
    part.odd = odd;
  }
  return { ok: true, shares: parts.map(({ room, fen, odd }) => ({ room, fen, odd })) };
}

/** Of those with a remainder, so many, who each bear a fen more: all that are alike or none, the largest remainders first, as far as that comes out even. */
function whoBearsOneMore<Part extends { like: string; remainder: bigint }>(parts: readonly Part[], many: number): { part: Part; odd: boolean }[] {
  const inexact = parts.filter(({ remainder }) => remainder > 0n).sort((a, b) => (a.remainder === b.remainder ? 0 : a.remainder > b.remainder ? -1 : 1));
  const groups = [...new Set(inexact.map(({ like }) => like))].map((like) => inexact.filter((part) => part.like === like));
  const chosen = groupsTogether(groups.map(({ length }) => length), many);
  const even = groups.filter((_, index) => chosen.includes(index)).flat();
  // Too few to make up another whole group: those come from one alone.
  const odd = groups.find((_, index) => !chosen.includes(index))?.slice(0, many - even.length) ?? [];
  return [...even.map((part) => ({ part, odd: false })), ...odd.map((part) => ({ part, odd: true }))];
}

/** Which groups of these sizes have together `most` members, or as nearly as can be; where there is a choice, the first ones. */
function groupsTogether(sizes: readonly number[], most: number): readonly number[] {
  const ways = new Map<number, readonly number[]>([[0, []]]);
  for (const [index, size] of [...sizes.entries()].reverse()) {
    for (const [sum, way] of [...ways]) if (sum + size <= most) ways.set(sum + size, [index, ...way]);
  }
  return ways.get(Math.max(...ways.keys())) ?? [];
}
