import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { MOST_PLANS } from "#app/domain/plan.ts";
import { toPublicPlans } from "#app/domain/public-plans.ts";
import { isOfCommittee } from "#app/http/desk.server.ts";
import { getPlace } from "#app/http/place.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { planDesk, plans } from "#app/i18n/zh-CN/plans.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { DeskPlans } from "#app/ui/desk-plans.tsx";
import { findConsent, listPlans, listPlanVotes } from "#db/queries/plans.server.ts";

export const handle: RouteHandle = { policy: "staff-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(planDesk.title) }];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const place = await getPlace({ params, context });
  const [all, votes, consent] = await Promise.all([
    listPlans(context.db, place.stairwellId), listPlanVotes(context.db, place.stairwellId), findConsent(context.db, place.stairwellId),
  ]);
  const said = new URL(request.url).searchParams.get("done");
  return {
    place,
    mayAct: isOfCommittee(context, place.committeeId),
    plans: toPublicPlans(all).map((plan, index) => ({ ...plan, by: all[index]?.newest.by ?? "" })),
    voted: votes.flatMap(({ number, publishedAt }) => (number !== null && publishedAt === null ? [number] : [])),
    renewal: consent && consent.changes.length > 0 ? plans.changes(consent.changes, consent.voted, consent.newest) : null,
    mayAdd: all.filter(({ withdrawn }) => withdrawn === null).length < MOST_PLANS,
    done: (["saved", "withdrawn"] as const).find((known) => known === said) ?? null,
  };
}

export default function Plans() {
  return <DeskPlans {...useLoaderData<typeof loader>()} />;
}
