import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { byCommittee, pagesOf, progressQuery, sumProgress } from "#app/domain/progress.ts";
import { publicTrendMeasures, toPublicRow } from "#app/domain/public-view.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { trendOf } from "#app/domain/trend.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { progress } from "#app/i18n/zh-CN/progress.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { stageNames } from "#app/i18n/zh-CN/stages.ts";
import { ProgressPage, type ProgressPageProps } from "#app/ui/progress-page.tsx";
import { StageListPage, type StageListPageProps } from "#app/ui/stage-list-page.tsx";
import trendStyles from "#app/ui/trend.css?url";
import { countStepsByMonth } from "#db/queries/office.server.ts";
import { listProgress } from "#db/queries/progress.server.ts";
import { listStairwells } from "#db/queries/stairwells.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const links: LinksFunction = () => [{ rel: "stylesheet", href: trendStyles }];

const PER_PAGE = 50;
const MONTHS = 24;

type Shown = ({ kind: "counts" } & ProgressPageProps) | ({ kind: "list" } & StageListPageProps);

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  if (!data) return [];
  const { committee, community } = data.scope;
  const part = community?.name ?? committee?.name;
  const page = data.kind === "list" ? progress.list.title(stageNames[data.stage]) : progress.title;
  return [{ title: site.title(part ? `${part} · ${page}` : page) }];
};

export async function loader({ request, context: { db, now, subdistrictName, keep } }: LoaderFunctionArgs): Promise<Shown> {
  const asked = progressQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) throw new Response(null, { status: 400 });
  const { committee: committeeId, community: communityCode, stage, page } = asked.data;
  const rows = await listProgress(db, { committee: committeeId, community: communityCode });
  const [first] = rows;
  const part = committeeId !== undefined || communityCode !== undefined;
  if (part && !first) throw new Response(null, { status: 404 });
  const scope = {
    committee: part && first ? { id: first.committeeId, name: first.committee, phone: first.phone } : undefined,
    community: communityCode !== undefined && first ? { code: first.code, name: first.name } : undefined,
  };
  const counts = sumProgress(rows);
  if (stage === undefined) {
    keep(["district"], ["committee", "community"]);
    const committees = part ? [] : byCommittee(rows).map((committee) => ({ ...committee, communities: [] }));
    // The few stairwells of a community are in its list, with their days.
    const trend = communityCode === undefined ? trendOf(publicTrendMeasures, await countStepsByMonth(db, { committee: committeeId }), shanghaiDay(now), MONTHS) : null;
    return { kind: "counts", scope, subdistrict: subdistrictName, counts, committees, communities: part ? rows : [], trend, asOf: now };
  }
  const pages = pagesOf(counts.stages[stage], PER_PAGE);
  if (page > pages) throw new Response(null, { status: 404 });
  const filter = { community: communityCode, committee: committeeId, stage, order: "newest-stage" as const };
  const listed = await listStairwells(db, { ...filter, limit: PER_PAGE, offset: (page - 1) * PER_PAGE });
  const stairwells = listed.map((row) => toPublicRow(row, now));
  if (!stairwells.some(({ consultation }) => consultation === "open")) keep(["district", ...listed.map(({ id }) => `stairwell:${id}`)], ["stage", "committee", "community", "page"]);
  return {
    kind: "list", scope, stage, page, pages, stairwells,
    count: counts.stages[stage],
    all: counts.stairwells,
  };
}

export default function Progress() {
  const shown = useLoaderData<typeof loader>() as Shown;
  return shown.kind === "list" ? <StageListPage {...shown} /> : <ProgressPage {...shown} />;
}
