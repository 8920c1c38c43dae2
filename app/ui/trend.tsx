import { sumTrend, type Trend, type TrendMeasure } from "#app/domain/trend.ts";
import { trendWords as words } from "#app/i18n/zh-CN/trend.ts";
import { Card } from "./card.tsx";
import { Fold, Folds } from "./fold.tsx";
import { Stack } from "./layout.tsx";
import { Table } from "./table.tsx";

const STEP = 10;
const BAR = 8;
const HEIGHT = 60;
/** A month with anything in it shows. */
const LEAST = 2;

/** What was counted month by month: a row of bars for each measure, and the figures behind them in a table. */
export function TrendCharts<M extends TrendMeasure>({ trend }: { trend: Trend<M> }) {
  const { measures } = trend;
  const whole = sumTrend(trend);
  return (
    <Stack>
      <div className="trend">
        {measures.map((measure) => (
          <Card key={measure} level={3} title={words.names[measure]} aside={<b>{words.total(whole[measure] - trend.earlier[measure])}</b>}>
            <Bars trend={trend} measure={measure} />
          </Card>
        ))}
      </div>
      <Folds>
        <Fold title={words.table}>
          <p>{words.note(measures)}</p>
          <Table
            caption={words.table}
            narrow="scroll"
            columns={[{ key: "month", label: words.month }, ...measures.map((measure) => ({ key: measure, label: words.names[measure], align: "end" as const }))]}
            rows={[
              ...trend.months.toReversed().map(({ month, counts }) => ({ key: month, cells: { month: words.monthName(month), ...counts } })),
              { key: "earlier", cells: { month: words.earlier, ...trend.earlier } },
              { key: "sum", cells: { month: <b>{words.sum}</b>, ...whole } },
            ]}
          />
        </Fold>
      </Folds>
    </Stack>
  );
}

function Bars<M extends TrendMeasure>({ trend: { months }, measure }: { trend: Trend<M>; measure: M }) {
  const highest = Math.max(...months.map(({ counts }) => counts[measure]));
  const [first, last] = [months[0]?.month ?? "", months.at(-1)?.month ?? ""];
  const peak = months.find(({ counts }) => counts[measure] === highest)?.month ?? last;
  const label = words.drawing(words.names[measure], first, last, highest, peak);
  return (
    <>
      <svg className="trend-bars" viewBox={`${(BAR - STEP) / 2} 0 ${months.length * STEP} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
        {months.map(({ month, counts }, index) => {
          const height = counts[measure] === 0 ? 0 : Math.max(LEAST, Math.round((counts[measure] / highest) * HEIGHT));
          return (
            <rect key={month} className="funnel-fill" x={index * STEP} y={HEIGHT - height} width={BAR} height={height}>
              <title>{`${words.monthName(month)}：${counts[measure]}`}</title>
            </rect>
          );
        })}
      </svg>
      <p className="trend-span">
        <span>{words.monthName(first)}</span>
        <span>{words.monthName(last)}</span>
      </p>
    </>
  );
}
