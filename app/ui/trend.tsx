import { sumTrend, trendMeasures, type Trend, type TrendMeasure } from "#app/domain/trend.ts";
import { office as words } from "#app/i18n/zh-CN/office.ts";
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
export function TrendCharts({ trend }: { trend: Trend }) {
  const whole = sumTrend(trend);
  return (
    <Stack>
      <div className="trend">
        {trendMeasures.map((measure) => (
          <Card key={measure} level={3} title={words.trendNames[measure]} aside={<b>{words.trendTotal(whole[measure] - trend.earlier[measure])}</b>}>
            <Bars trend={trend} measure={measure} />
          </Card>
        ))}
      </div>
      <Folds>
        <Fold title={words.trendTable}>
          <p>{words.trendNote}</p>
          <Table
            caption={words.trendTable}
            narrow="scroll"
            columns={[{ key: "month", label: words.trendMonth }, ...trendMeasures.map((measure) => ({ key: measure, label: words.trendNames[measure], align: "end" as const }))]}
            rows={[
              ...trend.months.toReversed().map(({ month, ...counts }) => ({ key: month, cells: { month: words.monthName(month), ...counts } })),
              { key: "earlier", cells: { month: words.trendEarlier, ...trend.earlier } },
              { key: "sum", cells: { month: <b>{words.trendSum}</b>, ...whole } },
            ]}
          />
        </Fold>
      </Folds>
    </Stack>
  );
}

function Bars({ trend: { months }, measure }: { trend: Trend; measure: TrendMeasure }) {
  const highest = Math.max(...months.map((month) => month[measure]));
  const [first, last] = [months[0]?.month ?? "", months.at(-1)?.month ?? ""];
  const peak = months.find((month) => month[measure] === highest)?.month ?? last;
  const label = words.trendDrawing(words.trendNames[measure], first, last, highest, peak);
  return (
    <>
      <svg className="trend-bars" viewBox={`0 0 ${months.length * STEP} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
        {months.map((month, index) => {
          const height = month[measure] === 0 ? 0 : Math.max(LEAST, Math.round((month[measure] / highest) * HEIGHT));
          return (
            <rect key={month.month} className="funnel-fill" x={index * STEP + (STEP - BAR) / 2} y={HEIGHT - height} width={BAR} height={height}>
              <title>{`${words.monthName(month.month)}：${month[measure]}`}</title>
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
