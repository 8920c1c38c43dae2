import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomRuleset } from "#tests/support/random-consultation.ts";
import { getRuleset } from "./ruleset.ts";
import { furtherNeeded, isPassed, verdictTests, type Standing } from "./verdict.ts";

const standing = (roll: number, participated: number, agree: number): Standing => ({ roll, participated, agree });

describe("the tests of a ruleset", () => {
  it("stand in the order quorum heads, quorum area, approval heads, approval area", () => {
    const standings = { heads: standing(12, 8, 6), area: standing(72_000, 47_999, 36_000) };
    const tests = verdictTests(getRuleset("cn-civil-278-major"), standings);
    expect(tests).toEqual([
      { test: "quorum-heads", need: "2/3", strict: false, have: 8, of: 12, met: true },
      { test: "quorum-area", need: "2/3", strict: false, have: "479.99", of: "720.00", met: false },
      { test: "approval-heads", need: "3/4", strict: false, have: 6, of: 8, met: true },
      { test: "approval-area", need: "3/4", strict: false, have: "360.00", of: "479.99", met: true },
    ]);
    expect(isPassed(tests)).toBe(false);
    expect(isPassed(tests.filter(({ met }) => met))).toBe(true);
  });
});

describe("the further agreement needed", () => {
  it("closes the gap in turnout and the one in consent, whichever is wider", () => {
    const major = getRuleset("cn-civil-278-major");
    expect(furtherNeeded(major, "heads", standing(12, 7, 7))).toBe(1);
    expect(furtherNeeded(major, "heads", standing(12, 8, 5))).toBe(4);
    expect(furtherNeeded(major, "heads", standing(12, 8, 6))).toBe(0);
    expect(furtherNeeded(major, "heads", standing(12, 12, 8))).toBeNull();
  });

  it("is exact to the hundredth over a whole town", () => {
    const ordinary = getRuleset("cn-civil-278-ordinary");
    expect(furtherNeeded(ordinary, "area", standing(9_000_000_000_001, 9_000_000_000_000, 4_500_000_000_000))).toBe(1);
    expect(furtherNeeded(ordinary, "area", standing(9_000_000_000_001, 9_000_000_000_000, 4_499_999_999_999))).toBeNull();
  });

  it("is what counting up finds, for heads and for area", () => {
    const small = fc.record({ agree: fc.nat(20), others: fc.nat(20), outstanding: fc.nat(20) });
    fc.assert(
      fc.property(randomRuleset, fc.constantFrom("heads" as const, "area" as const), small, (ruleset, measure, parts) => {
        const { agree, others, outstanding } = parts;
        const participated = agree + others;
        const roll = participated + outstanding;
        const full = standing(1, 1, 1);
        const holdsAfter = (further: number) => {
          const after = standing(roll, participated + further, agree + further);
          const tests = verdictTests(ruleset, { heads: full, area: full, [measure]: after });
          return isPassed(tests.filter(({ test }) => test.endsWith(measure)));
        };
        const found = Array.from({ length: outstanding + 1 }, (_, further) => further).find(holdsAfter);
        expect(furtherNeeded(ruleset, measure, standing(roll, participated, agree))).toBe(found ?? null);
      }),
      { numRuns: 10_000 },
    );
  });
});
