import type { StageWait } from "#app/domain/office.ts";
import type { CommitteeProgress, CommunityProgress, Counts } from "#app/domain/progress.ts";
import type { ConsultationState } from "#app/domain/public-consultation.ts";
import { stages, type SideState, type Stage } from "#app/domain/stages.ts";
import type { Trend } from "#app/domain/trend.ts";
import { office as words } from "#app/i18n/zh-CN/office.ts";
import { progress } from "#app/i18n/zh-CN/progress.ts";
import { doorName } from "#app/i18n/zh-CN/places.ts";
import { sideStateNames, stageNames } from "#app/i18n/zh-CN/stages.ts";
import { trendWords } from "#app/i18n/zh-CN/trend.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { ButtonLink } from "./button.tsx";
import { Card, Section } from "./card.tsx";
import { Funnel } from "./funnel.tsx";
import { Actions, Columns, Stack } from "./layout.tsx";
import { LinkList } from "./link-list.tsx";
import { Pager } from "./pager.tsx";
import { PortalPage } from "./portal-page.tsx";
import { Breakdown, milestoneRows, scopeQuery, type ProgressScope } from "./progress-page.tsx";
import { NightlyCard, type NightlyRun } from "./record-cards.tsx";
import { StandingBadge } from "./standing.tsx";
import { Table } from "./table.tsx";
import { TrendCharts } from "./trend.tsx";

/** A stairwell on its way, with how many days it has been in its stage. */
export interface WaitingRow {
  code: string;
  community: string;
  building: string;
  entrance: string;
  committee: string;
  stage: Stage;
  stageSince: string | Date;
  sideState: SideState | null;
  days: number;
}

interface TicketCounts {
  committee: string;
  opened: number;
  inTime: number;
  solved: number;
  reopened: number;
  overdue: number;
}

export interface OfficePageProps {
  scope: ProgressScope;
  subdistrict: string;
  counts: Counts;
  asOf: string | Date;
  trend: Trend;
  waits: readonly StageWait[];
  longest: readonly WaitingRow[];
  /** Of the whole subdistrict alone. */
  tickets: { since: string; rows: readonly TicketCounts[] } | null;
  /** What lies one level below, page by page. */
  below:
    | { kind: "committees"; rows: readonly CommitteeProgress[] }
    | { kind: "communities"; rows: readonly CommunityProgress[] }
    | {
        kind: "stairwells";
        rows: readonly (WaitingRow & { stop: number; flats: number; filed: number; willing: number; consultation: ConsultationState; lift: "none" | "building" | "in-use" })[];
      };
  page: number;
  pages: number;
  /** The nightly recount, on the page of the whole; null before the first. */
  nightly: NightlyRun | null | undefined;
}

/** The way from the office's whole to a part, the part itself last. */
export function officeCrumbs({ committee, community }: ProgressScope, more?: string) {
  const way = [
    { label: words.title, href: paths.office() },
    ...(committee ? [{ label: committee.name, href: paths.office({ committee: committee.id }) }] : []),
    ...(community ? [{ label: community.name, href: paths.office({ community: community.code }) }] : []),
    ...(more ? [{ label: more, href: "" }] : []),
  ];
  return way.length === 1 ? [] : way.map(({ label, href }, index) => (index === way.length - 1 ? { label } : { label, href }));
}

/** How the subdistrict, a committee or a community is getting on: how far, month by month, where things wait, part by part. */
export function OfficePage(props: OfficePageProps) {
  const { scope, subdistrict, counts, asOf, trend, waits, longest, tickets, below, page, pages } = props;
  const at = scopeQuery(scope);
  const all = counts.stairwells;
  return (
    <PortalPage
      desk
      phone={scope.committee?.phone}
      crumbs={officeCrumbs(scope)}
      title={{ eyebrow: words.title, title: scope.community?.name ?? scope.committee?.name ?? subdistrict, lead: `${progress.size(all, counts.flats)}。${words.asOf(asOf)}。` }}
    >
      <Stack gap="large">
        <Actions>
          <ButtonLink href={paths.officeReserve()}>{words.toReserve}</ButtonLink>
          <ButtonLink href={paths.settings()}>{words.toSettings}</ButtonLink>
        </Actions>
        {props.nightly !== undefined && <NightlyCard run={props.nightly} />}
        <Columns>
          <Card title={progress.milestones}>
            <p>{progress.milestonesLead}</p>
            <Funnel label={progress.milestones} whole={all} rows={milestoneRows(counts).map((row) => ({ ...row, text: progress.count(row.count, all) }))} />
          </Card>
          <Card title={progress.stages}>
            <p>{progress.stagesLead}</p>
            <Funnel
              label={progress.stages}
              whole={all}
              rows={stages.map((stage) => ({
                label: stageNames[stage],
                count: counts.stages[stage],
                text: progress.count(counts.stages[stage], all),
                ...(counts.stages[stage] > 0 && stage !== "intent" && stage !== "in-use" && { href: paths.officeWaiting({ ...at, stage }) }),
              }))}
            />
          </Card>
        </Columns>
        <Section title={trendWords.title} lead={trendWords.lead(trend.months)}>
          <TrendCharts trend={trend} />
        </Section>
        <Section title={words.waiting} lead={words.waitingLead}>
          {longest.length === 0 ? (
            <p>{words.nobodyWaits}</p>
          ) : (
            <Columns>
              <Waits waits={waits} all={all} hrefOf={(stage) => paths.officeWaiting({ ...at, stage })} />
              <Stack>
                <WaitingList rows={longest} />
                <Actions>
                  <ButtonLink href={paths.officeWaiting(at)}>{words.waitingAll}</ButtonLink>
                </Actions>
              </Stack>
            </Columns>
          )}
        </Section>
        {tickets && <Tickets {...tickets} />}
        <Stack>
          <Below below={below} />
          <Pager page={page} pages={pages} hrefOf={(to) => paths.office({ ...at, page: to })} />
        </Stack>
      </Stack>
    </PortalPage>
  );
}

