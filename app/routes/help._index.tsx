import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { help } from "#app/i18n/zh-CN/help.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { HelpPage } from "#app/ui/help-page.tsx";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction = () => [{ title: site.title(help.title) }];

export function loader({ context: { hotline, keep } }: LoaderFunctionArgs) {
  keep(["district"]);
  return { hotline };
}

export default function Help() {
  return <HelpPage {...useLoaderData<typeof loader>()} />;
}
