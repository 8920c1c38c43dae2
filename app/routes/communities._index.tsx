import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { byLetter, sumProgress } from "#app/domain/progress.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { publicWords } from "#app/i18n/zh-CN/public.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { CommunitiesPage } from "#app/ui/communities-page.tsx";
import { listProgress } from "#db/queries/progress.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction = () => [{ title: site.title(publicWords.communitiesPage.title) }];

export async function loader({ context: { db, keep } }: LoaderFunctionArgs) {
  const rows = await listProgress(db);
  keep(["district"]);
  return { letters: byLetter(rows), stairwells: sumProgress(rows).stairwells };
}

export default function Communities() {
  return <CommunitiesPage {...useLoaderData<typeof loader>()} />;
}
