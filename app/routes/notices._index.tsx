import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { pagesOf, progressQuery } from "#app/domain/progress.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { notices } from "#app/i18n/zh-CN/notices.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { NoticesPage } from "#app/ui/notices-page.tsx";
import { countNotices, listNotices } from "#db/queries/notices.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction = () => [{ title: site.title(notices.title) }];

const PER_PAGE = 30;

export async function loader({ request, context: { db, keep } }: LoaderFunctionArgs) {
  const asked = progressQuery.pick({ page: true }).safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) throw new Response(null, { status: 400 });
  const { page } = asked.data;
  const [listed, count] = await Promise.all([listNotices(db, { limit: PER_PAGE, offset: (page - 1) * PER_PAGE }), countNotices(db)]);
  const pages = pagesOf(count, PER_PAGE);
  if (page > pages) throw new Response(null, { status: 404 });
  keep(["district"], ["page"]);
  return {
    notices: listed.map(({ id, title, community, stairwell, number, publishedAt, withdrawnBy }) => ({
      id, title, community, stairwell, number: number ?? 0, publishedOn: publishedAt ? shanghaiDay(publishedAt) : "", withdrawn: withdrawnBy !== null,
    })),
    page,
    pages,
  };
}

export default function Notices() {
  return <NoticesPage {...useLoaderData<typeof loader>()} />;
}
