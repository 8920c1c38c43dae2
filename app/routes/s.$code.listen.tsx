import { redirect, type LinksFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { toPublic } from "#app/domain/public-view.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { listen } from "#app/i18n/zh-CN/listen.ts";
import { stairwellName } from "#app/i18n/zh-CN/places.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { ListenPage } from "#app/ui/listen-page.tsx";
import { spokenStairwell } from "#app/ui/stairwell-words.ts";
import readAloudStyles from "#app/ui/read-aloud.css?url";
import { findStairwell } from "#db/queries/stairwells.server.ts";

export const handle: RouteHandle = { policy: "public", scripts: true };

export const links: LinksFunction = () => [{ rel: "stylesheet", href: readAloudStyles }];

export const meta: MetaFunction<typeof loader> = ({ data }) => (data ? [{ title: site.title(`${data.place.name} ${listen.title}`) }] : []);

export async function loader({ params: { code = "" }, context: { db, now } }: LoaderFunctionArgs) {
  if (code !== code.toUpperCase()) throw redirect(paths.listen(encodeURIComponent(code.toUpperCase())), 301);
  const facts = await findStairwell(db, code);
  if (!facts) throw new Response(null, { status: 404 });
  const { community, communityCode, phone, entrance } = facts;
  return {
    place: { code, name: stairwellName(community, entrance), community, communityCode, phone },
    sentences: spokenStairwell(toPublic(facts, now)),
  };
}

export default function Listen() {
  return <ListenPage {...useLoaderData<typeof loader>()} />;
}
