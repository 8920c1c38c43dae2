import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { drawsStairwells, reachOf, stairwellReach, sumProgress } from "#app/domain/progress.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { home } from "#app/i18n/zh-CN/home.ts";
import { stairwellName } from "#app/i18n/zh-CN/places.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { HomePage, type HomePageProps } from "#app/ui/home-page.tsx";
import { listProgress, listStairwellProgress } from "#db/queries/progress.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction = () => [{ title: site.title(home.metaTitle) }, { name: "description", content: home.description }];

export async function loader({ context: { db, now, hotline, subdistrictName, keep } }: LoaderFunctionArgs) {
  const rows = await listProgress(db);
  keep(["district"]);
  const counts = sumProgress(rows);
  const drawn: HomePageProps["drawn"] = drawsStairwells(rows.length, counts.stairwells)
    ? { of: "stairwells", houses: (await listStairwellProgress(db)).map((one) => stairwellReach(one, stairwellName(one.community, one.entrance))) }
    : { of: "communities", houses: rows.map(reachOf) };
  return { subdistrict: subdistrictName, hotline, counts, drawn, asOf: now };
}

export default function Home() {
  return <HomePage {...useLoaderData<typeof loader>()} />;
}
