import type { TrendMeasure } from "#app/domain/trend.ts";

const monthName = (month: string) => `${month.slice(0, 4)} 年 ${Number(month.slice(5))} 月`;
const span = (first: string, last: string) => `${monthName(first)}至 ${monthName(last)}`;

/** How a measure is counted, where its name does not say it. */
const counted: Partial<Record<TrendMeasure, string>> = {
  intents: "填意愿：当月填过、现在算数的户，一户一月算一次。",
  reserve: "进入储备、投用：现在仍是这样的楼道，按进入的月份。",
  passed: "征询通过：按结果公布的月份，看最近一次征询。",
};

/** What was counted month by month. */
export const trendWords = {
  title: "每月进展",
  lead: (months: readonly { month: string }[]) => `${span(months[0]?.month ?? "", months.at(-1)?.month ?? "")}，每一格是一个月。`,
  names: { intents: "填意愿的户", reserve: "进入储备的楼道", opened: "开始征询的楼道", passed: "征询通过的楼道", inUse: "电梯投用的楼道" } satisfies Record<TrendMeasure, string>,
  total: (count: number) => `共 ${count}`,
  drawing: (name: string, first: string, last: string, highest: number, month: string) =>
    highest === 0 ? `${name}，${span(first, last)}：没有` : `${name}，${span(first, last)}，最多的是${monthName(month)}：${highest}`,
  table: "每月的数字",
  month: "月份",
  earlier: "更早",
  sum: "合计",
  monthName,
  note: (measures: readonly TrendMeasure[]) => measures.map((measure) => counted[measure] ?? "").join(""),
} as const;
