import { describe, expect, it } from "vitest";
import { readRowNumber, rowNumber } from "./row-number.ts";

describe("the number of a row", () => {
  it.each(["1", "42", "999999999"])("is read from %s, in a form and in an address", (text) => {
    expect([rowNumber.parse(text), readRowNumber(text)]).toEqual([Number(text), Number(text)]);
  });

  it.each(["0", "01", "-1", "1.5", "1e3", "１", " 1", "1\n", "1000000000", "x"])("is none in %j: unknown in a form, 0 in an address", (text) => {
    expect([rowNumber.safeParse(text).error?.issues[0]?.message, readRowNumber(text)]).toEqual(["unknown", 0]);
  });

  it("is missing where a form says nothing, and 0 where an address does", () => {
    for (const nothing of ["", undefined]) expect(rowNumber.safeParse(nothing).error?.issues[0]?.message).toBe("missing");
    for (const nothing of ["", undefined, null]) expect(readRowNumber(nothing)).toBe(0);
  });
});
