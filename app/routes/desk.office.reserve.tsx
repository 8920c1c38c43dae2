import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { byPriority, priorityOf } from "#app/domain/priority.ts";
import { pagesOf, progressQuery } from "#app/domain/progress.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { subdistrictOf } from "#app/http/desk.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { office } from "#app/i18n/zh-CN/office.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { OfficeReserve } from "#app/ui/office-lists.tsx";
import { listWaitingReserve } from "#db/queries/office.server.ts";
import { readSetting } from "#db/queries/settings.server.ts";

export const handle: RouteHandle = { policy: "office" };

const PER_PAGE = 50;

export const meta: MetaFunction = () => [{ title: site.title(office.reserve.title) }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { db, now } = context;
  const asked = progressQuery.pick({ page: true }).safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) throw new Response(null, { status: 400 });
  const { page } = asked.data;
  const subdistrictId = subdistrictOf(context);
  const [weights, waiting] = await Promise.all([readSetting(db, subdistrictId, "priority-weights", shanghaiDay(now)), listWaitingReserve(db, { subdistrictId })]);
  const ranked = byPriority(waiting.map((row) => ({ ...row, ...priorityOf(row, weights) }))).map((row, index) => ({ ...row, rank: index + 1 }));
  const pages = pagesOf(ranked.length, PER_PAGE);
  if (page > pages) throw new Response(null, { status: 404 });
  return { count: ranked.length, rows: ranked.slice((page - 1) * PER_PAGE, page * PER_PAGE), weights, asOf: now, page, pages };
}

export default function Reserve() {
  return <OfficeReserve {...useLoaderData<typeof loader>()} />;
}
