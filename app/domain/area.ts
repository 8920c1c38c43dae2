const AREA_TEXT = /^(\d+)(?:\.(\d{1,2}))?$/;

/**
 * Reads an area in square metres, digits with at most two decimals ("58.43", "60", "1435.2").
 * Answers whole hundredths of a square metre, or null where the text is anything else
 * or too large to be counted exactly.
 */
export function parseArea(text: string): number | null {
  const found = AREA_TEXT.exec(text);
  if (found === null) return null;
  const hundredths = Number(`${found[1]}${(found[2] ?? "").padEnd(2, "0")}`);
  return Number.isSafeInteger(hundredths) ? hundredths : null;
}

/**
 * Writes whole hundredths of a square metre with both decimals: 5843 → "58.43".
 * Throws a RangeError for what is no such number.
 */
export function formatArea(hundredths: number): string {
  if (!Number.isSafeInteger(hundredths) || hundredths < 0) {
    throw new RangeError(`not an area in hundredths of a square metre: ${hundredths}`);
  }
  const rest = hundredths % 100;
  return `${(hundredths - rest) / 100}.${String(rest).padStart(2, "0")}`;
}
