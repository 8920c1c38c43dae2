import { z } from "zod";
import { parseArea } from "./area.ts";
import { OWN_SCHEME, payableFen, shareOut, subsidyFor, weightsOf, withinFloor, type CostFlat, type CostRefusal, type CostScheme, type FloorWeights, type Subsidy } from "./cost.ts";
import { parseYuan } from "./money.ts";
import type { Problem } from "./problem.ts";

const MOST_FLOORS = 30;
const MOST_FLATS_A_FLOOR = 20;

const whole = (least: number, most: number) =>
  z
    .string({ error: "missing" })
    .trim()
    .min(1, { error: "missing" })
    .regex(/^\d{1,3}$/, { error: "not-whole" })
    .transform(Number)
    .refine((number) => number >= least && number <= most, { error: `between:${least}–${most}` });

/** Figures with spaces, commas or 、 between them; full-width digits too. */
function listed(typed: string): string[] {
  return typed
    .normalize("NFKC")
    .split(/[\s,、;]+/)
    .filter((part) => part !== "");
}

/** Percents with at most two decimals, one a floor from the ground floor up, as hundredths of a percent. */
export const percents = z
  .string()
  .max(400, { error: "too-long" })
  .transform((typed, context) => {
    const read = listed(typed).map((part) => parseArea(part.replace(/%$/, "")));
    if (read.every((one) => one !== null && one <= 10_000)) return read as number[];
    context.addIssue({ code: "custom", message: "not-percents" });
    return z.NEVER;
  });

/** The areas of the flats of one floor, in hundredths of a square metre. */
const areas = z
  .string()
  .max(400, { error: "too-long" })
  .transform((typed, context) => {
    const read = listed(typed).map(parseArea);
    if (read.length <= MOST_FLATS_A_FLOOR && read.every((one) => one !== null && one > 0 && one <= 200_000)) return read as number[];
    context.addIssue({ code: "custom", message: "not-areas" });
    return z.NEVER;
  });

/** What the calculator asks for, as it stands in its address. */
export const costForm = z.object({
  total: z
    .string({ error: "missing" })
    .trim()
    .min(1, { error: "missing" })
    .max(20, { error: "too-long" })
    .transform(parseYuan)
    .refine((fen): fen is number => fen !== null && fen > 0 && fen <= 10_000_000_00, { error: "not-yuan" }),
  floors: whole(2, MOST_FLOORS),
  each: whole(1, MOST_FLATS_A_FLOOR),
  scheme: z.string({ error: "missing" }).min(1, { error: "missing" }).max(60, { error: "unknown" }),
  percents,
  within: z.enum(withinFloor, { error: "unknown" }),
  areas,
});
export type CostAsked = z.infer<typeof costForm>;

export interface CostEstimate {
  totalFen: number;
  cityFen: number;
  districtFen: number;
  payableFen: number;
  scheme: { name: string; source: string | null };
  /** From the top floor down, with the share of each flat of the floor. */
  floors: { floor: number; fen: number; flats: number[] }[];
  /** The floor on which so many of the flats that are alike bear a fen more than the others, for a fen cannot be split. */
  odd: { floor: number; flats: number } | null;
}

export type EstimateRefusal = CostRefusal | "scheme_unknown" | "percents_not_whole" | "percents_count" | "areas_count";

/**
 * What each flat of an invented stairwell would pay, for reference only: the agreement of the owners prevails. Percent
 * values that were typed are those of the scheme of one's own, or are agreed on within the intervals of a scheme.
 */
