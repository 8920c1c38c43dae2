import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { readCosts, USUAL_TOTAL } from "#app/http/cost.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { cost } from "#app/i18n/zh-CN/cost.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { CostPage } from "#app/ui/cost-page.tsx";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction = () => [{ title: site.title(cost.title) }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { page, status } = await readCosts(request, context, { total: USUAL_TOTAL, floors: 6, each: 2 });
  return json(page, { status });
}

export default function Cost() {
  return <CostPage {...useLoaderData<typeof loader>()} />;
}
