import { json, redirect, type HeadersFunction, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { accountOf } from "#app/http/desk.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { handouts } from "#app/i18n/zh-CN/handouts.ts";
import { problemText } from "#app/i18n/zh-CN/problems.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { StackPage } from "#app/ui/handout-stack-page.tsx";
import { findPlace } from "#db/queries/flats.server.ts";
import { findStack } from "#db/queries/handout-stacks.server.ts";

export const handle: RouteHandle = { policy: "committee-of-consultation" };

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: site.title(data?.pages ? handouts.stack.ready.title : handouts.stack.making.title) }];

/** In seconds: without scripts the browser asks again by itself. */
const AGAIN = 2;

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

export async function loader({ params, context }: LoaderFunctionArgs) {
  const { code = "", stack: id = "" } = params;
  const stack = await findStack(context.db, { consultation: code, id, accountId: accountOf(context), now: context.now });
  const place = stack && (await findPlace(context.db, stack.stairwell));
  if (!place) return redirect(paths.handouts(code, undefined, { stack: "gone" }));
  const { flat, flats, pages, endedAt, expiresAt, refused } = stack;
  const { community, building, entrance, phone } = place;
  const shown = { consultation: code, id, place: { code: place.code, community, building, entrance, phone }, flat, flats, pages, expiresAt, refused: refused && problemText(refused), again: AGAIN };
  return json(shown, endedAt ? {} : { headers: { Refresh: String(AGAIN) } });
}

export default function MadeStack() {
  return <StackPage {...useLoaderData<typeof loader>()} />;
}
