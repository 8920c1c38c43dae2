import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withUnits } from "./community-roll.ts";

const unitsOf = (flats: [stairwell: string, building: string, entrance: string, room: string][]) =>
  withUnits(flats.map(([stairwell, building, entrance, room]) => ({ stairwell, building, entrance, room }))).map(({ unit }) => unit);

describe("the flats of a community", () => {
  it("are known by door and room", () => {
    expect(unitsOf([["A1-001", "1幢", "1号", "101"], ["A1-001", "1幢", "1号", "102"], ["A1-002", "1幢", "2号", "101"]])).toEqual(["1号-101", "1号-102", "2号-101"]);
  });

  it("are known by the house too where two houses have a door of one number, those of other doors as before", () => {
    expect(unitsOf([["A1-001", "1幢", "1号", "101"], ["A1-002", "2幢", "1号", "101"], ["A1-003", "2幢", "2号", "101"]])).toEqual([
      "1幢1号-101", "2幢1号-101", "2号-101",
    ]);
  });

  it("are known by the stairwell's code where house and door would not do", () => {
    expect(unitsOf([["A1-001", "1", "11", "101"], ["A1-002", "11", "1", "101"], ["A1-003", "2", "11", "101"], ["A1-004", "2", "1", "101"]])).toEqual([
      "A1-001-101", "A1-002-101", "211-101", "21-101",
    ]);
    expect(unitsOf([["A1-001", "1", "A", "1-2"], ["A1-002", "1", "A-1", "2"]])).toEqual(["A1-001-1-2", "A1-002-2"]);
  });

  it("each have a name of their own, whatever doors, houses and rooms are called", () => {
    const word = fc.string({ unit: fc.constantFrom("A", "1", "2", "-", "号"), minLength: 1, maxLength: 6 });
    const stairwells = fc.uniqueArray(fc.record({ code: fc.tuple(fc.constantFrom("A1", "1"), fc.stringMatching(/^[A12]{1,3}$/)), building: word, entrance: word }), {
      selector: ({ code }) => code.join("-"), minLength: 1, maxLength: 6,
    });
    fc.assert(
      fc.property(stairwells, fc.uniqueArray(word, { minLength: 1, maxLength: 6 }), (places, rooms) => {
        const flats = places.flatMap(({ code, building, entrance }) => rooms.map((room) => ({ stairwell: code.join("-"), building, entrance, room })));
        expect(new Set(withUnits(flats).map(({ unit }) => unit)).size).toBe(flats.length);
      }),
      { numRuns: 3_000 },
    );
  });
});
