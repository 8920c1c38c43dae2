import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readCode, writeCode } from "./codes.ts";

describe("codes on paper", () => {
  it("are read as they were written, however they are typed", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), fc.boolean(), (bytes, lower) => {
        const code = writeCode(bytes, 12);
        expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
        const typed = lower ? code.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l") : code;
        expect(readCode(typed, 12)).toBe(code);
      }),
    );
  });

  it("use every bit: the twelve letters of two different 60-bit numbers differ", () => {
    const one = writeCode(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0b00010000), 12);
    expect(one).toBe("0000-0000-0001");
    expect(writeCode(Uint8Array.of(0b00001000, 0, 0, 0, 0, 0, 0, 0), 12)).toBe("1000-0000-0000");
  });

  it("are refused when a letter is missing, too many or not of the alphabet", () => {
    expect(readCode("0000-0000-000", 12)).toBeNull();
    expect(readCode("0000-0000-00000", 12)).toBeNull();
    expect(readCode("0000-0000-000U", 12)).toBeNull();
    expect(readCode("", 12)).toBeNull();
  });

  it("are read in full-width letters too", () => {
    expect(readCode("００００－００００－０００Ａ".replaceAll("－", "-"), 12)).toBe("0000-0000-000A");
  });
});
