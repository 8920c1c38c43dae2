import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fractionOf, leastFurther, leastMeeting, meets, parseFraction, type Fraction } from "./fraction.ts";

const fraction = fc
  .integer({ min: 1, max: 12 })
  .chain((den) => fc.integer({ min: 0, max: den }).map((num): Fraction => ({ num, den })));

describe("a fraction", () => {
  it.each([
    ["2/3", 2, 3],
    ["1/1", 1, 1],
    ["0/1", 0, 1],
    ["9/10", 9, 10],
  ])("reads %s", (text, num, den) => {
    expect(parseFraction(text)).toEqual({ num, den });
    expect(fractionOf(text)).toEqual({ num, den });
  });

  it.each(["4/3", "1/0", "0/0", "-1/3", "1/-3", "2", "2/", "/3", "2/3/4", "2 / 3", "02/3", "2/03", "0.5/1", "２/３", "", "1e0/2"])(
    "does not read %j",
    (text) => {
      expect(parseFraction(text)).toBeNull();
      expect(() => fractionOf(text)).toThrow(RangeError);
    },
  );

  it("does not read numbers that could not be counted with exactly", () => {
    expect(parseFraction("1/9007199254740991")).toEqual({ num: 1, den: 9_007_199_254_740_991 });
    expect(parseFraction("1/9007199254740992")).toBeNull();
  });
});

describe("meeting a fraction", () => {
  it("以上 includes the number itself, 过半数 does not", () => {
    expect(meets(8, 12, { num: 2, den: 3 }, false)).toBe(true);
    expect(meets(7, 12, { num: 2, den: 3 }, false)).toBe(false);
    expect(meets(6, 12, { num: 1, den: 2 }, true)).toBe(false);
    expect(meets(7, 12, { num: 1, den: 2 }, true)).toBe(true);
  });

  it("is exact where floating point is not", () => {
    const most = Number.MAX_SAFE_INTEGER;
    expect(meets(most - 1, most, { num: most - 1, den: most }, false)).toBe(true);
    expect(meets(most - 2, most, { num: most - 1, den: most }, false)).toBe(false);
  });

  it("an empty base meets nothing, not even a fraction of nought", () => {
    expect(meets(0, 0, { num: 0, den: 1 }, false)).toBe(false);
    expect(meets(0, 5, { num: 0, den: 1 }, false)).toBe(true);
  });
});

describe("the least that meets a fraction", () => {
  it("is eight of twelve for two thirds, seven for more than half", () => {
    expect(leastMeeting(12, { num: 2, den: 3 }, false)).toBe(8);
    expect(leastMeeting(12, { num: 1, den: 2 }, true)).toBe(7);
  });

  it("meets it while one less does not, or all of it does not", () => {
    fc.assert(
      fc.property(fc.nat(60), fraction, fc.boolean(), (of, share, strict) => {
        const found = Array.from({ length: of + 1 }, (_, have) => have).find((have) => meets(have, of, share, strict));
        expect(leastMeeting(of, share, strict)).toBe(found ?? null);
      }),
      { numRuns: 10_000 },
    );
  });

  it("of further agreements is what counting up finds", () => {
    fc.assert(
      fc.property(fc.nat(20), fc.nat(20), fraction, fc.boolean(), (agree, others, share, strict) => {
        const participated = agree + others;
        // With denominators up to 12 the gap closes within 12 × 20 agreements, strictly one later.
        const found = Array.from({ length: 242 }, (_, more) => more).find((more) =>
          meets(agree + more, participated + more, share, strict),
        );
        expect(leastFurther(agree, participated, share, strict)).toBe(found ?? null);
      }),
      { numRuns: 10_000 },
    );
  });
});
