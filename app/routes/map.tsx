import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { drawMap, isLocated, markOfStage, type MapMark } from "#app/domain/map.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { map } from "#app/i18n/zh-CN/map.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { MapPage } from "#app/ui/map-page.tsx";
import styles from "#app/ui/map.css?url";
import { listMapCommunities } from "#db/queries/map.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction = () => [{ title: site.title(map.title) }];

export const links: LinksFunction = () => [{ rel: "stylesheet", href: styles }];

export async function loader({ context: { db, now, keep } }: LoaderFunctionArgs) {
  const communities = (await listMapCommunities(db)).map((community, index) => ({ ...community, number: index + 1 }));
  const located = communities.filter(isLocated);
  keep(["district"]);
  return {
    drawn:
      located.length === 0
        ? null
        : drawMap(located.map(({ code, name, number, stage, lon, lat }) => ({ lon, lat, href: paths.community(code), text: String(number), name, mark: markOfStage(stage) }))),
    marks: (["in-use", "building", "under-way", "wishing", "none"] satisfies MapMark[]).filter((mark) => communities.some(({ stage }) => markOfStage(stage) === mark)),
    communities: communities.map(({ code, name, number, stairwells, inUse, stage, lon, lat }) => ({ code, name, number, stairwells, inUse, stage, located: lon !== null && lat !== null })),
    asOf: now,
  };
}

export default function Map() {
  return <MapPage {...useLoaderData<typeof loader>()} />;
}
