import { REASON_MINUTES, exportFormats, type ExportFormat } from "#app/domain/export.ts";
import { longMoment } from "#app/i18n/zh-CN/dates.ts";
import { exportWords as words } from "#app/i18n/zh-CN/exports.ts";
import { paths } from "#app/paths.ts";
import { Button, ButtonLink } from "./button.tsx";
import { Card } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { Facts } from "./facts.tsx";
import { ChoiceField, Field } from "./field.tsx";
import { Fold, Folds } from "./fold.tsx";
import { Actions, Columns, Stack } from "./layout.tsx";
import { Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { errorAt } from "./reply.ts";

/** A file in each of its formats. Not marked as downloads: where a reason is asked first, that is a page. */
function Downloads({ hrefOf }: { hrefOf: (format: ExportFormat) => string }) {
  return (
    <Actions>
      {exportFormats.map((format) => (
        <ButtonLink key={format} href={hrefOf(format)}>
          {words.download(format)}
        </ButtonLink>
      ))}
    </Actions>
  );
}

/** Files about all that the clerk or the office answers for. */
export function ExportsPage({ stairwells, results }: { stairwells: number; results: number }) {
  return (
    <PortalPage desk title={{ title: words.title, lead: words.lead }}>
      <Stack gap="large">
        <Columns>
          <Card title={words.progress.title}>
            <p>{words.progress.lead(stairwells)}</p>
            <Downloads hrefOf={(format) => paths.exportFile("progress", format)} />
          </Card>
          <Card title={words.results.title}>
            <p>{words.results.lead(results)}</p>
            <Downloads hrefOf={(format) => paths.exportFile("results", format)} />
          </Card>
          <Card title={words.template.title}>
            <p>{words.template.lead}</p>
            <TemplateLink />
          </Card>
          <Card title={words.more.title}>
            <Facts facts={words.more.rows.map(({ title, text }) => ({ term: title, value: text }))} />
          </Card>
        </Columns>
      </Stack>
    </PortalPage>
  );
}

export function TemplateLink() {
  return (
    <Actions>
      <ButtonLink href={paths.exportFile("roll-template", "xlsx")}>
        {words.template.download}
      </ButtonLink>
    </Actions>
  );
}

export interface RollExportPageProps {
  place: { code: string; community: string; building: string; entrance: string; phone: string };
  withoutOwner: readonly string[];
  log: readonly { id: number; name: string; reason: string; at: string | Date }[];
  /** The format in which the numbers may be taken now, once a reason was given. */
  taken?: ExportFormat | undefined;
  formKey: string;
  reply: Reply | undefined;
}

/** The owners' roll to take along: as it is, or with ID numbers and phones for a reason that stays on record. */
export function RollExportPage({ place, withoutOwner, log, taken, formKey, reply }: RollExportPageProps) {
  const { roll } = words;
  const title = `${place.community} ${place.building}${place.entrance}`;
  return (
    <PortalPage
      desk
      width="narrow"
      phone={place.phone}
      crumbs={[{ label: title, href: paths.deskStairwell(place.code) }, { label: roll.title }]}
      title={{ eyebrow: title, title: roll.title, lead: roll.lead }}
    >
      <Stack gap="large">
        {taken && !reply && (
          <Notice kind="success" title={roll.ready}>
            <p>{roll.readyLead(REASON_MINUTES)}</p>
            <Actions>
              <ButtonLink href={paths.deskRollFile(place.code, taken, true)} kind="primary">
                {words.download(taken)}
              </ButtonLink>
            </Actions>
          </Notice>
        )}
        {withoutOwner.length > 0 && <Notice kind="warning" title={roll.withoutOwner(withoutOwner.join("、"))} />}
        <Card title={roll.plain}>
          <p>{roll.plainLead}</p>
          <Downloads hrefOf={(format) => paths.deskRollFile(place.code, format)} />
        </Card>
        <Card title={roll.withNumbers}>
          <p>{roll.withNumbersLead}</p>
          <PlainForm formKey={formKey} reply={reply}>
            <Field
              name="reason"
              label={roll.reason}
              hint={roll.reasonHint}
              defaultValue={reply?.values["reason"]}
              error={errorAt(reply, "reason")}
              inputProps={{ maxLength: 500, autoComplete: "off" }}
            />
            <ChoiceField
              row
              name="format"
              label={roll.format}
              choices={exportFormats.map((value) => ({ value, label: words[value] }))}
              defaultValue={reply?.values["format"] ?? "xlsx"}
              error={errorAt(reply, "format")}
            />
            <Button kind="primary" wide>
              {roll.submit}
            </Button>
          </PlainForm>
        </Card>
        {log.length > 0 && (
          <Folds>
            <Fold title={roll.log}>
              <Facts facts={log.map(({ name, reason, at }) => ({ term: roll.logEntry(longMoment(at), name), value: reason }))} />
            </Fold>
          </Folds>
        )}
      </Stack>
    </PortalPage>
  );
}
