import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { readRowNumber } from "#app/domain/row-number.ts";
import { accountOf } from "#app/http/desk.server.ts";
import { openOpinion } from "#app/http/opinion.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { opinionWords } from "#app/i18n/zh-CN/opinions.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { MyOpinion } from "#app/ui/opinion-pages.tsx";
import { listOwnOpinions } from "#db/queries/opinions.server.ts";

export const handle: RouteHandle = { policy: "signed-in" };

export const meta: MetaFunction = () => [{ title: site.title(opinionWords.mine.title) }];

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const id = readRowNumber(params["opinion"]);
  const found = (await listOwnOpinions(context.db, accountOf(context))).find((one) => one.id === id);
  if (!found) throw new Response(null, { status: 404 });
  const { opinion } = await openOpinion(context, found);
  return { opinion, saved: new URL(request.url).searchParams.get("saved") === "yes" };
}

export default function Opinion() {
  return <MyOpinion {...useLoaderData<typeof loader>()} />;
}
