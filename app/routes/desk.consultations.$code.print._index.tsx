import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { readHandouts } from "#app/http/handouts.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { handouts } from "#app/i18n/zh-CN/handouts.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { DeskHandouts } from "#app/ui/desk-handouts.tsx";

export const handle: RouteHandle = { policy: "committee-of-consultation" };

export const meta: MetaFunction = () => [{ title: site.title(handouts.title) }];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const { consultation, stairwells, open } = await readHandouts(context, params["code"] ?? "", new URL(request.url).searchParams.get("stairwell"));
  return { consultation, stairwells, open };
}

export default function Handouts() {
  return <DeskHandouts {...useLoaderData<typeof loader>()} />;
}
