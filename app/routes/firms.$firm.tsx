import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { readRowNumber } from "#app/domain/row-number.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { shownFirm } from "#app/http/shown-firm.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { FirmPage } from "#app/ui/firms-pages.tsx";
import { findFirm, listBlocks, listFirmProjects } from "#db/queries/firms.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction<typeof loader> = ({ data }) => (data ? [{ title: site.title(data.firm.name) }] : []);

export async function loader({ params, context: { db, now } }: LoaderFunctionArgs) {
  const firm = await findFirm(db, null, readRowNumber(params["firm"]));
  if (!firm) throw new Response(null, { status: 404 });
  const [projects, blocks] = await Promise.all([listFirmProjects(db, firm.id), listBlocks(db, firm.id)]);
  return { firm: shownFirm(firm, projects, now), blocks: blocks.map(({ at, ...block }) => ({ ...block, day: shanghaiDay(at) })) };
}

export default function FirmRoute() {
  return <FirmPage {...useLoaderData<typeof loader>()} />;
}
