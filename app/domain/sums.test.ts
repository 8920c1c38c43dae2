import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomConsultation } from "#tests/support/random-consultation.ts";
import { parseArea } from "./area.ts";
import { neededOf, sumOf } from "./sums.ts";
import { tally } from "./tally.ts";
import type { VerdictTest } from "./verdict.ts";

const written = (test: VerdictTest) => {
  const { left, symbol, right } = sumOf(test);
  return `${left.factor} × ${left.amount} ${symbol} ${right.factor} × ${right.amount}`;
};

const heads = (have: number, of: number, need: string, strict: boolean): VerdictTest =>
  ({ test: "approval-heads", need, strict, have, of, met: false });

const area = (have: string, of: string, need: string): VerdictTest =>
  ({ test: "approval-area", need, strict: false, have, of, met: false });

describe("the sum behind a test", () => {
  it("is written out in whole numbers, with the symbol that is true", () => {
    expect(written(heads(6, 8, "3/4", false))).toBe("4 × 6 ≥ 3 × 8");
    expect(written(heads(5, 8, "3/4", false))).toBe("4 × 5 < 3 × 8");
    expect(written(heads(5, 8, "1/2", true))).toBe("2 × 5 > 1 × 8");
    expect(written(heads(4, 8, "1/2", true))).toBe("2 × 4 ≤ 1 × 8");
  });

  it("keeps areas to the hundredth", () => {
    expect(written(area("66.66", "100.00", "2/3"))).toBe("3 × 66.66 < 2 × 100.00");
    expect(written(area("66.67", "100.00", "2/3"))).toBe("3 × 66.67 ≥ 2 × 100.00");
  });

  it("of an empty base is true and still meets nothing", () => {
    expect(sumOf(heads(0, 0, "3/4", false))).toEqual({
      left: { factor: 4, amount: "0" },
      symbol: "≥",
      right: { factor: 3, amount: "0" },
      emptyBase: true,
      met: false,
    });
    expect(sumOf(heads(0, 0, "1/2", true))).toMatchObject({ symbol: "≤", emptyBase: true, met: false });
  });

  it("refuses an amount that is no area", () => {
    expect(() => sumOf(area("much", "100.00", "2/3"))).toThrow(RangeError);
  });

  it("says of every test of a tally what the tally says", () => {
    fc.assert(
      fc.property(randomConsultation(), (consultation) => {
        for (const test of tally(consultation).tests) expect(sumOf(test).met).toBe(test.met);
      }),
      { numRuns: 10_000 },
    );
  });
});

describe("what a test needs", () => {
  it("is the smallest number of heads, or area to the hundredth", () => {
    expect(neededOf(heads(3, 12, "2/3", false))).toBe(8);
    expect(neededOf(heads(3, 12, "1/2", true))).toBe(7);
    expect(neededOf(area("0.00", "100.00", "2/3"))).toBe("66.67");
  });

  it("is nothing that could be had, over an empty base or for more than all", () => {
    expect(neededOf(heads(0, 0, "3/4", false))).toBeNull();
    expect(neededOf(heads(8, 8, "1/1", true))).toBeNull();
    expect(neededOf(area("0.00", "0.00", "2/3"))).toBeNull();
  });

  it("is reached exactly by the tests that are met", () => {
    const whole = (amount: number | string) => (typeof amount === "number" ? amount : Number(parseArea(amount)));
    fc.assert(
      fc.property(randomConsultation(), (consultation) => {
        for (const test of tally(consultation).tests) {
          const needed = neededOf(test);
          expect(test.met).toBe(needed !== null && whole(test.have) >= whole(needed));
        }
      }),
      { numRuns: 10_000 },
    );
  });
});
