import type { RetentionKind } from "#app/domain/retention.ts";
import { longDay } from "#app/i18n/zh-CN/dates.ts";
import { keptFor, privacyWords as words } from "#app/i18n/zh-CN/privacy.ts";
import { paths } from "#app/paths.ts";
import { ButtonLink } from "./button.tsx";
import { Card, Section } from "./card.tsx";
import { Prose, Stack } from "./layout.tsx";
import { PortalPage } from "./portal-page.tsx";
import { Table } from "./table.tsx";

export interface PrivacyPageProps {
  hotline: string;
  text: string;
  version: number | null;
  /** The day on which somebody had read this wording for the first time. */
  since: string | null;
  kept: readonly { kind: RetentionKind; days: number }[];
}

/** What is kept about people, why and how long, and whom to ask. */
export function PrivacyPage({ hotline, text, version, since, kept }: PrivacyPageProps) {
  const { rights, how, forever } = words;
  return (
    <PortalPage width="narrow" title={{ title: words.title, lead: words.lead }}>
      <Stack gap="large">
        <Card title={words.text} foot={version !== null && since ? words.version(version, longDay(since)) : words.firstVersion}>
          {text.split("\n").map((line) => (
            <p key={line}>{line}</p>
          ))}
        </Card>
        <Table
          caption={words.kept.caption}
          columns={[
            { key: "what", label: words.kept.columns.what },
            { key: "days", label: words.kept.columns.days },
            { key: "why", label: words.kept.columns.why },
          ]}
          rows={kept.map(({ kind, days }) => ({ key: kind, cells: { ...words.kept.rows[kind], days: keptFor(days) } }))}
        />
        <Section title={forever.title}>
          <p>{forever.text}</p>
        </Section>
        <Section title={how.title}>
          <Prose>
            <ul>
              {how.items.map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ul>
          </Prose>
        </Section>
        <Card title={rights.title} foot={rights.law}>
          <Prose>
            <ul>
              {rights.items.map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ul>
          </Prose>
          <p>{rights.ask}</p>
          {hotline && (
            <ButtonLink href={paths.call(hotline)} sign="phone" wide>
              {rights.call(hotline)}
            </ButtonLink>
          )}
        </Card>
      </Stack>
    </PortalPage>
  );
}
