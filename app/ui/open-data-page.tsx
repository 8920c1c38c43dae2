import type { NamedRuleset } from "#app/domain/ruleset.ts";
import { openData } from "#app/i18n/zh-CN/open-data.ts";
import { paths } from "#app/paths.ts";
import { Card, Section } from "./card.tsx";
import { Prose, Stack } from "./layout.tsx";
import { LinkList } from "./link-list.tsx";
import { PortalPage } from "./portal-page.tsx";
import { Table } from "./table.tsx";

/** What is published and what never is, the data to download, and the rules. */
export function OpenDataPage({ rulesets, example }: { rulesets: readonly NamedRuleset[]; example: string | null }) {
  const { published, never, why, download, rules } = openData;
  return (
    <PortalPage title={{ title: openData.title, lead: openData.lead }}>
      <Stack gap="large">
        <Table
          caption={published.title}
          columns={[
            { key: "what", label: published.columns.what },
            { key: "how", label: published.columns.how },
          ]}
          rows={published.rows.map((row) => ({ key: row.what, cells: row }))}
        />
        <Section title={never.title}>
          <Prose>
            <ul>
              {never.items.map((item) => (
                <li key={item}>{item}</li>
              ))}
            </ul>
          </Prose>
        </Section>
        <Card title={why.title}>
          <p>{why.text}</p>
          <Table
            caption={why.caption}
            columns={[
              { key: "what", label: why.columns.what },
              { key: "share", label: why.columns.share, align: "end" },
            ]}
            rows={why.rows.map((row) => ({ key: row.what, cells: row }))}
          />
          <p>{why.after}</p>
        </Card>
        <Section title={download.title} lead={download.lead}>
          <LinkList
            rows={[
              { href: paths.apiStairwells(), ...download.stairwells },
              { href: paths.apiProgress(), ...download.progress },
              ...(example ? [{ href: paths.apiStairwell(example), title: download.stairwell.title, detail: download.stairwell.detail(paths.apiStairwell(example)) }] : []),
            ]}
          />
          <Table
            caption={download.columnsTitle}
            columns={[
              { key: "name", label: download.columns.name },
              { key: "meaning", label: download.columns.meaning },
            ]}
            rows={download.rows.map((row) => ({ key: row.name, cells: row }))}
          />
        </Section>
        <Section title={rules.title} lead={rules.lead}>
          <Table
            caption={rules.caption}
            columns={[
              { key: "rule", label: rules.columns.rule },
              { key: "source", label: rules.columns.source },
              { key: "from", label: rules.columns.from },
              { key: "until", label: rules.columns.until },
            ]}
            rows={rulesets.map(({ id, title, source, effectiveFrom, effectiveUntil }) => ({
              key: id,
              cells: { rule: title, source, from: rules.from(effectiveFrom), until: rules.until(effectiveUntil) },
            }))}
          />
        </Section>
      </Stack>
    </PortalPage>
  );
}
