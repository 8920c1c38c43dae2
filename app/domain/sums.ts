import { formatArea, parseArea } from "./area.ts";
import { fractionOf, leastMeeting } from "./fraction.ts";
import type { VerdictTest } from "./verdict.ts";

export interface Product {
  factor: number;
  /** Heads, or square metres with two decimals, as the test has them. */
  amount: string;
}

/** A test written out in whole numbers: `4 × 6 ≥ 3 × 8`. The symbol is always true of the two products. */
export interface Sum {
  left: Product;
  symbol: "≥" | ">" | "<" | "≤";
  right: Product;
  /** Nobody to count against: no test is met then, although `4 × 0 ≥ 3 × 0` is true. */
  emptyBase: boolean;
  met: boolean;
}

/** The sum behind a test of a result: denominator × what there is, against numerator × the base. */
export function sumOf(test: VerdictTest): Sum {
  const { num, den } = fractionOf(test.need);
  const left = BigInt(den) * BigInt(wholeAmount(test.have));
  const right = BigInt(num) * BigInt(wholeAmount(test.of));
  const holds = test.strict ? left > right : left >= right;
  const fails = test.strict ? "≤" : "<";
  const emptyBase = wholeAmount(test.of) === 0;
  return {
    left: { factor: den, amount: String(test.have) },
    symbol: holds ? (test.strict ? ">" : "≥") : fails,
    right: { factor: num, amount: String(test.of) },
    emptyBase,
    met: holds && !emptyBase,
  };
}

/**
 * The smallest amount that meets the test over its base as it stands: heads as a number, an area as
 * text in square metres; null where not even the whole base does.
 */
export function neededOf(test: VerdictTest): number | string | null {
  const least = leastMeeting(wholeAmount(test.of), fractionOf(test.need), test.strict);
  return least === null || typeof test.of === "number" ? least : formatArea(least);
}

/** Heads as they are, an area in hundredths of a square metre; throws a RangeError for text that is no area. */
function wholeAmount(amount: number | string): number {
  if (typeof amount === "number") return amount;
  const hundredths = parseArea(amount);
  if (hundredths === null) throw new RangeError(`not an area: ${amount}`);
  return hundredths;
}
