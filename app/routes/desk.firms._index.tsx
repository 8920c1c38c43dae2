import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { subdistrictOf } from "#app/http/desk.server.ts";
import { shownFirm } from "#app/http/shown-firm.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { firmDesk } from "#app/i18n/zh-CN/firms.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { DeskFirms } from "#app/ui/desk-firms.tsx";
import { listFirmProjects, listFirms } from "#db/queries/firms.server.ts";

export const handle: RouteHandle = { policy: "office" };

export const meta: MetaFunction = () => [{ title: site.title(firmDesk.title) }];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const [all, projects] = await Promise.all([listFirms(context.db, subdistrictOf(context)), listFirmProjects(context.db, null)]);
  const said = new URL(request.url).searchParams.get("done");
  return {
    firms: all.map((firm) => shownFirm(firm, projects, context.now)),
    done: (["saved", "block", "clear"] as const).find((known) => known === said) ?? null,
  };
}

export default function Firms() {
  return <DeskFirms {...useLoaderData<typeof loader>()} />;
}
