import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { paperSizes } from "#app/domain/handouts.ts";
import { getPlace } from "#app/http/place.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { desk } from "#app/i18n/zh-CN/desk.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { DeskPoster } from "#app/ui/desk-prints.tsx";

export const handle: RouteHandle = { policy: "staff-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(desk.posterTitle) }];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const place = await getPlace({ params, context });
  const size = paperSizes.find((one) => one === new URL(request.url).searchParams.get("size")) ?? "a4";
  return { place, size, url: context.origin + paths.stairwell(place.code) };
}

export default function Poster() {
  return <DeskPoster {...useLoaderData<typeof loader>()} />;
}
