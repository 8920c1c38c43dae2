import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { firmKinds, type FirmKind } from "#app/domain/firm.ts";
import { paperSizes } from "#app/domain/handouts.ts";
import { MOST_WORKING_DAYS } from "#app/domain/ticket.ts";
import { wayBack } from "#app/http/desk.server.ts";
import { getPlace } from "#app/http/place.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { siteBoard } from "#app/i18n/zh-CN/site-board.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { SiteBoard } from "#app/ui/site-board.tsx";
import { listEngagedFirms } from "#db/queries/agreements.server.ts";
import { listDocuments } from "#db/queries/evidence.server.ts";
import { readWorks } from "#db/queries/works.server.ts";

export const handle: RouteHandle = { policy: "people-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(siteBoard.title) }];

/** Whom every site has, also while no contract is on record. */
const ALWAYS: readonly FirmKind[] = ["agent", "contractor", "supervisor"];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { db, origin, hotline, subdistrictName } = context;
  const place = await getPlace({ params, context });
  const { stairwellId } = place;
  const [firms, documents, works] = await Promise.all([listEngagedFirms(db, stairwellId), listDocuments(db, stairwellId), readWorks(db, stairwellId)]);
  const [first, last] = [works?.plan[0], works?.plan.at(-1)];
  return {
    place,
    back: wayBack(context, place),
    size: paperSizes.find((one) => one === new URL(request.url).searchParams.get("size")) ?? "a4",
    filing: documents.find(({ kind }) => kind === "filing-number")?.text ?? null,
    days: first && last ? { start: first.start, end: last.end } : null,
    firms: firmKinds.flatMap((role) => {
      const firm = firms.find((one) => one.role === role);
      return firm || ALWAYS.includes(role) ? [{ role, name: firm?.name ?? null, phone: firm?.phone ?? null }] : [];
    }),
    office: { name: subdistrictName, phone: hotline },
    answerDays: MOST_WORKING_DAYS,
    url: origin + paths.stairwell(place.code),
  };
}

export default function Board() {
  return <SiteBoard {...useLoaderData<typeof loader>()} />;
}
