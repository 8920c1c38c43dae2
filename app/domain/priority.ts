import type { SettingValue } from "./setting-schemas.ts";

/** What counts for a stairwell that waits in the reserve. */
export interface PriorityFacts {
  flats: number;
  /** Households with a counting intent to have a lift. */
  willing: number;
  floors: number;
  /** Households that said of themselves that they need help with the stairs. */
  help: number;
}

type Weights = SettingValue<"priority-weights">;
type Measure = keyof Weights;

export interface Priority {
  /** 0–100 for each measure. */
  points: Record<Measure, number>;
  /** 0–100: the points by their weights. */
  score: number;
}

/** Floors from which on there are no more points. */
export const MOST_FLOORS = 7;

const share = (part: number, of: number) => (of === 0 ? 0 : Math.floor((100 * Math.min(part, of)) / of));

/**
 * How urgent a lift is, for putting the reserve in an order: the share of willing households, the floors to climb (one
 * floor none, seven all points), the share of households that asked for help. Whole points, so that the sum can be
 * written out; which weights hold is a setting. It is no right and decides nothing.
 */
export function priorityOf({ flats, willing, floors, help }: PriorityFacts, weights: Weights): Priority {
  const points = { willing: share(willing, flats), floors: share(Math.max(floors, 1) - 1, MOST_FLOORS - 1), help: share(help, flats) };
  const measures = Object.keys(points) as Measure[];
  const sum = (of: (measure: Measure) => number) => measures.reduce((total, measure) => total + of(measure), 0);
  return { points, score: Math.floor(sum((measure) => weights[measure] * points[measure]) / sum((measure) => weights[measure])) };
}

/** By score, the highest first; those with the same in the order in which they entered the reserve, then by code. */
export function byPriority<Row extends { score: number; reserveSince: Date; code: string }>(rows: readonly Row[]): Row[] {
  return [...rows].sort((a, b) => b.score - a.score || a.reserveSince.getTime() - b.reserveSince.getTime() || (a.code < b.code ? -1 : 1));
}
