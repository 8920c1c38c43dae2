import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { listRulesets } from "#app/domain/ruleset.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { openData } from "#app/i18n/zh-CN/open-data.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { OpenDataPage } from "#app/ui/open-data-page.tsx";
import { listStairwells } from "#db/queries/stairwells.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction = () => [{ title: site.title(openData.title) }];

export async function loader({ context: { db, keep } }: LoaderFunctionArgs) {
  const [first] = await listStairwells(db, { limit: 1 });
  keep(["district"]);
  return { rulesets: listRulesets(), example: first?.code ?? null };
}

export default function OpenData() {
  return <OpenDataPage {...useLoaderData<typeof loader>()} />;
}
