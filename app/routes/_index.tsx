import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { reachOf, sumProgress } from "#app/domain/progress.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { home } from "#app/i18n/zh-CN/home.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { HomePage } from "#app/ui/home-page.tsx";
import { listProgress } from "#db/queries/progress.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction = () => [{ title: site.title(home.metaTitle) }, { name: "description", content: home.description }];

export async function loader({ context: { db, now, hotline, subdistrictName, keep } }: LoaderFunctionArgs) {
  const rows = await listProgress(db);
  keep(["district"]);
  return { subdistrict: subdistrictName, hotline, counts: sumProgress(rows), communities: rows.map(reachOf), asOf: now };
}

export default function Home() {
  return <HomePage {...useLoaderData<typeof loader>()} />;
}
