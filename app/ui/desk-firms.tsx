import { firmGrades, firmKinds, type FirmGrade, type FirmKind } from "#app/domain/firm.ts";
import { longMoment } from "#app/i18n/zh-CN/dates.ts";
import { firmDesk as words, firms as common } from "#app/i18n/zh-CN/firms.ts";
import { paths } from "#app/paths.ts";
import { Button, ButtonLink } from "./button.tsx";
import { Section } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { Field } from "./field.tsx";
import { StandingBadge, type ShownFirm } from "./firms-pages.tsx";
import { Actions, Stack } from "./layout.tsx";
import { LinkList } from "./link-list.tsx";
import { Empty, Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { errorAt } from "./reply.ts";
import { Table } from "./table.tsx";

export interface DeskFirmsProps {
  firms: readonly ShownFirm[];
  done: "saved" | "block" | "clear" | null;
}

/** The register at the office. */
export function DeskFirms({ firms, done }: DeskFirmsProps) {
  return (
    <PortalPage desk title={{ title: words.title, lead: words.lead }}>
      <Stack gap="large">
        {done && <Notice kind="success" title={words.done[done]} />}
        {firms.length === 0 ? (
          <Empty level={2} title={common.none}>
            {common.noneLead}
          </Empty>
        ) : (
          <LinkList
            rows={firms.map(({ id, name, kind, grade, validFrom, validUntil, projects, late, standing }) => ({
              href: paths.deskFirm(id),
              title: name,
              detail: [common.kinds[kind], common.grade(grade), common.valid(validFrom, validUntil), common.projects(projects.length), common.late(late)].join("，"),
              badge: <StandingBadge standing={standing} />,
            }))}
          />
        )}
        <Actions>
          <ButtonLink href={paths.deskFirm("new")} kind="primary">
            {words.add}
          </ButtonLink>
          <ButtonLink href={paths.firms()}>{words.publicPage}</ButtonLink>
        </Actions>
      </Stack>
    </PortalPage>
  );
}


export interface DeskFirmProps {
  /** Null for one that is to be registered. */
  firm: ShownFirm | null;
  records: readonly {
    id: number; name: string; kind: FirmKind; grade: FirmGrade | null; validFrom: string; validUntil: string | null; source: string; phone: string | null; at: string; by: string;
  }[];
  formKey: string;
  reply: Reply | undefined;
}

/** The form of one firm, filled with what is registered, and all that was. */
export function DeskFirm({ firm, records, formKey, reply }: DeskFirmProps) {
  const before: Record<string, string> = firm
    ? { firmName: firm.name, creditCode: firm.creditCode, kind: firm.kind, grade: firm.grade ?? "", validFrom: firm.validFrom, validUntil: firm.validUntil ?? "", source: firm.source, firmPhone: firm.phone ?? "" }
    : {};
  const shared = (name: Exclude<keyof typeof words.fields, "reason">) => ({
    name, ...(words.fields[name] as { label: string; hint?: string }), defaultValue: reply?.values[name] ?? before[name] ?? "", error: errorAt(reply, name),
  });
  const title = firm ? firm.name : words.add;
  return (
    <PortalPage desk width="narrow" crumbs={[{ label: words.title, href: paths.deskFirms() }, { label: title }]} title={{ title, lead: words.lead }}>
      <Stack gap="large">
        <PlainForm formKey={formKey} reply={reply}>
          <Field {...shared("firmName")} inputProps={{ maxLength: 60, required: true }} />
          <Field {...shared("creditCode")} inputProps={{ maxLength: 24, required: true, autoComplete: "off", readOnly: firm !== null }} />
          <Field {...shared("kind")} type="select" placeholder={words.choose} options={firmKinds.map((value) => ({ value, label: common.kinds[value] }))} />
          <Field {...shared("grade")} type="select" optional placeholder={words.noGrade} options={firmGrades.map((value) => ({ value, label: common.grade(value) }))} />
          <Field {...shared("validFrom")} type="date" size="short" inputProps={{ required: true }} />
          <Field {...shared("validUntil")} type="date" size="short" optional />
          <Field {...shared("firmPhone")} type="tel" size="short" optional inputProps={{ maxLength: 20, autoComplete: "off" }} />
          <Field {...shared("source")} inputProps={{ maxLength: 200, required: true }} />
          <Button kind="primary" wide>
            {words.save}
          </Button>
        </PlainForm>
        {firm && (
          <Actions>
            <ButtonLink href={paths.blockFirm(firm.id)}>{firm.standing === "blacklisted" ? words.clear : words.block}</ButtonLink>
            <ButtonLink href={paths.firm(firm.id)}>{words.publicPage}</ButtonLink>
          </Actions>
        )}
        {records.length > 1 && (
          <Section title={words.history}>
            <Table
              caption={words.historyTable}
              columns={(["at", "name", "kind", "grade", "valid", "phone", "source", "by"] as const).map((key) => ({ key, label: words.columns[key] }))}
              rows={records.map(({ id, name, kind, grade, validFrom, validUntil, source, phone, at, by }) => ({
                key: String(id),
                cells: { at: longMoment(at), name, kind: common.kinds[kind], grade: common.grade(grade), valid: common.valid(validFrom, validUntil), phone: phone ?? "", source, by },
              }))}
            />
          </Section>
        )}
      </Stack>
    </PortalPage>
  );
}

/** Puts a firm on the blacklist or takes it off, with reason and source. */
export function BlockFirm({ firm, formKey, reply }: { firm: ShownFirm; formKey: string; reply: Reply | undefined }) {
  const step = firm.standing === "blacklisted" ? "clear" : "block";
  const shared = (name: "reason" | "source") => ({
    name, ...(words.fields[name] as { label: string; hint?: string }), defaultValue: reply?.values[name] ?? "", error: errorAt(reply, name),
  });
  return (
    <PortalPage
      desk
      width="narrow"
      crumbs={[{ label: words.title, href: paths.deskFirms() }, { label: firm.name, href: paths.deskFirm(firm.id) }, { label: words[step] }]}
      title={{ eyebrow: firm.name, title: words[step] }}
    >
      <PlainForm formKey={formKey} reply={reply}>
        <input type="hidden" name="step" value={step} />
        <Field {...shared("reason")} type="textarea" inputProps={{ maxLength: 500, required: true }} />
        <Field {...shared("source")} inputProps={{ maxLength: 200, required: true }} />
        <Button kind={step === "block" ? "danger" : "primary"} wide>
          {words[step]}
        </Button>
      </PlainForm>
    </PortalPage>
  );
}
