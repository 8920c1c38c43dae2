import fc from "fast-check";
import { expect, it } from "vitest";
import { sumTrend, trendMeasures, trendOf } from "./trend.ts";

it("has every month up to this one, the empty ones too, over the turn of the year", () => {
  const { earlier, months } = trendOf(
    trendMeasures,
    [
      { month: "2025-09", measure: "intents", count: 4 },
      { month: "2025-11", measure: "intents", count: 2 },
      { month: "2026-01", measure: "passed", count: 1 },
      { month: "2026-03", measure: "passed", count: 9 },
    ],
    "2026-02-28",
    4,
  );
  expect(months.map(({ month, counts }) => [month, counts.intents, counts.passed])).toEqual([["2025-11", 2, 0], ["2025-12", 0, 0], ["2026-01", 0, 1], ["2026-02", 0, 0]]);
  expect(earlier.intents).toBe(4);
});

it("adds up to all that was counted until today, whatever the length", () => {
  const month = fc.tuple(fc.integer({ min: 2015, max: 2026 }), fc.integer({ min: 1, max: 12 })).map(([year, at]) => `${year}-${String(at).padStart(2, "0")}`);
  const rows = fc.array(fc.record({ month, measure: fc.constantFrom(...trendMeasures), count: fc.nat({ max: 50 }) }), { maxLength: 40 });
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 60 }), (counted, length) => {
      const sums = sumTrend(trendOf(trendMeasures, counted, "2026-12-31", length));
      for (const measure of trendMeasures) {
        expect(sums[measure]).toBe(counted.filter((row) => row.measure === measure).reduce((sum, { count }) => sum + count, 0));
      }
    }),
  );
});

it("ends with the last month in which there was anything, where the last months are empty", () => {
  const { months } = trendOf(trendMeasures, [{ month: "2021-03", measure: "intents", count: 4 }, { month: "2021-05", measure: "reserve", count: 0 }], "2026-11-21", 3);
  expect(months.map(({ month, counts }) => [month, counts.intents])).toEqual([["2021-01", 0], ["2021-02", 0], ["2021-03", 4]]);
  expect(trendOf(trendMeasures, [{ month: "2026-09", measure: "intents", count: 1 }], "2026-11-21", 3).months.at(-1)?.month).toBe("2026-11");
  expect(trendOf(trendMeasures, [], "2026-11-21", 3).months.at(-1)?.month).toBe("2026-11");
});

it("has nothing in it but what was asked for", () => {
  const { earlier, months } = trendOf(["inUse"], [{ month: "2026-11", measure: "inUse", count: 2 }], "2026-11-21", 2);
  expect([earlier, months]).toEqual([{ inUse: 0 }, [{ month: "2026-10", counts: { inUse: 0 } }, { month: "2026-11", counts: { inUse: 2 } }]]);
});
