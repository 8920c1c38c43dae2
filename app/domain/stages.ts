/** The way from a wish to a lift, in order; a project moves one step at a time. */
export const stages = [
  "intent",
  "reserve",
  "assessment",
  "consultation",
  "plan-notice",
  "agreement",
  "approval",
  "construction",
  "acceptance",
  "in-use",
] as const;
export type Stage = (typeof stages)[number];

export const sideStates = ["paused", "disputed", "ended", "not-suitable"] as const;
export type SideState = (typeof sideStates)[number];

/** How far a stage is on the way: 0 for intent, 9 for in use. */
export function stageIndex(stage: Stage): number {
  return stages.indexOf(stage);
}

/**
 * Whether the willing households are two thirds of all households of the stairwell, two thirds included
 * (以上 includes the number, Civil Code art. 1259). Exact: 3 × willing ≥ 2 × flats.
 */
export function isTwoThirds(willing: number, flats: number): boolean {
  return flats > 0 && 3 * willing >= 2 * flats;
}

/** The smallest number of willing households that are two thirds of `flats`. */
export function twoThirdsOf(flats: number): number {
  return Math.ceil((2 * flats) / 3);
}

export interface ReserveMove {
  /** Since when the stairwell counts as reserve, after this change; null when it does not. */
  reserveSince: Date | null;
  /** The step of the project that goes with it, if any. */
  move: { from: Stage; to: Stage } | null;
}

/**
 * What a change of intents does to the reserve: at two thirds the stairwell enters it by itself, below it leaves.
 * A project that has gone beyond the reserve keeps its stage; only the reserve mark changes.
 */
export function reserveAfter(
  { stage, reserveSince }: { stage: Stage; reserveSince: Date | null },
  { willing, flats }: { willing: number; flats: number },
  now: Date,
): ReserveMove {
  if (isTwoThirds(willing, flats)) {
    return {
      reserveSince: reserveSince ?? now,
      move: stage === "intent" ? { from: "intent", to: "reserve" } : null,
    };
  }
  return { reserveSince: null, move: stage === "reserve" ? { from: "reserve", to: "intent" } : null };
}

/** Intent is shown to the public from this many filings on, never by floor. */
export const FEWEST_FILINGS_SHOWN = 5;

export type IntentBand = "none" | "few" | "below-third" | "third-to-half" | "half-to-two-thirds" | "reached";

/** What the public learns of a stairwell's intents: a band, so that a single filing does not show. */
export function intentBand({ filed, willing, flats }: { filed: number; willing: number; flats: number }): IntentBand {
  if (filed === 0) return "none";
  if (isTwoThirds(willing, flats)) return "reached";
  if (filed < FEWEST_FILINGS_SHOWN) return "few";
  if (2 * willing >= flats) return "half-to-two-thirds";
  return 3 * willing >= flats ? "third-to-half" : "below-third";
}
