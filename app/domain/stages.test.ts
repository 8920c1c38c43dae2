import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { intentBand, isTwoThirds, reserveAfter, stageIndex, twoThirdsOf, type Stage } from "./stages.ts";

const now = new Date("2026-11-21T02:00:00Z");
const before = new Date("2026-01-01T00:00:00Z");

describe("two thirds of the households", () => {
  it("include the number itself", () => {
    expect(isTwoThirds(8, 12)).toBe(true);
    expect(isTwoThirds(7, 12)).toBe(false);
    expect(isTwoThirds(6, 9)).toBe(true);
    expect(isTwoThirds(0, 0)).toBe(false);
  });

  it("are reached by the number that is named, and not by one less", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), (flats) => {
        expect(isTwoThirds(twoThirdsOf(flats), flats)).toBe(true);
        expect(isTwoThirds(twoThirdsOf(flats) - 1, flats)).toBe(false);
      }),
      { numRuns: 10_000 },
    );
  });
});

describe("the reserve", () => {
  it("is entered at two thirds and left below", () => {
    expect(reserveAfter({ stage: "intent", reserveSince: null }, { willing: 8, flats: 12 }, now)).toEqual({
      reserveSince: now,
      move: { from: "intent", to: "reserve" },
    });
    expect(reserveAfter({ stage: "reserve", reserveSince: before }, { willing: 7, flats: 12 }, now)).toEqual({
      reserveSince: null,
      move: { from: "reserve", to: "intent" },
    });
  });

  it("keeps its date while it holds", () => {
    expect(reserveAfter({ stage: "reserve", reserveSince: before }, { willing: 9, flats: 12 }, now)).toEqual({ reserveSince: before, move: null });
  });

  it("never moves a project that has gone beyond it", () => {
    for (const stage of ["assessment", "consultation", "construction", "in-use"] satisfies Stage[]) {
      for (const willing of [0, 12]) {
        expect(reserveAfter({ stage, reserveSince: before }, { willing, flats: 12 }, now).move).toBeNull();
      }
    }
  });

  it("stays out while the stage is intent and the line is not reached", () => {
    expect(reserveAfter({ stage: "intent", reserveSince: null }, { willing: 1, flats: 12 }, now)).toEqual({ reserveSince: null, move: null });
  });
});

describe("what the public learns of intents", () => {
  it("is nothing exact, and nothing at all below five filings", () => {
    expect(intentBand({ filed: 0, willing: 0, flats: 12 })).toBe("none");
    expect(intentBand({ filed: 4, willing: 4, flats: 12 })).toBe("few");
    expect(intentBand({ filed: 5, willing: 3, flats: 12 })).toBe("below-third");
    expect(intentBand({ filed: 5, willing: 4, flats: 12 })).toBe("third-to-half");
    expect(intentBand({ filed: 7, willing: 6, flats: 12 })).toBe("half-to-two-thirds");
    expect(intentBand({ filed: 12, willing: 8, flats: 12 })).toBe("reached");
  });
});

describe("the stages", () => {
  it("go from intent to in use", () => {
    expect(stageIndex("intent")).toBe(0);
    expect(stageIndex("in-use")).toBe(9);
  });
});
