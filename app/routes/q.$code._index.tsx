import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { readSlip } from "#app/http/slip.server.ts";
import { flatsOf, type RouteHandle } from "#app/http/who-may.server.ts";
import { intent } from "#app/i18n/zh-CN/intent.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { SlipPage, SlipRefused } from "#app/ui/slip-pages.tsx";
import { listOpenFor } from "#db/queries/ballots.server.ts";
import { findPlace } from "#db/queries/flats.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data && "place" in data ? site.title(`${data.place.community} ${data.place.entrance} ${data.room}`) : site.errorTitle(intent.slipRefused[data?.refused ?? 404].title) },
];

/** The QR of a flat's slip: what it is for. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const slip = await readSlip(context, params["code"] ?? "");
  if (typeof slip === "number") return json({ refused: slip }, { status: slip });
  const [place, open] = await Promise.all([findPlace(context.db, slip.stairwell), listOpenFor(context.db, slip.flatId, context.now)]);
  if (!place) throw new Response(null, { status: 404 });
  const bound = context.actor ? flatsOf(context.actor).includes(slip.flatId) : false;
  return json({ place, room: slip.room, code: slip.code, open: open[0] ?? null, bound });
}

export default function Slip() {
  const slip = useLoaderData<typeof loader>();
  return "refused" in slip ? <SlipRefused status={slip.refused} /> : <SlipPage {...slip} />;
}
