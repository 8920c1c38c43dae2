import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byPriority, priorityOf, type PriorityFacts } from "./priority.ts";

const weights = { willing: 50, floors: 30, help: 20 };
const facts = fc
  .tuple(fc.nat({ max: 60 }), fc.nat({ max: 60 }), fc.nat({ max: 60 }), fc.integer({ min: 1, max: 60 }))
  .map(([flats, willing, help, floors]): PriorityFacts => ({ flats, willing: Math.min(willing, flats), help: Math.min(help, flats), floors }));
const anyWeights = fc.record({ willing: fc.nat({ max: 100 }), floors: fc.nat({ max: 100 }), help: fc.integer({ min: 1, max: 100 }) });

describe("the priority of a stairwell", () => {
  it("is the sum of its points by their weights", () => {
    expect(priorityOf({ flats: 12, willing: 10, floors: 6, help: 3 }, weights)).toEqual({
      points: { willing: 83, floors: 83, help: 25 },
      score: Math.floor((50 * 83 + 30 * 83 + 20 * 25) / 100),
    });
  });

  it("is nothing where there is nobody, and all where all is there", () => {
    expect(priorityOf({ flats: 0, willing: 0, floors: 0, help: 0 }, weights).score).toBe(0);
    expect(priorityOf({ flats: 4, willing: 4, floors: 12, help: 4 }, weights).score).toBe(100);
  });

  it("lies between 0 and 100, and never falls when one more is willing, asks for help, or climbs one more floor", () => {
    fc.assert(
      fc.property(facts, anyWeights, (one, by) => {
        const { score } = priorityOf(one, by);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100);
        for (const more of [{ willing: Math.min(one.willing + 1, one.flats) }, { help: Math.min(one.help + 1, one.flats) }, { floors: one.floors + 1 }]) {
          expect(priorityOf({ ...one, ...more }, by).score).toBeGreaterThanOrEqual(score);
        }
      }),
    );
  });

  it("does not change with the size of all weights together", () => {
    fc.assert(fc.property(facts, anyWeights, fc.integer({ min: 1, max: 9 }), (one, by, times) => {
      const larger = { willing: by.willing * times, floors: by.floors * times, help: by.help * times };
      return priorityOf(one, larger).score === priorityOf(one, by).score;
    }));
  });
});

it("puts the highest first, of equals the one that has waited longest, then by code", () => {
  const row = (code: string, score: number, day: string) => ({ code, score, reserveSince: new Date(day) });
  const rows = [row("B", 50, "2026-01-01"), row("A", 50, "2026-01-01"), row("C", 50, "2025-01-01"), row("D", 80, "2026-10-01")];
  expect(byPriority(rows).map(({ code }) => code)).toEqual(["D", "C", "A", "B"]);
  expect(byPriority(rows.toReversed()).map(({ code }) => code)).toEqual(["D", "C", "A", "B"]);
});
