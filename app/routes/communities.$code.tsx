import { redirect, type LinksFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { drawMap, isLocated, markOfStairwell, textOfStairwell, type MapMark } from "#app/domain/map.ts";
import { toPublicRow } from "#app/domain/public-view.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { feedWords } from "#app/i18n/zh-CN/feed.ts";
import { doorName } from "#app/i18n/zh-CN/places.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { CommunityPage } from "#app/ui/community-page.tsx";
import houseStyles from "#app/ui/house-grid.css?url";
import mapStyles from "#app/ui/map.css?url";
import { readCommunity } from "#db/queries/communities.server.ts";
import { listMapStairwells } from "#db/queries/map.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const links: LinksFunction = () => [houseStyles, mapStyles].map((href) => ({ rel: "stylesheet", href }));

export const meta: MetaFunction<typeof loader> = ({ data }) => 
  data
    ? [
        { title: site.title(data.community.name) },
        { tagName: "link", rel: "alternate", type: "application/atom+xml", title: feedWords.community(data.community.name), href: paths.communityFeed(data.community.code) },
      ]
    : [];

export async function loader({ params: { code = "" }, context: { db, now, keep } }: LoaderFunctionArgs) {
  if (code !== code.toUpperCase()) throw redirect(paths.community(encodeURIComponent(code.toUpperCase())), 301);
  const found = await readCommunity(db, code);
  if (!found) throw new Response(null, { status: 404 });
  const stairwells = found.stairwells.map((row) => toPublicRow(row, now));
  if (!stairwells.some(({ consultation }) => consultation === "open")) keep(["district", ...found.stairwells.map(({ id }) => `stairwell:${id}`)]);
  const places = (await listMapStairwells(db, code)).filter(isLocated);
  const discs = places.map(({ code: stairwell, entrance, lon, lat, ...standing }) => ({
    lon, lat, href: paths.stairwell(stairwell), text: textOfStairwell(entrance, markOfStairwell(standing)), name: doorName(entrance), mark: markOfStairwell(standing),
  }));
  return {
    community: found.community, stairwells, asOf: now,
    map: discs.length < 2 ? null : drawMap(discs),
    marks: (["in-use", "A", "B", "C", "building", "under-way", "wishing"] satisfies MapMark[]).filter((mark) => discs.some((disc) => disc.mark === mark)),
  };
}

export default function Community() {
  return <CommunityPage {...useLoaderData<typeof loader>()} />;
}
