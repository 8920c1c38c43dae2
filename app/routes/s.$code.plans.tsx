import { redirect, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { toPublicPlans } from "#app/domain/public-plans.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { plans } from "#app/i18n/zh-CN/plans.ts";
import { stairwellName } from "#app/i18n/zh-CN/places.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { PlansPage } from "#app/ui/plans-page.tsx";
import { findPlace } from "#db/queries/flats.server.ts";
import { findConsent, listPlans, listPlanVotes, listPublicPages } from "#db/queries/plans.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data ? [{ title: site.title(`${stairwellName(data.place.community, data.place.entrance)} ${plans.title}`) }] : [];

export async function loader({ params: { code = "" }, context: { db, keep } }: LoaderFunctionArgs) {
  if (code !== code.toUpperCase()) throw redirect(paths.plans(encodeURIComponent(code.toUpperCase())), 301);
  const place = await findPlace(db, code);
  if (!place) throw new Response(null, { status: 404 });
  keep([`stairwell:${place.stairwellId}`, "district"]);
  const [all, votes, consent] = await Promise.all([
    listPlans(db, place.stairwellId), listPlanVotes(db, place.stairwellId), findConsent(db, place.stairwellId),
  ]);
  const { community, communityCode, entrance, phone, floors } = place;
  return {
    place: { code, community, communityCode, entrance, phone, floors },
    plans: toPublicPlans(all),
    votes: votes.flatMap(({ number, version, publishedAt, passed }) =>
      number === null || version === null ? [] : [{ number, version, state: publishedAt === null ? ("running" as const) : passed ? ("passed" as const) : ("failed" as const) }],
    ),
    renewal: consent && consent.changes.length > 0 ? plans.changes(consent.changes, consent.voted, consent.newest) : null,
    pages: await listPublicPages(db, all.flatMap(({ newest }) => newest.drawing ?? [])),
  };
}

export default function Plans() {
  return <PlansPage {...useLoaderData<typeof loader>()} />;
}
