import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { deskScope } from "#app/http/desk.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { exportWords } from "#app/i18n/zh-CN/exports.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { ExportsPage } from "#app/ui/exports-page.tsx";
import { countExportRows } from "#db/queries/exports.server.ts";

export const handle: RouteHandle = { policy: "staff" };

export const meta: MetaFunction = () => [{ title: site.title(exportWords.title) }];

export function loader({ context }: LoaderFunctionArgs) {
  return countExportRows(context.db, deskScope(context));
}

export default function Exports() {
  return <ExportsPage {...useLoaderData<typeof loader>()} />;
}