export function estimateCosts(
  asked: CostAsked,
  { schemes, city, district }: { schemes: readonly CostScheme[]; city: Subsidy; district: Subsidy },
): { ok: true; estimate: CostEstimate } | { ok: false; problem: Problem<EstimateRefusal> } {
  const refused = (problem: Problem<EstimateRefusal>) => ({ ok: false as const, problem });
  const weighed = weighFloors(asked, schemes);
  if (!weighed.ok) return weighed;
  const { scheme } = weighed;
  if (asked.within === "area" && asked.areas.length !== asked.each) return refused({ code: "areas_count", at: "areas", params: { each: asked.each } });

  const numbers = Array.from({ length: asked.floors }, (_, index) => index + 1);
  const flats = numbers.flatMap((floor): CostFlat[] =>
    Array.from({ length: asked.each }, (_, index) => ({ room: `${floor}-${index + 1}`, floor, area: asked.areas[index] ?? 1 })),
  );
  const cityFen = subsidyFor(city, asked.total);
  const districtFen = Math.min(subsidyFor(district, asked.total), asked.total - cityFen);
  const payable = payableFen(asked.total, [cityFen, districtFen]);
  const shared = shareOut(payable, flats, { weights: weighed.weights, by: weighed.by, within: asked.within });
  if (!shared.ok) return refused({ ...shared.problem, at: "percents" });
  const floors = numbers.map((floor) => {
    const own = shared.shares.slice((floor - 1) * asked.each, floor * asked.each);
    return { floor, fen: own.reduce((sum, { fen }) => sum + fen, 0), flats: own.map(({ fen }) => fen), odd: own.filter(({ odd }) => odd).length };
  });
  const uneven = floors.find(({ odd }) => odd > 0);
  return {
    ok: true,
    estimate: {
      totalFen: asked.total, cityFen, districtFen, payableFen: payable,
      scheme: { name: scheme.name, source: asked.scheme === OWN_SCHEME ? null : scheme.source },
      floors: floors.map(({ floor, fen, flats: own }) => ({ floor, fen, flats: own })).reverse(),
      odd: uneven ? { floor: uneven.floor, flats: uneven.odd } : null,
    },
  };
}

/** The id of the first scheme that goes for so many floors without anything more being agreed; of the own one where none does. */
export function usualScheme(floors: number, schemes: readonly CostScheme[]): string {
  const numbers = Array.from({ length: floors }, (_, index) => index + 1);
  return schemes.find((scheme) => weightsOf(scheme, numbers).ok)?.id ?? OWN_SCHEME;
}

/** The weights of so many floors under the scheme that was chosen, with the percentages that were typed where it takes any. */
export function weighFloors(
  asked: { scheme: string; percents: readonly number[]; floors: number },
  schemes: readonly CostScheme[],
): { ok: true; scheme: CostScheme; weights: FloorWeights; by: "flat" | "floor" } | { ok: false; problem: Problem<EstimateRefusal> } {
  const refused = (problem: Problem<EstimateRefusal>) => ({ ok: false as const, problem });
  const scheme = asked.scheme === OWN_SCHEME ? ownScheme([...asked.percents]) : schemes.find(({ id }) => id === asked.scheme);
  if (!scheme) return refused({ code: "scheme_unknown", at: "scheme" });
  const typed = asked.scheme === OWN_SCHEME || scheme.kind === "intervals";
  if (typed && asked.percents.length !== asked.floors) return refused({ code: "percents_count", at: "percents", params: { floors: asked.floors } });
  if (typed && asked.percents.reduce((sum, one) => sum + one, 0) !== 10_000) return refused({ code: "percents_not_whole", at: "percents" });
  const numbers = Array.from({ length: asked.floors }, (_, index) => index + 1);
  const found = weightsOf(scheme, numbers, new Map(numbers.map((floor) => [floor, asked.percents[floor - 1] ?? 0])));
  if (!found.ok) return refused({ ...found.problem, at: scheme.kind === "intervals" ? "percents" : "scheme" });
  return { ok: true, scheme, weights: found.weights, by: scheme.kind === "coefficients" ? "flat" : "floor" };
}

function ownScheme(floors: number[]): CostScheme {
  return { kind: "percentages", id: OWN_SCHEME, name: "", source: "", floors };
}
