import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { payableFen, shareOut, subsidyFor, weightsOf, withinFloor, type CostFlat, type CostScheme } from "./cost.ts";
import { settingOn } from "./settings.ts";

const schemes = settingOn([], "cost-schemes", "2026-11-21");
const scheme = (id: string) => schemes.find((one) => one.id === id) as CostScheme;
const block = (floors: number, each = 2): CostFlat[] =>
  Array.from({ length: floors * each }, (_, index) => ({ room: `${Math.floor(index / each) + 1}0${(index % each) + 1}`, floor: Math.floor(index / each) + 1, area: 6000 }));
const floorsOf = (flats: readonly CostFlat[]) => [...new Set(flats.map(({ floor }) => floor))];

function share(amount: number, flats: CostFlat[], id: string, within: "equal" | "area" = "equal", by: "flat" | "floor" = "floor") {
  const found = weightsOf(scheme(id), floorsOf(flats));
  if (!found.ok) throw new Error(found.problem.code);
  const shared = shareOut(amount, flats, { weights: found.weights, by, within });
  if (!shared.ok) throw new Error(shared.problem.code);
  return shared.shares.map(({ fen }) => fen);
}

describe("subsidies", () => {
  it("are a fixed sum, or a share up to a sum, and never more than the costs", () => {
    expect(subsidyFor({ kind: "none" }, 60_000_000)).toBe(0);
    expect(subsidyFor({ kind: "fixed", fen: 14_000_000 }, 60_000_000)).toBe(14_000_000);
    expect(subsidyFor({ kind: "fixed", fen: 14_000_000 }, 10_000_000)).toBe(10_000_000);
    expect(subsidyFor({ kind: "share", percent: 40, mostFen: 28_000_000 }, 60_000_000)).toBe(24_000_000);
    expect(subsidyFor({ kind: "share", percent: 40, mostFen: 28_000_000 }, 80_000_000)).toBe(28_000_000);
    expect(subsidyFor({ kind: "share", percent: 33, mostFen: 28_000_000 }, 101)).toBe(33);
    expect(payableFen(60_000_000, [14_000_000, 6_000_000])).toBe(40_000_000);
    expect(payableFen(10, [8, 8])).toBe(0);
  });
});

describe("the weights of the floors", () => {
  it("are those of Shanghai's percentages for six floors, and there are none for a seventh", () => {
    const six = weightsOf(scheme("shanghai"), [1, 2, 3, 4, 5, 6]);
    expect(six.ok && [...six.weights.values()]).toEqual([0, 700, 1_300, 2_000, 2_700, 3_300]);
    expect(weightsOf(scheme("shanghai"), [7])).toEqual({ ok: false, problem: { code: "scheme_too_short", params: { floors: 6 } } });
  });

  it("go on in steps where they are coefficients", () => {
    const seven = weightsOf(scheme("guangzhou"), [1, 2, 3, 4, 7]);
    expect(seven.ok && [...seven.weights.values()]).toEqual([0, 50, 100, 110, 140]);
  });

  it("are agreed on within the intervals", () => {
    const chosen = new Map([[1, 0], [2, 550], [3, 1_200]]);
    const found = weightsOf(scheme("beijing"), [1, 2, 3], chosen);
    expect(found.ok && [...found.weights.values()]).toEqual([0, 550, 1_200]);
    expect(weightsOf(scheme("beijing"), [2])).toEqual({ ok: false, problem: { code: "values_missing", params: { floor: 2 } } });
    expect(weightsOf(scheme("beijing"), [2], new Map([[2, 601]]))).toMatchObject({ ok: false, problem: { code: "value_outside_interval", at: "floor-2" } });
    expect(weightsOf(scheme("beijing"), [2], new Map([[2, 399]]))).toMatchObject({ ok: false, problem: { code: "value_outside_interval" } });
  });

  it("know no floor below the ground", () => {
    expect(weightsOf(scheme("guangzhou"), [-1])).toEqual({ ok: false, problem: { code: "floor_below_ground", params: { floor: -1 } } });
  });
});

