/** An exact share between nothing and all: 0 <= num <= den, den > 0. */
export interface Fraction {
  num: number;
  den: number;
}

const FRACTION_TEXT = /^(0|[1-9]\d*)\/([1-9]\d*)$/;

/** Reads "2/3"; null for anything else, for a share above one ("4/3") and for one by zero. */
export function parseFraction(text: string): Fraction | null {
  const found = FRACTION_TEXT.exec(text);
  if (found === null) return null;
  const num = Number(found[1]);
  const den = Number(found[2]);
  return Number.isSafeInteger(den) && num <= den ? { num, den } : null;
}

/** The same for a text that a ruleset has already vouched for; throws a RangeError otherwise. */
export function fractionOf(text: string): Fraction {
  const fraction = parseFraction(text);
  if (fraction === null) throw new RangeError(`not a fraction: ${text}`);
  return fraction;
}

/**
 * Whether `have` out of `of` reaches the fraction, or exceeds it where `strict`
 * (以上 includes the number itself, Civil Code art. 1259; 过半数 does not).
 * Whole numbers, cross-multiplied exactly. An empty base meets nothing.
 */
export function meets(have: number, of: number, fraction: Fraction, strict: boolean): boolean {
  if (of === 0) return false;
  const left = BigInt(have) * BigInt(fraction.den);
  const right = BigInt(of) * BigInt(fraction.num);
  return strict ? left > right : left >= right;
}

/** The smallest whole part of `of` that meets the fraction; null where even all of it does not. */
export function leastMeeting(of: number, fraction: Fraction, strict: boolean): number | null {
  if (of === 0) return null;
  const least = Number(leastQuotient(BigInt(of) * BigInt(fraction.num), BigInt(fraction.den), strict));
  return least <= of ? least : null;
}

/**
 * The smallest number of further agreements, each of which adds one both to those who agree and to
 * those who take part, after which `agree` out of `participated` meets the fraction;
 * null where no number of them is enough.
 */
export function leastFurther(agree: number, participated: number, fraction: Fraction, strict: boolean): number | null {
  if (meets(agree, participated, fraction, strict)) return 0;
  // (agree + k) × den ≥ num × (participated + k)  ⇔  k × (den − num) ≥ num × participated − den × agree
  const gain = BigInt(fraction.den) - BigInt(fraction.num);
  const gap = BigInt(fraction.num) * BigInt(participated) - BigInt(fraction.den) * BigInt(agree);
  if (gain === 0n) return gap === 0n && !strict ? 1 : null;
  const least = Number(leastQuotient(gap, gain, strict));
  return Math.max(least, 1);
}

/** The smallest whole k with k × divisor ≥ dividend, or > where strict; dividend >= 0, divisor > 0. */
function leastQuotient(dividend: bigint, divisor: bigint, strict: boolean): bigint {
  return strict ? dividend / divisor + 1n : (dividend + divisor - 1n) / divisor;
}
