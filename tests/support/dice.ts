/** Chance that falls alike for the same seed (mulberry32), so that what it has found can be found again. */
export interface Dice {
  /** A whole number from 0, below this one. */
  below(end: number): number;
  one<T>(list: readonly T[]): T;
  /** True in this share of cases. */
  chance(share: number): boolean;
}

export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (end: number) => Math.floor(roll() * end);
  return {
    below,
    one(list) {
      if (list.length === 0) throw new Error("nothing to choose from");
      return list[below(list.length)] as (typeof list)[number];
    },
    chance: (share) => roll() < share,
  };
}

/** One line on what was tried: how many of how many kinds, the most frequent first. */
export function countedKinds(kinds: ReadonlyMap<string, number>): string {
  const most = [...kinds].sort(([, a], [, b]) => b - a).map(([kind, times]) => `${kind} ${times}`);
  return `${[...kinds.values()].reduce((sum, times) => sum + times, 0)} of ${kinds.size} kinds: ${most.join(", ")}`;
}
