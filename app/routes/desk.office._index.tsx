import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { byCommittee, pagesOf, progressQuery, sumProgress } from "#app/domain/progress.ts";
import { liftOf } from "#app/domain/public-view.ts";
import { addDays, daysSince, shanghaiDay, startOfDay } from "#app/domain/shanghai-day.ts";
import { stageIndex } from "#app/domain/stages.ts";
import { trendMeasures, trendOf } from "#app/domain/trend.ts";
import { readOfficePart } from "#app/http/office.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { office } from "#app/i18n/zh-CN/office.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { OfficePage, type OfficePageProps } from "#app/ui/office-page.tsx";
import { findRecountRun } from "#db/queries/record-faults.server.ts";
import { countFilingsByMonth, countStepsByMonth, listLongestWaiting, listOfficeStairwells, listWaits } from "#db/queries/office.server.ts";
import { summariseTickets } from "#db/queries/tickets.server.ts";

export const handle: RouteHandle = { policy: "office" };

const MONTHS = 24;
const LONGEST = 5;
const TICKET_DAYS = 365;
/** Parts on one page. */
const PER_PAGE = 25;

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const part = data?.scope.community?.name ?? data?.scope.committee?.name;
  return [{ title: site.title(part ? `${part} · ${office.title}` : office.title) }];
};

export async function loader({ request, context }: LoaderFunctionArgs): Promise<OfficePageProps> {
  const { db, now } = context;
  const { part, scope, rows, page } = await readOfficePart(context, request, progressQuery.omit({ stage: true }));
  const counts = sumProgress(rows);
  const [filings, steps, waits, longest, run] = await Promise.all([
    countFilingsByMonth(db, part), countStepsByMonth(db, part), listWaits(db, part, now), listLongestWaiting(db, part, { limit: LONGEST }), findRecountRun(db),
  ]);
  const today = shanghaiDay(now);
  const since = addDays(today, -TICKET_DAYS);
  const tickets = scope.committee ? null : { since, rows: await summariseTickets(db, part.subdistrictId, startOfDay(since), today) };
  const committees = scope.committee ? [] : byCommittee(rows);
  const all = scope.community ? counts.stairwells : scope.committee ? rows.length : committees.length;
  const pages = pagesOf(all, PER_PAGE);
  if (page > pages) throw new Response(null, { status: 404 });
  const offset = (page - 1) * PER_PAGE;
  const shown = <T,>(list: readonly T[]) => list.slice(offset, offset + PER_PAGE);
  const waited = <T extends { stageSince: Date }>(row: T) => ({ ...row, days: daysSince(row.stageSince, now) });
  const below: OfficePageProps["below"] = scope.community
    ? {
        kind: "stairwells",
        rows: (await listOfficeStairwells(db, part, { limit: PER_PAGE, offset })).map((row) => ({ ...waited(row), stop: stageIndex(row.stage), lift: liftOf(row) })),
      }
    : scope.committee
      ? { kind: "communities", rows: shown(rows) }
      : { kind: "committees", rows: shown(committees).map((committee) => ({ ...committee, communities: [] })) };
  return {
    scope, counts, subdistrict: context.subdistrictName, asOf: now,
    trend: trendOf(trendMeasures, [...filings, ...steps], today, MONTHS),
    waits, longest: longest.map(waited), tickets, nightly: scope.committee ? undefined : (run ?? null), below, page, pages,
  };
}

export default function Office() {
  return <OfficePage {...(useLoaderData<typeof loader>() as OfficePageProps)} />;
}
