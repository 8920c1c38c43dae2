import type { Priority } from "#app/domain/priority.ts";
import type { SettingValue } from "#app/domain/setting-schemas.ts";
import type { Stage } from "#app/domain/stages.ts";
import { office as words } from "#app/i18n/zh-CN/office.ts";
import { stageNames } from "#app/i18n/zh-CN/stages.ts";
import { paths } from "#app/paths.ts";
import { Card } from "./card.tsx";
import { Prose, Stack } from "./layout.tsx";
import { Empty } from "./notice.tsx";
import { officeCrumbs, WaitingList, type WaitingRow } from "./office-page.tsx";
import { Pager } from "./pager.tsx";
import { PortalPage } from "./portal-page.tsx";
import { scopeQuery, type ProgressScope } from "./progress-page.tsx";
import { Table } from "./table.tsx";

export interface OfficeWaitingProps {
  scope: ProgressScope;
  stage: Stage | undefined;
  rows: readonly WaitingRow[];
  asOf: string | Date;
  page: number;
  pages: number;
}

/** All stairwells on the way, the one that has waited longest first. */
export function OfficeWaiting({ scope, stage, rows, asOf, page, pages }: OfficeWaitingProps) {
  const title = stage ? `${words.waiting}：${stageNames[stage]}` : words.waiting;
  return (
    <PortalPage desk width="narrow" phone={scope.committee?.phone} crumbs={officeCrumbs(scope, title)} title={{ title, lead: `${words.waitingLead}${words.asOf(asOf)}。` }}>
      <Stack>
        {rows.length === 0 ? <Empty level={2} title={words.nobodyWaits} /> : <WaitingList rows={rows} />}
        <Pager page={page} pages={pages} hrefOf={(to) => paths.officeWaiting({ ...scopeQuery(scope), stage, page: to })} />
      </Stack>
    </PortalPage>
  );
}

export interface OfficeReserveProps {
  count: number;
  rows: readonly (Priority & {
    rank: number;
    code: string;
    community: string;
    building: string;
    entrance: string;
    committee: string;
    reserveSince: string | Date;
    flats: number;
    willing: number;
    floors: number;
    help: number;
  })[];
  weights: SettingValue<"priority-weights">;
  asOf: string | Date;
  page: number;
  pages: number;
}

/** The reserve in the order of need, each figure with its sum. */
export function OfficeReserve({ count, rows, weights, asOf, page, pages }: OfficeReserveProps) {
  const { reserve } = words;
  return (
    <PortalPage desk crumbs={officeCrumbs({}, reserve.title)} title={{ eyebrow: words.title, title: reserve.title, lead: reserve.lead }}>
      <Stack gap="large">
        {count === 0 ? (
          <Empty level={2} title={reserve.empty} />
        ) : (
          <Stack>
            <p>{reserve.total(count)}</p>
            <Table
              caption={reserve.table}
              columns={(["name", "rank", "score", "willing", "floors", "help", "since", "sum"] as const).map((key) => ({
                key, label: reserve.columns[key], ...(key !== "name" && key !== "sum" && { align: "end" as const }),
              }))}
              rows={rows.map((row) => ({
                key: row.code,
                cells: {
                  name: <a href={paths.deskStairwell(row.code)}>{`${row.community} ${row.building}${row.entrance}`}</a>,
                  rank: row.rank,
                  score: <b>{row.score}</b>,
                  willing: words.of(row.willing, row.flats),
                  floors: reserve.floorsOf(row.floors),
                  help: words.of(row.help, row.flats),
                  since: reserve.since(row.reserveSince),
                  sum: reserve.sum(row, weights),
                },
              }))}
            />
            <Pager page={page} pages={pages} hrefOf={(to) => paths.officeReserve(to)} />
          </Stack>
        )}
        <Card title={reserve.how} foot={words.asOf(asOf)}>
          <p>{reserve.weights(weights)}</p>
          <Prose>
            <ul>
              {reserve.points.map((point) => (
                <li key={point}>{point}</li>
              ))}
            </ul>
          </Prose>
        </Card>
      </Stack>
    </PortalPage>
  );
}
