import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { pagesOf, progressQuery } from "#app/domain/progress.ts";
import { daysSince } from "#app/domain/shanghai-day.ts";
import { readOfficePart } from "#app/http/office.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { office } from "#app/i18n/zh-CN/office.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { OfficeWaiting } from "#app/ui/office-lists.tsx";
import { listLongestWaiting, listWaits } from "#db/queries/office.server.ts";

export const handle: RouteHandle = { policy: "office" };

const PER_PAGE = 50;

export const meta: MetaFunction = () => [{ title: site.title(office.waiting) }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { db, now } = context;
  const { part, scope, stage, page } = await readOfficePart(context, request, progressQuery);
  const waits = await listWaits(db, part, now);
  const count = waits.filter((wait) => stage === undefined || wait.stage === stage).reduce((sum, wait) => sum + wait.count, 0);
  const pages = pagesOf(count, PER_PAGE);
  if (page > pages) throw new Response(null, { status: 404 });
  const rows = await listLongestWaiting(db, part, { stage, limit: PER_PAGE, offset: (page - 1) * PER_PAGE });
  return { scope, stage, asOf: now, page, pages, rows: rows.map((row) => ({ ...row, days: daysSince(row.stageSince, now) })) };
}

export default function Waiting() {
  const { stage, ...shown } = useLoaderData<typeof loader>();
  return <OfficeWaiting {...shown} stage={stage} />;
}
