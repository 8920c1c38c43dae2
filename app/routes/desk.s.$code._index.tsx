import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { twoThirdsOf } from "#app/domain/stages.ts";
import { isOfCommittee, readFiled } from "#app/http/desk.server.ts";
import { getPlace } from "#app/http/place.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { DeskStairwell } from "#app/ui/desk-stairwell.tsx";
import { listConsultationsOfStairwell } from "#db/queries/consultations.server.ts";
import { listFlatsWithIntent, listIntentHistory, listOwnerQuestions } from "#db/queries/desk.server.ts";
import { findConsent } from "#db/queries/plans.server.ts";

export const handle: RouteHandle = { policy: "staff-of-stairwell" };

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: site.title(data ? `${data.place.community} ${data.place.entrance}` : "") }];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const place = await getPlace({ params, context });
  const mayFile = isOfCommittee(context, place.committeeId);
  const [flats, history, questions, consultations, consent] = await Promise.all([
    listFlatsWithIntent(context.db, place.stairwellId),
    mayFile ? listIntentHistory(context.db, { stairwellId: place.stairwellId }) : [],
    listOwnerQuestions(context.db, place.stairwellId),
    listConsultationsOfStairwell(context.db, place.stairwellId),
    findConsent(context.db, place.stairwellId),
  ]);
  const willing = flats.filter((flat) => flat.choice === "willing").length;
  const filed = readFiled(new URL(request.url), "room");
  return {
    place,
    mayFile,
    // The office sees how many, not who.
    flats: flats.map((flat) => (mayFile ? flat : { ...flat, choice: null, worry: null, needsHelp: null })),
    counts: { flats: flats.length, filed: flats.filter((flat) => flat.choice !== null).length, willing, need: twoThirdsOf(flats.length) },
    history: history.map((row) => ({ ...row, filedAt: row.filedAt.toISOString() })),
    openQuestions: questions.filter((q) => q.answer === null).length,
    consultations,
    renewal: consent?.changes ?? [],
    filed: filed && { ...filed, told: readTold(new URL(request.url)) },
    roll: readStored(new URL(request.url)),
  };
}

/** How many phones were told of what was filed for somebody. */
function readTold({ searchParams }: URL): number | null {
  const told = searchParams.get("told");
  return told && /^\d{1,2}$/.test(told) ? Number(told) : null;
}

/** What has just become of a roll. */
function readStored(url: URL): "stored" | "unchanged" | null {
  const roll = url.searchParams.get("roll");
  return roll === "stored" || roll === "unchanged" ? roll : null;
}

export default function Stairwell() {
  return <DeskStairwell {...useLoaderData<typeof loader>()} />;
}
