import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inGroups, signsMissing, stackForm } from "./handouts.ts";

describe("what is handed out to the flats", () => {
  it("is put four to a page in its order, with nothing lost and only the last page not full", () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 9 }), (all, size) => {
        const groups = inGroups(all, size);
        expect(groups.flat()).toEqual(all);
        expect(groups.slice(0, -1).every((group) => group.length === size)).toBe(true);
        expect(groups.every((group) => group.length > 0)).toBe(true);
      }),
    );
  });

  it("names each sign that a font lacks once, those beyond the first plane too", () => {
    const has = (codePoint: number) => codePoint < 0x10000;
    expect(signsMissing(["王𠮷", "𠮷田𡈽", "李"], has)).toEqual(["𠮷", "𡈽"]);
    expect(signsMissing(["王建国"], has)).toEqual([]);
  });

  it("is chosen by at least one box that there is", () => {
    expect(stackForm.safeParse({ stairwell: "A1-002", ballots: "yes" }).success).toBe(true);
    expect(stackForm.safeParse({ stairwell: "A1-002" }).success).toBe(false);
    expect(stackForm.safeParse({ stairwell: "A1-002", ballots: "no" }).success).toBe(false);
  });
});
