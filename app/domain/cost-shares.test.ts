import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shareCosts } from "./cost-shares.ts";
import { settingDefaults } from "./setting-defaults.ts";

const schemes = settingDefaults["cost-schemes"][0].value;
const house = fc.array(fc.record({ floor: fc.integer({ min: -1, max: 6 }), area: fc.integer({ min: 3_000, max: 20_000 }) }), { minLength: 1, maxLength: 24 })
  .map((flats) => [...flats.map((flat, index) => ({ ...flat, room: String(index) })), { room: "top", floor: 6, area: 6_000 }]);
const way = fc.constantFrom(
  ...["shanghai", "guangzhou", "own"].flatMap((scheme) => (["equal", "area"] as const).map((within) => ({ scheme, within, percents: scheme === "own" ? [0, 700, 1_300, 2_000, 2_700, 3_300] : [] }))),
);

describe("the shares of a real stairwell", () => {
  it("add up to the amount, none is negative, and flats of one floor and area pay the same to the fen that is left over", () => {
    fc.assert(
      fc.property(house, way, fc.integer({ min: 0, max: 1_000_000_000 }), (flats, how, amount) => {
        const shared = shareCosts(amount, flats, how, schemes);
        if (!shared.ok) throw new Error(shared.problem.code);
        expect(shared.shares.reduce((sum, { fen }) => sum + fen, 0)).toBe(amount);
        for (const [index, { floor, area }] of flats.entries()) {
          const fen = shared.shares[index]?.fen ?? -1;
          expect(fen).toBeGreaterThanOrEqual(0);
          if (floor < 2) expect(fen).toBe(0);
          for (const [other, like] of flats.entries()) {
            if (like.floor === floor && like.area === area) expect(Math.abs(fen - (shared.shares[other]?.fen ?? 0))).toBeLessThanOrEqual(1);
          }
        }
      }),
    );
  });

  it("are refused for a scheme that is not there, percentages that do not fit, or where nobody pays", () => {
    const flats = [{ room: "201", floor: 2, area: 6_000 }];
    const why = (change: object) => {
      const shared = shareCosts(100, flats, { scheme: "own", percents: [0, 10_000], within: "equal", ...change }, schemes);
      return shared.ok ? null : shared.problem;
    };
    expect(why({})).toBeNull();
    expect(why({ scheme: "none" })).toMatchObject({ code: "scheme_unknown", at: "scheme" });
    expect(why({ percents: [10_000] })).toMatchObject({ code: "percents_count", at: "percents" });
    expect(why({ percents: [1, 2] })).toMatchObject({ code: "percents_not_whole" });
    expect(why({ percents: [10_000, 0] })).toMatchObject({ code: "nobody_pays", at: "percents" });
  });
});
