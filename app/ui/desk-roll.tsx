import { ROLL_COLUMNS, type RollFault, type RollReading, type RollWarning } from "#app/domain/roll.ts";
import { formatArea } from "#app/i18n/zh-CN/areas.ts";
import { exportWords } from "#app/i18n/zh-CN/exports.ts";
import { rollDesk as words } from "#app/i18n/zh-CN/roll-desk.ts";
import { roll } from "#app/i18n/zh-CN/roll.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { Button, ButtonLink } from "./button.tsx";
import { Card, Section } from "./card.tsx";
import type { Reply } from "./checked-form.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { TemplateLink } from "./exports-page.tsx";
import { Facts } from "./facts.tsx";
import { Field } from "./field.tsx";
import { Fold, Folds } from "./fold.tsx";
import { FormKey } from "./form-key.tsx";
import { Actions, Stack } from "./layout.tsx";
import { Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { errorAt } from "./reply.ts";
import { Steps } from "./steps.tsx";
import { Table } from "./table.tsx";

/** Faults or warnings of a roll, the first of them, numbers hidden. */
export interface Remarks<Remark> {
  all: number;
  shown: readonly Remark[];
}

export interface DeskRollProps {
  place: { code: string; community: string; building: string; entrance: string; phone: string };
  register: { flats: number; area: number; withoutOwner: readonly string[]; openQuestions: number };
  /** The consultation that runs and keeps its own roll. */
  running: string | null;
  /** Whether a preview that was asked for is no longer there. */
  gone: boolean;
  formKey: string;
  reply: Reply | undefined;
  /** Why the file that was read is refused, and its faults. */
  refused: { problem: string; source: RollReading["source"]; faults: Remarks<RollFault> } | undefined;
}

/** The first step of importing an owners' roll: choose the file; what is wrong with it, place by place. */
export function DeskRoll({ place, register, running, gone, formKey, reply, refused }: DeskRollProps) {
  const title = `${place.community} ${place.building}${place.entrance}`;
  return (
    <PortalPage
      desk
      width="narrow"
      phone={place.phone}
      crumbs={[{ label: title, href: paths.deskStairwell(place.code) }, { label: words.title }]}
      title={{ eyebrow: title, title: words.title, lead: words.lead }}
    >
      <Stack>
        {gone && !reply && !refused && <Notice kind="warning" title={words.gone} />}
        {running && <Notice kind="warning" title={words.running(running)} />}
        {refused && <Notice kind="error" title={refused.problem} />}
        {refused && refused.faults.all > 0 && (
          <Section title={words.faults(refused.faults.all)} lead={refused.source && `${words.readFrom}：${roll.source(refused.source)}`}>
            <FaultTable faults={refused.faults} />
          </Section>
        )}
        <form method="post" action={paths.deskRoll(place.code)} encType="multipart/form-data" className="form">
          {reply && <ErrorSummary errors={reply.errors} />}
          <FormKey value={reply?.formKey ?? formKey} />
          <Field
            type="file"
            name="roll"
            label={words.file}
            hint={words.fileHint}
            error={errorAt(reply, "roll")}
            inputProps={{ accept: ".csv,.xlsx,.txt", required: true }}
          />
          <Button kind="primary" wide>
            {words.read}
          </Button>
        </form>
        <Folds>
          <Fold title={exportWords.template.lead}>
            <Steps steps={exportWords.template.steps} />
            <TemplateLink />
          </Fold>
        </Folds>
        <Card title={words.now}>
          <Facts
            facts={[
              { term: words.flats, value: words.households(register.flats) },
              { term: words.area, value: words.squareMetres(formatArea(register.area)) },
              { term: words.withoutOwner, value: register.withoutOwner.join("、") || words.none },
              {
                term: words.openQuestions,
                value: register.openQuestions > 0 ? <a href={paths.deskQuestions(place.code)}>{register.openQuestions}</a> : words.none,
              },
            ]}
          />
          <Actions>
            <ButtonLink href={paths.deskRollExport(place.code)}>{exportWords.roll.link}</ButtonLink>
            <ButtonLink href={paths.deskRollVersions(place.code)}>{words.versions.link}</ButtonLink>
          </Actions>
        </Card>
      </Stack>
    </PortalPage>
  );
}

/** The lines of the file that have faults, each fault in the cell that it is about; what is wrong with the whole file stands first. */
function FaultTable({ faults: { all, shown } }: { faults: Remarks<RollFault> }) {
  const columns = Object.values(ROLL_COLUMNS).filter((column) => shown.some((fault) => fault.column === column));
  const hasWhole = shown.some(({ column }) => column === null);
  const lines = [...new Set(shown.map(({ line }) => line))];
  const cellOf = (line: number | null, column: RollFault["column"]) => shown.filter((fault) => fault.line === line && fault.column === column);
  const said = (faults: readonly RollFault[]) =>
    faults.length > 0 && (
      <Stack gap="small">
        {faults.map((fault, i) => (
          <Badge key={i} tone="brick">
            {roll.fault(fault)}
          </Badge>
        ))}
      </Stack>
    );
  return (
    <Stack gap="small">
      <Table
        caption={words.faultsCaption}
        columns={[{ key: "line", label: words.line }, ...columns.map((column) => ({ key: column, label: column })), ...(hasWhole ? [{ key: "row", label: words.wholeRow }] : [])]}
        rows={lines.map((line) => ({
          key: String(line),
          cells: {
            line: line === null ? words.whole : words.lineOf(line),
            ...Object.fromEntries(columns.map((column) => [column, said(cellOf(line, column))])),
            row: said(cellOf(line, null)),
          },
        }))}
      />
      {all > shown.length && <p>{words.more(all - shown.length)}</p>}
    </Stack>
  );
}

interface RemarkTableProps<Remark> {
  caption: string;
  remarks: Remarks<Remark>;
  sentence: (remark: Remark) => string;
}

/** Each remark with the line and the column of the file that it is about. */
export function RemarkTable<Remark extends RollFault | RollWarning>({ caption, remarks: { all, shown }, sentence }: RemarkTableProps<Remark>) {
  return (
    <Stack gap="small">
      <Table
        caption={caption}
        columns={[
          { key: "place", label: words.place },
          { key: "what", label: words.what },
        ]}
        rows={shown.map((remark, i) => ({ key: String(i), cells: { place: roll.place(remark) || words.whole, what: sentence(remark) } }))}
      />
      {all > shown.length && <p>{words.more(all - shown.length)}</p>}
    </Stack>
  );
}
