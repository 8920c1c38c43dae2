import type { SettingKey } from "#app/domain/setting-schemas.ts";
import { office } from "#app/i18n/zh-CN/office.ts";
import { settings as words } from "#app/i18n/zh-CN/settings.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { Button } from "./button.tsx";
import { Card, Section } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { Field, type FieldProps } from "./field.tsx";
import { Prose, Stack } from "./layout.tsx";
import { LinkList } from "./link-list.tsx";
import { Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { errorAt } from "./reply.ts";
import { Table } from "./table.tsx";

export interface OfficeSettingsProps {
  settings: readonly { key: SettingKey; summary: string; fromDay: string | null; next: string | null }[];
}

/** Everything that the office may set, with what holds now. */
export function OfficeSettings({ settings }: OfficeSettingsProps) {
  return (
    <PortalPage
      desk
      crumbs={[{ label: office.title, href: paths.office() }, { label: words.title }]}
      title={{ title: words.title, lead: words.lead }}
    >
      <LinkList
        rows={settings.map(({ key, summary, fromDay, next }) => ({
          href: paths.setting(key),
          title: words.about(key).title,
          detail: `${summary}（${words.since(fromDay)}）`,
          ...(next && { badge: <Badge tone="amber">{words.toComeFrom(next)}</Badge> }),
        }))}
      />
    </PortalPage>
  );
}

interface SettingRecord {
  id: number;
  fromDay: string;
  lines: readonly string[];
  account: string;
  at: string | Date;
}

export interface OfficeSettingProps {
  /** Which. */
  name: SettingKey;
  today: string;
  inForce: { fromDay: string | null; lines: readonly string[]; entry: SettingRecord | null };
  toCome: readonly SettingRecord[];
  past: readonly SettingRecord[];
  values: Readonly<Record<string, string>>;
  rulesets: readonly { id: string; title: string }[];
  saved: boolean;
  formKey: string;
  reply: Reply | undefined;
}

/** One thing that is set: what holds, what will, the form, and what was before. */
export function OfficeSetting({ name, today, inForce, toCome, past, values, rulesets, saved, formKey, reply }: OfficeSettingProps) {
  const { title, lead } = words.about(name);
  return (
    <PortalPage
      desk
      width="narrow"
      crumbs={[{ label: office.title, href: paths.office() }, { label: words.title, href: paths.settings() }, { label: title }]}
      title={{ eyebrow: words.title, title, lead }}
    >
      <Stack gap="large">
        {saved && !reply && <Notice kind="success" title={words.saved} />}
        <Card title={words.inForce} aside={words.since(inForce.fromDay)} tone="jade" foot={inForce.entry && `${inForce.entry.account}　${words.at(inForce.entry.at)}`}>
          <Lines lines={inForce.lines} />
        </Card>
        {toCome.map((entry) => (
          <Card key={entry.id} title={words.toCome} aside={words.since(entry.fromDay)} tone="amber" foot={`${entry.account}　${words.at(entry.at)}`}>
            <Lines lines={entry.lines} />
          </Card>
        ))}
        <Section title={words.change}>
          <PlainForm formKey={formKey} reply={reply}>
            {fieldsOf(name, rulesets).map((field) => (
              <Field
                key={field.name}
                {...field}
                defaultValue={reply?.values[field.name] ?? values[field.name] ?? ""}
                error={errorAt(reply, field.name)}
              />
            ))}
            <Field
              type="date"
              name="fromDay"
              size="short"
              label={words.fromDay}
              hint={words.fromDayHint}
              defaultValue={reply?.values["fromDay"] ?? ""}
              error={errorAt(reply, "fromDay")}
              inputProps={{ min: today, required: true }}
            />
            <Button kind="primary" wide>
              {words.save}
            </Button>
          </PlainForm>
        </Section>
        <Section title={words.history}>
          {past.length === 0 ? (
            <p>{words.historyNone}</p>
          ) : (
            <Table
              caption={title}
              columns={(["from", "value", "who", "at"] as const).map((key) => ({ key, label: words.columns[key] }))}
              rows={past.map(({ id, fromDay, lines, account, at }) => ({
                key: String(id),
                cells: { from: words.since(fromDay), value: <Lines lines={lines} />, who: account, at: words.at(at) },
              }))}
            />
          )}
        </Section>
      </Stack>
    </PortalPage>
  );
}

function Lines({ lines }: { lines: readonly string[] }) {
  if (lines.length === 1) return <p>{lines[0]}</p>;
  return (
    <Prose>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Prose>
  );
}


const { fields } = words;
const number = (name: "firstReminder" | "secondReminder" | "graceDays" | "changePercent" | "weightWilling" | "weightFloors" | "weightHelp", more: { hint?: string; optional?: boolean } = {}): FieldProps => ({
  name, label: fields[name], size: "short", ...more, inputProps: { inputMode: "numeric", maxLength: 4 },
});
const text = (name: "privacyText" | "ballotText" | "paymentText"): FieldProps => ({ type: "textarea", name, label: fields[name], inputProps: { maxLength: 3_000 } });

/** The fields of a key's own, without the day. */
function fieldsOf(key: SettingKey, rulesets: OfficeSettingProps["rulesets"]): FieldProps[] {
  switch (key) {
    case "factors":
    case "milestones":
    case "cost-schemes":
    case "phones":
    case "own-rulesets":
      return [{ type: "textarea", name: "lines", label: fields.lines, hint: words.about(key).hint, inputProps: { rows: 14, maxLength: 12_000 } }];
    case "city-subsidy":
    case "district-subsidy":
      return [
        { type: "select", name: "subsidy", label: fields.subsidy, options: (["none", "fixed", "share"] as const).map((value) => ({ value, label: fields.subsidies[value] })) },
        { name: "amount", label: fields.amount, hint: fields.amountHint, optional: true, size: "short", inputProps: { inputMode: "decimal", maxLength: 16 } },
        { name: "percent", label: fields.percent, hint: fields.percentHint, optional: true, size: "short", inputProps: { inputMode: "numeric", maxLength: 3 } },
      ];
    case "legal-texts":
      return [text("privacyText"), text("ballotText"), text("paymentText")];
    case "reminders":
      return [number("firstReminder"), number("secondReminder", { optional: true })];
    case "paper-grace":
      return [number("graceDays")];
    case "plan-change-percent":
      return [number("changePercent")];
    case "priority-weights":
      return (["weightWilling", "weightFloors", "weightHelp"] as const).map((name) => number(name, { hint: fields.weightHint }));
    case "default-ruleset":
      return (["stairwellRule", "communityRule"] as const).map((name) => ({
        type: "select", name, label: fields[name], options: rulesets.map(({ id, title }) => ({ value: id, label: title })),
      }));
  }
}
