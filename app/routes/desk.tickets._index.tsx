import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { deskTicketsQuery, statesShown } from "#app/domain/ticket.ts";
import { deskScope } from "#app/http/desk.server.ts";
import { withLate } from "#app/http/ticket.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { tickets } from "#app/i18n/zh-CN/tickets.ts";
import { DeskTickets } from "#app/ui/desk-tickets.tsx";
import { listTickets } from "#db/queries/tickets.server.ts";

export const handle: RouteHandle = { policy: "staff" };

export const meta: MetaFunction = () => [{ title: site.title(tickets.desk.title) }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const asked = deskTicketsQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!asked.success) throw new Response(null, { status: 400 });
  const { show, page } = asked.data;
  const listed = await listTickets(context.db, deskScope(context), statesShown[show], page);
  if (page > listed.pages) throw new Response(null, { status: 404 });
  return { show, page, pages: listed.pages, tickets: withLate(context, listed.tickets) };
}

export default function Tickets() {
  return <DeskTickets {...useLoaderData<typeof loader>()} />;
}