describe("shares", () => {
  it("of 460 000 yuan in six floors with two flats each are those of Shanghai's percentages", () => {
    expect(share(46_000_000, block(6), "shanghai")).toEqual([0, 0, 1_610_000, 1_610_000, 2_990_000, 2_990_000, 4_600_000, 4_600_000, 6_210_000, 6_210_000, 7_590_000, 7_590_000]);
  });

  it("weigh each flat where the scheme has coefficients, and its area where that is wanted", () => {
    const flats = [{ room: "201", floor: 2, area: 5000 }, { room: "301", floor: 3, area: 5000 }, { room: "302", floor: 3, area: 10000 }];
    expect(share(350, flats, "guangzhou", "area", "flat")).toEqual([50, 100, 200]);
    expect(share(250, flats, "guangzhou", "equal", "flat")).toEqual([50, 100, 100]);
  });

  it("give the fen that are left to the largest remainders", () => {
    expect(share(100, block(1, 3).map((flat) => ({ ...flat, floor: 2 })), "shanghai")).toEqual([34, 33, 33]);
    expect(share(2, [{ room: "201", floor: 2, area: 1 }, { room: "601", floor: 6, area: 1 }], "shanghai")).toEqual([0, 2]);
  });

  it("are refused where nobody would pay, and are nothing where there is nothing to pay", () => {
    const ground = block(1);
    expect(shareOut(100, ground, { weights: new Map([[1, 0]]), by: "floor", within: "equal" })).toEqual({ ok: false, problem: { code: "nobody_pays" } });
    expect(shareOut(100, ground, { weights: new Map(), by: "flat", within: "equal" })).toEqual({ ok: false, problem: { code: "nobody_pays" } });
    expect(shareOut(0, ground, { weights: new Map(), by: "floor", within: "equal" })).toEqual({ ok: true, shares: [{ room: "101", fen: 0 }, { room: "102", fen: 0 }] });
    expect(shareOut(0, [], { weights: new Map(), by: "floor", within: "equal" })).toEqual({ ok: true, shares: [] });
    expect(() => shareOut(-1, ground, { weights: new Map(), by: "flat", within: "equal" })).toThrow(RangeError);
    expect(() => shareOut(0.5, ground, { weights: new Map(), by: "flat", within: "equal" })).toThrow(RangeError);
  });

  it("add up to the amount exactly, none is negative, and equal flats pay the same but for one fen", () => {
    const flat = fc.record({ floor: fc.integer({ min: 1, max: 30 }), area: fc.integer({ min: 1, max: 30_000 }) });
    fc.assert(
      fc.property(
        fc.array(flat, { minLength: 1, maxLength: 60 }),
        fc.nat({ max: 500_000_000_00 }),
        fc.constantFrom(...withinFloor),
        fc.constantFrom("flat" as const, "floor" as const),
        fc.array(fc.nat({ max: 10_000 }), { minLength: 30, maxLength: 30 }),
        (drawn, amount, within, by, byFloor) => {
          const flats = drawn.map((one, index) => ({ room: String(index), ...one }));
          const weights = new Map(byFloor.map((weight, index) => [index + 1, weight]));
          const shared = shareOut(amount, flats, { weights, by, within });
          if (!shared.ok) {
            expect(flats.every(({ floor }) => weights.get(floor) === 0)).toBe(true);
            return;
          }
          expect(shared.shares.reduce((sum, { fen }) => sum + fen, 0)).toBe(amount);
          expect(shared.shares.every(({ fen }) => fen >= 0)).toBe(true);
          for (const [i, one] of flats.entries()) {
            for (const [j, other] of flats.entries()) {
              if (one.floor !== other.floor || (within === "area" && one.area !== other.area)) continue;
              expect(Math.abs((shared.shares[i]?.fen ?? 0) - (shared.shares[j]?.fen ?? 0))).toBeLessThanOrEqual(1);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
