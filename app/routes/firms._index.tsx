import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { shownFirm } from "#app/http/shown-firm.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { firms } from "#app/i18n/zh-CN/firms.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { FirmsPage } from "#app/ui/firms-pages.tsx";
import { listFirmProjects, listFirms } from "#db/queries/firms.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction = () => [{ title: site.title(firms.title) }];

/** Validity and lateness change with the clock, which touches no tag: this page is not kept. */
export async function loader({ context: { db, now } }: LoaderFunctionArgs) {
  const [all, projects] = await Promise.all([listFirms(db, null), listFirmProjects(db, null)]);
  return { firms: all.map((firm) => shownFirm(firm, projects, now)) };
}

export default function Firms() {
  return <FirmsPage {...useLoaderData<typeof loader>()} />;
}
