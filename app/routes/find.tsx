import { json, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { typedSearch } from "#app/domain/search.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { find } from "#app/i18n/zh-CN/home.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { FindPage } from "#app/ui/find-page.tsx";
import { search } from "#db/queries/search.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction<typeof loader> = ({ data: found }) => [
  { title: found?.tooLong ? site.errorTitle(site.title(find.title)) : site.title(found?.typed ? find.resultTitle(found.typed) : find.title) },
];

export async function loader({ request, context: { db, hotline, keep, limits, address } }: LoaderFunctionArgs) {
  const { typed, tooLong } = typedSearch(new URL(request.url).searchParams.get("q"));
  // What people type is not kept: it would push out the pages that many read.
  if (typed === "") keep(["district"]);
  const asks = typed !== "" && !tooLong;
  const minutes = asks ? await limits.wait("search-address", address) : null;
  const found = asks && minutes === null ? await search(db, typed) : null;
  return json({ typed, tooLong, minutes, hotline, found }, { status: tooLong ? 422 : minutes !== null ? 429 : 200 });
}

export default function Find() {
  return <FindPage {...useLoaderData<typeof loader>()} />;
}
