import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { stairwellsOf } from "#app/http/desk.server.ts";
import { withLate } from "#app/http/ticket.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { tickets } from "#app/i18n/zh-CN/tickets.ts";
import { SiteTickets } from "#app/ui/site-tickets.tsx";
import { listAskedTickets } from "#db/queries/tickets.server.ts";

export const handle: RouteHandle = { policy: "builder" };

export const meta: MetaFunction = () => [{ title: site.title(tickets.site.title) }];

export async function loader({ context }: LoaderFunctionArgs) {
  const asked = (["contractor", "agent"] as const).flatMap((party) => stairwellsOf(context, party).map((stairwellId) => ({ stairwellId, party })));
  return { tickets: withLate(context, await listAskedTickets(context.db, asked)) };
}

export default function Tickets() {
  return <SiteTickets {...useLoaderData<typeof loader>()} />;
}
