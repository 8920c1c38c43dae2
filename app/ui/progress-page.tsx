import type { CommitteeProgress, CommunityProgress, Counts } from "#app/domain/progress.ts";
import type { PublicTrendMeasure } from "#app/domain/public-view.ts";
import type { Stage } from "#app/domain/stages.ts";
import type { Trend } from "#app/domain/trend.ts";
import { progress } from "#app/i18n/zh-CN/progress.ts";
import { stageNames } from "#app/i18n/zh-CN/stages.ts";
import { trendWords } from "#app/i18n/zh-CN/trend.ts";
import { paths } from "#app/paths.ts";
import { Card, Section } from "./card.tsx";
import { ButtonLink } from "./button.tsx";
import { Funnel, type FunnelRow } from "./funnel.tsx";
import { Actions, Columns, Stack } from "./layout.tsx";
import { PortalPage } from "./portal-page.tsx";
import { Table } from "./table.tsx";
import { TrendCharts } from "./trend.tsx";

/** The part of the subdistrict that a page is about. */
export interface ProgressScope {
  committee?: { id: number; name: string; phone: string } | undefined;
  community?: { code: string; name: string } | undefined;
}

export interface ProgressPageProps {
  scope: ProgressScope;
  subdistrict: string;
  counts: Counts;
  /** At the level of the subdistrict. */
  committees: readonly CommitteeProgress[];
  /** At the level of a committee. */
  communities: readonly CommunityProgress[];
  /** Null for a single community. */
  trend: Trend<PublicTrendMeasure> | null;
  asOf: string | Date;
}

/** How many stairwells passed each milestone. */
export function milestoneRows(counts: Counts): FunnelRow[] {
  const measures = ["withIntents", "reserve", "consulting", "passed", "failed", "building", "inUse"] as const;
  return measures.map((measure) => ({ label: progress[measure], count: counts[measure] }));
}

/** The way from the whole to the part, the part itself last. */
export function scopeCrumbs({ committee, community }: ProgressScope, more?: string) {
  const way = [
    { label: progress.title, href: paths.progress() },
    ...(committee ? [{ label: committee.name, href: paths.progress({ committee: committee.id }) }] : []),
    ...(community ? [{ label: community.name, href: paths.progress({ community: community.code }) }] : []),
    ...(more ? [{ label: more, href: "" }] : []),
  ];
  return way.length === 1 ? [] : way.map(({ label, href }, index) => (index === way.length - 1 ? { label } : { label, href }));
}

export const scopeQuery = ({ committee, community }: ProgressScope) =>
  community ? { community: community.code } : committee ? { committee: committee.id } : {};

/** How many stairwells have come how far, at one level, with the way to the level below. */
export function ProgressPage({ scope, subdistrict, counts, committees, communities, trend, asOf }: ProgressPageProps) {
  const { committee, community } = scope;
  const all = counts.stairwells;
  return (
    <PortalPage
      phone={committee?.phone}
      crumbs={scopeCrumbs(scope)}
      title={{
        eyebrow: progress.title,
        title: community?.name ?? committee?.name ?? (subdistrict || progress.whole),
        lead: progress.size(all, counts.flats),
      }}
    >
      <Stack gap="large">
        <Columns>
          <Card title={progress.milestones} foot={progress.asOf(asOf)}>
            <p>{progress.milestonesLead}</p>
            <Funnel
              label={progress.milestones}
              whole={all}
              rows={milestoneRows(counts).map((row) => ({ ...row, text: progress.count(row.count, all) }))}
            />
          </Card>
          <Card title={progress.stages} foot={progress.asOf(asOf)}>
            <p>{progress.stagesLead}</p>
            <Funnel
              label={progress.stages}
              whole={all}
              rows={(Object.keys(stageNames) as Stage[]).map((stage) => ({
                label: stageNames[stage],
                count: counts.stages[stage],
                text: progress.count(counts.stages[stage], all),
                ...(counts.stages[stage] > 0 && { href: paths.progress({ ...scopeQuery(scope), stage }) }),
              }))}
            />
          </Card>
        </Columns>
        {trend && (
          <Section title={trendWords.title} lead={trendWords.lead(trend.months)}>
            <TrendCharts trend={trend} />
          </Section>
        )}
        {community && (
          <Actions>
            <ButtonLink href={paths.community(community.code)} kind="primary">
              {progress.toCommunity}
            </ButtonLink>
          </Actions>
        )}
        {!community && committee && (
          <Breakdown
            caption={progress.byCommunity}
            first={progress.table.community}
            rows={communities.map((row) => ({ key: row.code, name: row.name, href: paths.progress({ community: row.code }), counts: row }))}
          />
        )}
        {!community && !committee && (
          <Breakdown
            caption={progress.byCommittee}
            first={progress.table.committee}
            rows={committees.map((row) => ({ key: String(row.id), name: row.name, href: paths.progress({ committee: row.id }), counts: row }))}
          />
        )}
      </Stack>
    </PortalPage>
  );
}

/** The parts of a scope below each other, with how far their stairwells have come. */
export function Breakdown({ caption, first, rows }: { caption: string; first: string; rows: readonly { key: string; name: string; href: string; counts: Counts }[] }) {
  const figures = ["stairwells", "withIntents", "reserve", "passed", "failed", "inUse"] as const;
  return (
    <Table
      caption={caption}
      columns={[{ key: "name", label: first }, ...figures.map((key) => ({ key, label: progress.table[key], align: "end" as const }))]}
      rows={rows.map(({ key, name, href, counts }) => ({
        key,
        cells: { name: <a href={href}>{name}</a>, ...Object.fromEntries(figures.map((figure) => [figure, counts[figure]])) },
      }))}
    />
  );
}
