/** What is counted month by month. */
export const trendMeasures = ["intents", "reserve", "opened", "passed", "inUse"] as const;
export type TrendMeasure = (typeof trendMeasures)[number];
export type TrendCounts = Record<TrendMeasure, number>;

/** A month with its counts, as `2026-11`, in Shanghai. */
export interface TrendMonth extends TrendCounts {
  month: string;
}

export interface Trend {
  /** All that was before the months shown. */
  earlier: TrendCounts;
  /** Without a gap, the month of today last. */
  months: TrendMonth[];
}

const none = (): TrendCounts => ({ intents: 0, reserve: 0, opened: 0, passed: 0, inUse: 0 });

/** The month `count` months later, or before. */
function shiftMonth(month: string, count: number): string {
  const index = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + count;
  return `${String(Math.floor(index / 12)).padStart(4, "0")}-${String((index % 12) + 1).padStart(2, "0")}`;
}

/**
 * The last `length` months up to the one of `today`, each with what was counted in it, and what was before them, so that
 * the whole adds up. What lies after today is left out. Where nothing was counted in these months, they end with the
 * last in which anything was.
 */
export function trendOf(rows: readonly { month: string; measure: TrendMeasure; count: number }[], today: string, length: number): Trend {
  const present = today.slice(0, 7);
  const newest = rows.filter(({ month, count }) => month <= present && count > 0).reduce((latest, { month }) => (month > latest ? month : latest), "");
  const last = newest !== "" && newest < shiftMonth(present, 1 - length) ? newest : present;
  const months = Array.from({ length }, (_, index): TrendMonth => ({ month: shiftMonth(last, index + 1 - length), ...none() }));
  const earlier = none();
  for (const { month, measure, count } of rows) {
    if (month > last) continue;
    const at = months.find((one) => one.month === month) ?? earlier;
    at[measure] += count;
  }
  return { earlier, months };
}

export function sumTrend({ earlier, months }: Trend): TrendCounts {
  const sum = none();
  for (const measure of trendMeasures) sum[measure] = [earlier, ...months].reduce((total, counts) => total + counts[measure], 0);
  return sum;
}
