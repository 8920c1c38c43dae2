import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { deskScope } from "#app/http/desk.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { desk } from "#app/i18n/zh-CN/desk.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { DeskToday } from "#app/ui/desk-today.tsx";
import { listBindingRequests } from "#db/queries/bindings.server.ts";
import { listConsultations } from "#db/queries/consultations.server.ts";
import { listDeskCommunities, listDeskStairwells } from "#db/queries/desk.server.ts";
import { listIntentsToConfirm } from "#db/queries/intents.server.ts";
import { countNewTickets, listDueTickets } from "#db/queries/tickets.server.ts";

export const handle: RouteHandle = { policy: "staff" };

export const meta: MetaFunction = () => [{ title: site.title(desk.today) }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const scope = deskScope(context);
  const communities = await listDeskCommunities(context.db, scope);
  const asked = new URL(request.url).searchParams.get("community");
  const community = communities.find(({ code }) => code === asked)?.code ?? communities[0]?.code;
  const [toConfirm, bindings, consultations, stairwells, newTickets, dueTickets] = await Promise.all([
    listIntentsToConfirm(context.db, scope),
    listBindingRequests(context.db, scope),
    listConsultations(context.db, scope),
    listDeskStairwells(context.db, scope, community ?? ""),
    countNewTickets(context.db, scope),
    listDueTickets(context.db, scope, shanghaiDay(context.now)),
  ]);
  return {
    name: context.actor?.name ?? "", toConfirm: toConfirm.length, bindings: bindings.length,
    tickets: { fresh: newTickets, due: dueTickets.length },
    // How ballots come in is the committee's to know, and nobody's outside.
    consultations: consultations.map(({ code, stairwell, community: place, entrance, scope: who, state, closesAt }) => ({ code, stairwell, community: place, entrance, scope: who, state, closesAt })),
    mayAct: scope.committeeIds.length > 0, communities, community, stairwells, now: context.now.toISOString() };
}

export default function Today() {
  return <DeskToday {...useLoaderData<typeof loader>()} />;
}
