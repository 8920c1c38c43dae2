import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { deskConsultationsQuery } from "#app/domain/desk-list.ts";
import { deskScope } from "#app/http/desk.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { consultationList } from "#app/i18n/zh-CN/today.ts";
import { DeskConsultations } from "#app/ui/desk-consultations.tsx";
import { listConsultations } from "#db/queries/consultations.server.ts";
import { listDeskCommunities } from "#db/queries/desk.server.ts";

export const handle: RouteHandle = { policy: "staff" };

export const meta: MetaFunction = () => [{ title: site.title(consultationList.title) }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const given = Object.fromEntries([...new URL(request.url).searchParams].filter(([, value]) => value !== ""));
  const asked = deskConsultationsQuery.safeParse(given);
  if (!asked.success) throw new Response(null, { status: 400 });
  const scope = deskScope(context);
  const mayAct = scope.committeeIds.length > 0;
  const [{ consultations, pages }, communities] = await Promise.all([listConsultations(context.db, scope, asked.data), listDeskCommunities(context.db, scope)]);
  if (asked.data.page > pages) throw new Response(null, { status: 404 });
  return {
    ...asked.data, mayAct, pages, now: context.now.toISOString(),
    communities: communities.map(({ code, name }) => ({ code, name })),
    // The office learns how a vote ended once it has, never how ballots come in.
    consultations: consultations.map(({ code, scope: who, community, building, entrance, state, closesAt, passed, flats, returned }) => ({
      code, scope: who, community, building, entrance, state, closesAt, passed, ...(mayAct && { flats, returned }),
    })),
  };
}

export default function Consultations() {
  return <DeskConsultations {...useLoaderData<typeof loader>()} />;
}
