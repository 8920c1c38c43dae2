import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { daysLeft, isOver } from "#app/domain/notice-clock.ts";
import { typedSearch } from "#app/domain/search.ts";
import { addDays, daysBetween, endOfDay, shanghaiDay } from "#app/domain/shanghai-day.ts";
import { accountOf, deskScope } from "#app/http/desk.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { desk } from "#app/i18n/zh-CN/desk.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { DeskToday } from "#app/ui/desk-today.tsx";
import { listSecondPersonWork } from "#db/queries/ballots.server.ts";
import { countBindingRequests } from "#db/queries/bindings.server.ts";
import { listConsultations, listConsultationsToEnd } from "#db/queries/consultations.server.ts";
import { findAtDesk, listDeskCommunities, listDeskStairwells, listOpenQuestions } from "#db/queries/desk.server.ts";
import { countIntentsToConfirm } from "#db/queries/intents.server.ts";
import { listNoticeWork } from "#db/queries/notices.server.ts";
import { listToType } from "#db/queries/paper.server.ts";
import { listSilentSites } from "#db/queries/site-silence.server.ts";
import { tallyInSql } from "#db/queries/tally-sql.server.ts";
import { countNewTickets, listDueTickets } from "#db/queries/tickets.server.ts";
import { listDoorsMissing } from "#db/queries/visits.server.ts";

export const handle: RouteHandle = { policy: "staff" };

export const meta: MetaFunction = () => [{ title: site.title(desk.today) }];

/** A consultation that closes within so many days is today's work. */
const SOON_DAYS = 7;

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { db, now } = context;
  const scope = deskScope(context);
  const me = accountOf(context);
  const mayAct = scope.committeeIds.length > 0;
  const today = shanghaiDay(now);
  const { searchParams: asked } = new URL(request.url);
  const { typed, tooLong } = typedSearch(asked.get("q"));
  const communities = await listDeskCommunities(db, scope);
  const community = communities.find(({ code }) => code === asked.get("community"))?.code ?? communities[0]?.code;
  const [toConfirm, bindings, fresh, due, secondPerson, toType, ending, doors, silent, questions, { count: running }, stairwells, planNotices, find] = await Promise.all([
    countIntentsToConfirm(db, scope),
    countBindingRequests(db, scope),
    countNewTickets(db, scope),
    listDueTickets(db, scope, today),
    listSecondPersonWork(db, scope, me),
    listToType(db, scope, me),
    listConsultationsToEnd(db, scope, endOfDay(addDays(today, SOON_DAYS))),
    listDoorsMissing(db, scope.committeeIds, { now, by: endOfDay(addDays(today, SOON_DAYS)) }),
    listSilentSites(db, scope, today),
    listOpenQuestions(db, scope),
    listConsultations(db, scope),
    listDeskStairwells(db, scope, community ?? ""),
    listNoticeWork(db, scope),
    typed === "" || tooLong ? null : findAtDesk(db, scope, typed),
  ]);
  // How ballots come in is the committee's to know, and nobody's outside.
  const tallies = mayAct ? await tallyInSql(db, ending.filter(({ state }) => state === "open").map(({ id }) => id)) : [];
  return {
    name: context.actor?.name ?? "",
    mayAct, toConfirm, bindings, secondPerson, toType, doors, questions, running, communities, community, stairwells,
    planNotices: planNotices.map((one) => ({ ...one, over: isOver(one.endsOn, now), left: daysLeft(one.endsOn, now) })),
    tickets: { fresh, due: due.length },
    silentSites: silent.map(({ since, ...one }) => ({ ...one, days: daysBetween(since, today) })),
    ending: ending.map(({ id, firstPerson, ...one }) => ({
      ...one, due: one.state === "open" && now > one.closesAt, mine: firstPerson === me, toPass: tallies.find((tally) => tally.id === id)?.result.toPass ?? null,
    })),
    find: find && { typed, ...find },
  };
}

export default function Today() {
  return <DeskToday {...useLoaderData<typeof loader>()} />;
}
