import { json, redirect, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { readCosts, USUAL_TOTAL } from "#app/http/cost.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { cost } from "#app/i18n/zh-CN/cost.ts";
import { plans } from "#app/i18n/zh-CN/plans.ts";
import { stairwellName } from "#app/i18n/zh-CN/places.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { CostPage } from "#app/ui/cost-page.tsx";
import { findPlace } from "#db/queries/flats.server.ts";
import { listPlans } from "#db/queries/plans.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction<typeof loader> = ({ data }) => (data ? [{ title: site.title(`${data.place.name} ${cost.title}`) }] : []);

/** The same calculator with the stairwell's own floors and the price of its first plan. */
export async function loader({ params: { code = "" }, request, context }: LoaderFunctionArgs) {
  if (code !== code.toUpperCase()) throw redirect(paths.stairwellCost(code.toUpperCase()), 301);
  const found = await findPlace(context.db, code);
  if (!found) throw new Response(null, { status: 404 });
  const plan = (await listPlans(context.db, found.stairwellId)).find(({ withdrawn }) => withdrawn === null);
  const total = plan ? Math.round(plan.newest.priceFen / 100) : USUAL_TOTAL;
  const { page, status } = await readCosts(request, context, { total, floors: found.floors, each: 2 });
  const place = { code, name: stairwellName(found.community, found.entrance), phone: found.phone, plan: plan ? plans.name(plan.number) : null };
  return json({ ...page, place }, { status });
}

export default function Cost() {
  return <CostPage {...useLoaderData<typeof loader>()} />;
}
