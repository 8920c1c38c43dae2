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

/** Flats by floor and area, as `[floor, area]`. */
const flatsOf = (...given: [number, number][]): CostFlat[] => given.map(([floor, area], index) => ({ room: String(index), floor, area }));

/** Those of one floor, and of one area where that counts. */
function alike<Flat extends { floor?: number | undefined; area?: number | undefined }>(flats: readonly Flat[], within: "equal" | "area"): Flat[][] {
  const like = ({ floor, area }: Flat) => `${floor} ${within === "area" ? area : ""}`;
  return [...new Set(flats.map(like))].map((key) => flats.filter((flat) => like(flat) === key));
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

  it("give a fen that is left to all flats that are alike, or to none of them, as long as that comes out even", () => {
    // 7 % and 13 % of 20 %: 35 and 65 of a hundred; three flats alike have 21⅔ each, two 17½ each.
    const flats = flatsOf([2, 1], [2, 1], [3, 1], [3, 1], [3, 1]);
    expect(share(100, flats, "shanghai")).toEqual([17, 17, 22, 22, 22]);
    // Of 104 two are left: too few for the three with the larger remainder.
    expect(share(104, flats, "shanghai")).toEqual([19, 19, 22, 22, 22]);
  });

  it("say who bears a fen more where it cannot come out even: some flats of a single group", () => {
    const weights = new Map([[2, 1], [3, 1]]);
    const shared = shareOut(101, block(3).slice(2), { weights, by: "flat", within: "equal" });
    expect(shared.ok && shared.shares.map(({ fen, odd }) => [fen, odd])).toEqual([[26, true], [25, false], [25, false], [25, false]]);
    const even = shareOut(102, block(3).slice(2), { weights, by: "flat", within: "equal" });
    expect(even.ok && even.shares.map(({ fen, odd }) => [fen, odd])).toEqual([[26, false], [26, false], [25, false], [25, false]]);
  });

  it("are refused where nobody would pay, and are nothing where there is nothing to pay", () => {
    const ground = block(1);
    expect(shareOut(100, ground, { weights: new Map([[1, 0]]), by: "floor", within: "equal" })).toEqual({ ok: false, problem: { code: "nobody_pays" } });
    expect(shareOut(100, ground, { weights: new Map(), by: "flat", within: "equal" })).toEqual({ ok: false, problem: { code: "nobody_pays" } });
    expect(shareOut(0, ground, { weights: new Map(), by: "floor", within: "equal" })).toEqual({ ok: true, shares: [{ room: "101", fen: 0, odd: false }, { room: "102", fen: 0, odd: false }] });
    expect(shareOut(0, [], { weights: new Map(), by: "floor", within: "equal" })).toEqual({ ok: true, shares: [] });
    expect(() => shareOut(-1, ground, { weights: new Map(), by: "flat", within: "equal" })).toThrow(RangeError);
    expect(() => shareOut(0.5, ground, { weights: new Map(), by: "flat", within: "equal" })).toThrow(RangeError);
  });

  const flat = fc.record({ floor: fc.integer({ min: 1, max: 30 }), area: fc.oneof(fc.integer({ min: 1, max: 30_000 }), fc.constantFrom(6_000, 7_250)) });
  const drawn = fc.record({
    flats: fc.array(flat, { minLength: 1, maxLength: 40 }).map((all) => all.map((one, index) => ({ room: String(index), ...one }))),
    amount: fc.oneof(fc.nat({ max: 500_000_000_00 }), fc.nat({ max: 300 })),
    within: fc.constantFrom(...withinFloor),
    by: fc.constantFrom("flat" as const, "floor" as const),
    weights: fc.array(fc.nat({ max: 10_000 }), { minLength: 30, maxLength: 30 }).map((byFloor) => new Map(byFloor.map((weight, index) => [index + 1, weight]))),
  });

  it("add up to the amount exactly, none is negative, and flats alike pay the same; where that cannot be, those of one group differ by one fen", () => {
    fc.assert(
      fc.property(drawn, ({ flats, amount, ...how }) => {
        const shared = shareOut(amount, flats, how);
        if (!shared.ok) {
          expect(flats.every(({ floor }) => how.weights.get(floor) === 0)).toBe(true);
          return;
        }
        const { shares } = shared;
        expect(shares.reduce((sum, { fen }) => sum + fen, 0)).toBe(amount);
        expect(shares.every(({ fen }) => fen >= 0)).toBe(true);
        const groups = alike(shares.map((one, index) => ({ ...one, floor: flats[index]?.floor, area: flats[index]?.area })), how.within);
        const uneven = groups.filter((group) => new Set(group.map(({ fen }) => fen)).size > 1);
        expect(uneven.length).toBeLessThanOrEqual(1);
        for (const group of uneven) {
          const least = Math.min(...group.map(({ fen }) => fen));
          expect(group.map(({ fen }) => fen - least)).toEqual(group.map(({ odd }) => Number(odd)));
        }
        expect(shares.filter(({ odd }) => odd).length).toBe(uneven.flat().filter(({ odd }) => odd).length);
      }),
      { numRuns: 300 },
    );
  });

  it("of flats alike differ only where no choice of whole groups comes out even", () => {
    const small = fc.array(fc.tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 9 }).map((given) => flatsOf(...given));
    fc.assert(
      fc.property(small, fc.integer({ min: 0, max: 500 }), (flats, amount) => {
        const weights = new Map([[2, 7], [3, 13], [4, 20], [5, 27]]);
        const shared = shareOut(amount, flats, { weights, by: "flat", within: "area" });
        if (!shared.ok) throw new Error(shared.problem.code);
        if (shared.shares.every(({ odd }) => !odd)) return;
        // All ways to round the exact shares of whole groups up or down, tried one by one: none adds up.
        const whole = flats.reduce((sum, { floor, area }) => sum + (weights.get(floor) ?? 0) * area, 0);
        const groups = alike(flats, "area").map((group) => ({
          size: group.length, product: amount * (weights.get(group[0]?.floor ?? 0) ?? 0) * (group[0]?.area ?? 0),
        }));
        for (let choice = 0; choice < 2 ** groups.length; choice++) {
          const sum = groups.reduce((all, { size, product }, index) => all + size * ((choice >> index) & 1 ? Math.ceil(product / whole) : Math.floor(product / whole)), 0);
          expect(sum).not.toBe(amount);
        }
      }),
    );
  });

  it("lie less than a fen from what they are exactly", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 12 }), fc.nat({ max: 100_000 }), (onFloors, amount) => {
        const flats = flatsOf(...onFloors.map((floor): [number, number] => [floor, 1]));
        const shared = shareOut(amount, flats, { weights: new Map([1, 2, 3, 4, 5, 6].map((floor) => [floor, floor])), by: "flat", within: "equal" });
        const whole = onFloors.reduce((sum, floor) => sum + floor, 0);
        expect(shared.ok && shared.shares.every(({ fen }, index) => Math.abs(fen * whole - amount * (onFloors[index] ?? 0)) < whole)).toBe(true);
      }),
    );
  });
});
