import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { accountOf } from "#app/http/desk.server.ts";
import { withLate } from "#app/http/ticket.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { tickets } from "#app/i18n/zh-CN/tickets.ts";
import { MyTickets } from "#app/ui/my-tickets.tsx";
import { listMyTickets } from "#db/queries/tickets.server.ts";

export const handle: RouteHandle = { policy: "signed-in" };

export const meta: MetaFunction = () => [{ title: site.title(tickets.mine.title) }];

export async function loader({ context }: LoaderFunctionArgs) {
  return { tickets: withLate(context, await listMyTickets(context.db, accountOf(context))) };
}

export default function Tickets() {
  return <MyTickets {...useLoaderData<typeof loader>()} />;
}
