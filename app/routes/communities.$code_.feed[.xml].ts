import type { LoaderFunctionArgs } from "@remix-run/node";
import { publicFeed } from "#app/domain/public-feed.ts";
import { atomResponse } from "#app/http/atom.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { feedWords } from "#app/i18n/zh-CN/feed.ts";
import { paths } from "#app/paths.ts";
import { findFeedPlace, listFeedFacts } from "#db/queries/feed.server.ts";

export const handle: RouteHandle = { policy: "public" };

/** The steps and notices of all stairwells of a community. */
export async function loader({ params: { code = "" }, context: { db, origin, keep } }: LoaderFunctionArgs) {
  const place = await findFeedPlace(db, { community: code });
  if (!place) throw new Response(null, { status: 404 });
  const entries = publicFeed(await listFeedFacts(db, { stairwellIds: place.ids }));
  keep(["district", ...place.ids.map((id) => `stairwell:${id}`)]);
  return atomResponse({ origin, entries, self: paths.communityFeed(code), page: paths.community(code), title: feedWords.community(place.community), named: true });
}
