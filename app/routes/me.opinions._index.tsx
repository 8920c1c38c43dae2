import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { accountOf } from "#app/http/desk.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { opinionWords } from "#app/i18n/zh-CN/opinions.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { MyOpinions } from "#app/ui/opinion-pages.tsx";
import { listOwnOpinions } from "#db/queries/opinions.server.ts";

export const handle: RouteHandle = { policy: "signed-in" };

export const meta: MetaFunction = () => [{ title: site.title(opinionWords.mine.title) }];

export async function loader({ context }: LoaderFunctionArgs) {
  const own = await listOwnOpinions(context.db, accountOf(context));
  return { opinions: own.map(({ id, title, kind, channel, receivedOn, answeredAt }) => ({ id, title, kind, channel, receivedOn, answered: answeredAt !== null })) };
}

export default function Opinions() {
  return <MyOpinions {...useLoaderData<typeof loader>()} />;
}
