import type { CostEstimate } from "#app/domain/cost-estimate.ts";
import { cost } from "#app/i18n/zh-CN/cost.ts";
import { longDay } from "#app/i18n/zh-CN/dates.ts";
import { paths } from "#app/paths.ts";
import { Button, ButtonLink } from "./button.tsx";
import { Card } from "./card.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { Facts } from "./facts.tsx";
import { Field } from "./field.tsx";
import { Fold, Folds } from "./fold.tsx";
import { Columns, Stack } from "./layout.tsx";
import { PortalPage } from "./portal-page.tsx";
import { Table } from "./table.tsx";

export interface CostPageProps {
  schemes: readonly { id: string; name: string; source: string }[];
  values: Record<string, string>;
  errors: readonly { name?: string; message: string }[];
  estimate: CostEstimate | null;
  today: string;
  /** The stairwell whose costs are asked for; the name of the plan whose price stands in the form. */
  place?: { code: string; name: string; phone: string; plan: string | null };
}

/** What a lift costs each flat: a form whose address holds the question, and the answer as a table that prints. */
export function CostPage({ schemes, values, errors, estimate, today, place }: CostPageProps) {
  const words: Record<keyof typeof cost.fields, { label: string; hint?: string }> = cost.fields;
  const shared = (name: keyof typeof words) => ({
    name, ...words[name], defaultValue: values[name], error: errors.find((e) => e.name === name)?.message,
  });
  const within = Object.entries(cost.withinOptions).map(([value, label]) => ({ value, label }));
  const finer = Boolean(values["percents"] || values["areas"]) || (values["within"] ?? within[0]?.value) !== within[0]?.value;
  const digits = { inputMode: "numeric" as const, autoComplete: "off" };
  return (
    <PortalPage
      {...(place && { phone: place.phone, crumbs: [{ label: place.name, href: paths.stairwell(place.code) }, { label: cost.title }] })}
      title={{ ...(place && { eyebrow: place.name }), title: cost.title, lead: place?.plan ? `${cost.lead}${cost.fromPlan(place.plan)}` : cost.lead }}
    >
      <Columns>
        <form method="get" action={place ? paths.stairwellCost(place.code) : paths.cost()}>
          {errors.length > 0 && <ErrorSummary errors={errors} />}
          <Field {...shared("total")} inputProps={{ ...digits, maxLength: 20 }} />
          <Field {...shared("floors")} size="short" inputProps={{ ...digits, maxLength: 3 }} />
          <Field {...shared("each")} size="short" inputProps={{ ...digits, maxLength: 3 }} />
          <Field
            {...shared("scheme")}
            type="select"
            options={[...schemes.map(({ id, name, source }) => ({ value: id, label: cost.scheme(name, source) })), { value: cost.own.id, label: cost.own.name }]}
          />
          <Folds>
            <Fold title={cost.finer} open={errors.length > 0 || finer}>
              <Stack>
                <Field {...shared("percents")} optional inputProps={{ autoComplete: "off", maxLength: 400 }} />
                <Field {...shared("within")} type="select" options={within} />
                <Field {...shared("areas")} optional inputProps={{ autoComplete: "off", maxLength: 400 }} />
              </Stack>
            </Fold>
          </Folds>
          <Button kind="primary" wide>
            {cost.submit}
          </Button>
        </form>
        <Stack>
          {estimate && <Answer estimate={estimate} today={today} />}
          <Card>
            <p>{cost.more}</p>
            <ButtonLink href={paths.helpTopic("cost")}>{cost.questions}</ButtonLink>
          </Card>
        </Stack>
      </Columns>
    </PortalPage>
  );
}

function Answer({ estimate, today }: { estimate: CostEstimate; today: string }) {
  const { sums, columns } = cost;
  return (
    <Card title={cost.result} tone="jade" foot={`${cost.subsidyNote(longDay(today))}${cost.print}`}>
      <Facts
        facts={[
          { term: sums.total, value: cost.yuan(estimate.totalFen) },
          { term: sums.city, value: cost.yuan(estimate.cityFen) },
          { term: sums.district, value: cost.yuan(estimate.districtFen) },
          { term: sums.payable, value: <b>{cost.yuan(estimate.payableFen)}</b> },
        ]}
      />
      <p>{cost.by(estimate.scheme.name, estimate.scheme.source)}</p>
      <Table
        caption={cost.table}
        columns={[
          { key: "floor", label: columns.floor },
          { key: "flats", label: columns.flats, align: "end" },
          { key: "all", label: columns.all, align: "end" },
        ]}
        rows={estimate.floors.map(({ floor, fen, flats }) => ({
          key: String(floor),
          cells: { floor: cost.floor(floor), flats: cost.flats(flats), all: cost.yuan(fen) },
        }))}
      />
      <p>
        {cost.exact}
        {cost.alike(estimate.odd)}
      </p>
    </Card>
  );
}
