/** What is counted month by month. */
export const trendMeasures = ["intents", "reserve", "opened", "passed", "inUse"] as const;
export type TrendMeasure = (typeof trendMeasures)[number];

export type TrendCounts<M extends TrendMeasure = TrendMeasure> = Record<M, number>;

/** A month with its counts, as `2026-11`, in Shanghai. */
export interface TrendMonth<M extends TrendMeasure = TrendMeasure> {
  month: string;
  counts: TrendCounts<M>;
}

export interface Trend<M extends TrendMeasure = TrendMeasure> {
  /** In the order in which they are shown. */
  measures: readonly M[];
  /** All that was before the months shown. */
  earlier: TrendCounts<M>;
  /** Without a gap, the month of today last. */
  months: TrendMonth<M>[];
}

const none = <M extends TrendMeasure>(measures: readonly M[]) => Object.fromEntries(measures.map((measure) => [measure, 0])) as TrendCounts<M>;

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
export function trendOf<M extends TrendMeasure>(measures: readonly M[], rows: readonly { month: string; measure: M; count: number }[], today: string, length: number): Trend<M> {
  const present = today.slice(0, 7);
  const newest = rows.filter(({ month, count }) => month <= present && count > 0).reduce((latest, { month }) => (month > latest ? month : latest), "");
  const last = newest !== "" && newest < shiftMonth(present, 1 - length) ? newest : present;
  const months = Array.from({ length }, (_, index): TrendMonth<M> => ({ month: shiftMonth(last, index + 1 - length), counts: none(measures) }));
  const earlier = none(measures);
  for (const { month, measure, count } of rows) {
    if (month > last) continue;
    const at = months.find((one) => one.month === month)?.counts ?? earlier;
    at[measure] += count;
  }
  return { measures, earlier, months };
}

export function sumTrend<M extends TrendMeasure>({ measures, earlier, months }: Trend<M>): TrendCounts<M> {
  const sum = none(measures);
  for (const measure of measures) sum[measure] = months.reduce((total, { counts }) => total + counts[measure], earlier[measure]);
  return sum;
}
