import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { grouped, pagesOf, progressQuery } from "#app/domain/progress.ts";
import { toPublicRow } from "#app/domain/public-view.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { publicWords } from "#app/i18n/zh-CN/public.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { ReservePage } from "#app/ui/reserve-page.tsx";
import { countStairwells, listStairwells } from "#db/queries/stairwells.server.ts";

export const handle: RouteHandle = { policy: "public" };

/** Communities on one page of the list. */
const PER_PAGE = 12;

export const meta: MetaFunction = () => [{ title: site.title(publicWords.reserve.title) }];

export async function loader({ request, context: { db, now, keep } }: LoaderFunctionArgs) {
  const asked = progressQuery.pick({ page: true }).safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) throw new Response(null, { status: 400 });
  const { page } = asked.data;
  const [listed, stairwells] = await Promise.all([listStairwells(db, { reserve: true, order: "newest-reserve" }), countStairwells(db)]);
  const communities = [...grouped(listed, ({ communityCode }) => communityCode).values()];
  const pages = pagesOf(communities.length, PER_PAGE);
  if (page > pages) throw new Response(null, { status: 404 });
  const shown = communities.slice((page - 1) * PER_PAGE, page * PER_PAGE);
  const ids = shown.flat().map(({ id }) => `stairwell:${id}`);
  const groups = shown.map((rows) => ({
    code: rows[0].communityCode,
    name: rows[0].community,
    committee: rows[0].committee,
    stairwells: rows.map((row) => toPublicRow(row, now)),
  }));
  if (!groups.some((group) => group.stairwells.some(({ consultation }) => consultation === "open"))) keep(["district", ...ids], ["page"]);
  return { communities: groups, counts: { reserve: listed.length, stairwells, communities: communities.length }, page, pages };
}

export default function Reserve() {
  return <ReservePage {...useLoaderData<typeof loader>()} />;
}
