import { describe, expect, it } from "vitest";
import { costForm, estimateCosts, usualScheme } from "./cost-estimate.ts";
import { settingOn } from "./settings.ts";

const rules = {
  schemes: settingOn([], "cost-schemes", "2026-11-21"),
  city: settingOn([], "city-subsidy", "2026-11-21"),
  district: { kind: "fixed" as const, fen: 6_000_000 },
};
const typed = { total: "600000", floors: "6", each: "2", scheme: "shanghai", percents: "", within: "equal", areas: "" };
const read = (more: Partial<typeof typed> = {}) => costForm.parse({ ...typed, ...more });
const estimate = (more: Partial<typeof typed> = {}, given = rules) => {
  const answer = estimateCosts(read(more), given);
  if (!answer.ok) throw new Error(answer.problem.code);
  return answer.estimate;
};
const why = (more: Partial<typeof typed>) => {
  const answer = estimateCosts(read(more), rules);
  return answer.ok ? "done" : [answer.problem.code, answer.problem.at];
};

describe("the calculator", () => {
  it("begins with a scheme that goes for the stairwell's floors, and with the owners' own where there is none", () => {
    for (const floors of [5, 6, 7, 8]) expect(why({ floors: String(floors), scheme: usualScheme(floors, rules.schemes) })).toBe("done");
    expect(usualScheme(7, [])).toBe("own");
  });

  it("takes the subsidies of the day off and shares the rest out, from the top floor down, to the fen", () => {
    const found = estimate();
    expect(found).toMatchObject({ totalFen: 60_000_000, cityFen: 14_000_000, districtFen: 6_000_000, payableFen: 40_000_000 });
    expect(found.floors.map(({ floor, flats }) => [floor, ...flats])).toEqual([
      [6, 6_600_000, 6_600_000], [5, 5_400_000, 5_400_000], [4, 4_000_000, 4_000_000], [3, 2_600_000, 2_600_000], [2, 1_400_000, 1_400_000], [1, 0, 0],
    ]);
    expect(found.floors.reduce((sum, { fen }) => sum + fen, 0)).toBe(found.payableFen);
    expect(estimate({}, { ...rules, city: settingOn([], "city-subsidy", "2023-12-31") }).cityFen).toBe(24_000_000);
  });

  it("never lets subsidies be more than the costs", () => {
    expect(estimate({ total: "150000" })).toMatchObject({ cityFen: 14_000_000, districtFen: 1_000_000, payableFen: 0 });
  });

  it("shares by area within a floor, goes on with coefficients above the third floor", () => {
    expect(estimate({ within: "area", areas: "50、100" }).floors[0]?.flats).toEqual([4_400_000, 8_800_000]);
    const [top] = estimate({ scheme: "guangzhou", floors: "7", each: "1" }).floors;
    expect(top?.flats).toEqual([Math.round((40_000_000 * 140) / 650)]);
  });

  it("takes percentages of one's own, and values agreed on within intervals", () => {
    expect(estimate({ scheme: "own", floors: "2", each: "1", percents: "25％ 75" }).floors.map(({ fen }) => fen)).toEqual([30_000_000, 10_000_000]);
    expect(estimate({ scheme: "beijing", percents: "0 5 12 20 29 34" }).floors[0]?.fen).toBe(13_600_000);
  });

  it("says what does not fit, at its place", () => {
    expect(why({ scheme: "x" })).toEqual(["scheme_unknown", "scheme"]);
    expect(why({ scheme: "shanghai", floors: "7" })).toEqual(["scheme_too_short", "scheme"]);
    expect(why({ scheme: "own", percents: "50 50" })).toEqual(["percents_count", "percents"]);
    expect(why({ scheme: "own", floors: "2", percents: "50 51" })).toEqual(["percents_not_whole", "percents"]);
    expect(why({ scheme: "beijing", percents: "10 5 12 20 29 24" })).toEqual(["value_outside_interval", "percents"]);
    expect(why({ within: "area", areas: "50" })).toEqual(["areas_count", "areas"]);
  });

  it("refuses what cannot be read", () => {
    for (const [name, value] of [
      ["total", ""], ["total", "-1"], ["total", "0"], ["total", "10000001"], ["total", "x".repeat(30)], ["floors", "1"], ["floors", "31"], ["floors", "six"], ["each", "0"], ["each", ""],
      ["scheme", ""], ["percents", "a b"], ["percents", "101"], ["percents", "1 ".repeat(300)], ["within", "x"], ["areas", "0"], ["areas", "-5"], ["areas", "1 ".repeat(21)], ["areas", "x".repeat(500)],
    ] as const) {
      expect(costForm.safeParse({ ...typed, [name]: value }).success, `${name} ${value}`).toBe(false);
    }
  });
});