function Waits({ waits, all, hrefOf }: { waits: readonly StageWait[]; all: number; hrefOf: (stage: Stage) => string }) {
  const sorted = stages.flatMap((stage) => waits.find((wait) => wait.stage === stage) ?? []);
  return (
    <Table
      caption={words.waitingTable}
      columns={(["stage", "count", "median", "longest"] as const).map((key) => ({ key, label: words.waitingColumns[key], ...(key !== "stage" && { align: "end" as const }) }))}
      rows={sorted.map(({ stage, count, median, longest }) => ({
        key: stage,
        cells: { stage: <a href={hrefOf(stage)}>{stageNames[stage]}</a>, count: words.waitingRow({ count }, all), median: words.days(median), longest: words.days(longest) },
      }))}
    />
  );
}

/** Stairwells with where they wait and since when, each the way to its desk page. */
export function WaitingList({ rows }: { rows: readonly WaitingRow[] }) {
  return (
    <LinkList
      rows={rows.map(({ code, community, building, entrance, committee, stage, stageSince, sideState, days }) => ({
        href: paths.deskStairwell(code),
        title: `${community} ${building}${entrance}`,
        detail: `${words.since(stageNames[stage], stageSince, days)} · ${committee}`,
        badge: sideState && <Badge tone="amber">{sideStateNames[sideState]}</Badge>,
      }))}
    />
  );
}

const ticketFigures = ["opened", "inTime", "solved", "reopened", "overdue"] as const;

function Tickets({ since, rows }: NonNullable<OfficePageProps["tickets"]>) {
  const { title, lead, none, table, all, columns } = words.tickets;
  const asked = rows.filter(({ opened }) => opened > 0);
  const sum = Object.fromEntries(ticketFigures.map((figure) => [figure, asked.reduce((total, row) => total + row[figure], 0)]));
  return (
    <Section title={title} lead={lead(since)}>
      {asked.length === 0 ? (
        <p>{none}</p>
      ) : (
        <Table
          caption={table}
          narrow="scroll"
          columns={(["committee", ...ticketFigures] as const).map((key) => ({ key, label: columns[key], ...(key !== "committee" && { align: "end" as const }) }))}
          rows={[
            ...asked.map((row) => ({ key: row.committee, cells: { ...row } })),
            { key: "all", cells: { committee: <b>{all}</b>, ...sum } },
          ]}
        />
      )}
    </Section>
  );
}

function Below({ below }: Pick<OfficePageProps, "below">) {
  if (below.kind === "committees") {
    return (
      <Breakdown
        caption={progress.byCommittee}
        first={progress.table.committee}
        rows={below.rows.map((row) => ({ key: String(row.id), name: row.name, href: paths.office({ committee: row.id }), counts: row }))}
      />
    );
  }
  if (below.kind === "communities") {
    return (
      <Breakdown
        caption={progress.byCommunity}
        first={progress.table.community}
        rows={below.rows.map((row) => ({ key: row.code, name: row.name, href: paths.office({ community: row.code }), counts: row }))}
      />
    );
  }
  const columns = words.stairwellColumns;
  return (
    <Table
      caption={words.stairwells}
      columns={[
        { key: "name", label: columns.name },
        { key: "standing", label: columns.standing },
        { key: "since", label: columns.since, align: "end" },
        { key: "willing", label: columns.willing, align: "end" },
        { key: "filed", label: columns.filed, align: "end" },
      ]}
      rows={below.rows.map((row) => ({
        key: row.code,
        cells: {
          name: <a href={paths.deskStairwell(row.code)}>{`${row.building}${doorName(row.entrance)}`}</a>,
          standing: <StandingBadge standing={row} />,
          since: words.days(row.days),
          willing: words.of(row.willing, row.flats),
          filed: words.of(row.filed, row.flats),
        },
      }))}
    />
  );
}
