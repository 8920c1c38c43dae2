import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatArea, parseArea } from "./area.ts";

describe("an area", () => {
  it.each([
    ["58.43", 5_843],
    ["60", 6_000],
    ["1435.2", 143_520],
    ["0.01", 1],
    ["0", 0],
    ["0.00", 0],
    ["90071992547409.91", Number.MAX_SAFE_INTEGER],
  ])("reads %s as hundredths of a square metre", (text, hundredths) => {
    expect(parseArea(text)).toBe(hundredths);
  });

  it.each(["", " ", "58.433", "58.", ".5", "-1.00", "+1", "1e3", "0x10", "1,5", "1 000", "60㎡", "６０", "60\n", "NaN", "Infinity"])(
    "does not read %j",
    (text) => {
      expect(parseArea(text)).toBeNull();
    },
  );

  it("does not read what could not be counted exactly", () => {
    expect(parseArea("90071992547409.92")).toBeNull();
    expect(parseArea("9".repeat(400))).toBeNull();
  });

  it("is written with both decimals", () => {
    expect(formatArea(5_843)).toBe("58.43");
    expect(formatArea(6_000)).toBe("60.00");
    expect(formatArea(5)).toBe("0.05");
    expect(formatArea(0)).toBe("0.00");
  });

  it.each([-1, 0.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1])("is not written from %d", (hundredths) => {
    expect(() => formatArea(hundredths)).toThrow(RangeError);
  });

  it("written and read again is the same", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (hundredths) => {
        expect(parseArea(formatArea(hundredths))).toBe(hundredths);
      }),
      { numRuns: 10_000 },
    );
  });
});
