import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { flatsOf, type RouteHandle } from "#app/http/who-may.server.ts";
import { me } from "#app/i18n/zh-CN/me.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { MyFlats } from "#app/ui/my-flats.tsx";
import { listMyFlats } from "#db/queries/accounts.server.ts";

export const handle: RouteHandle = { policy: "signed-in" };

export const meta: MetaFunction = () => [{ title: site.title(me.title) }];

export async function loader({ context }: LoaderFunctionArgs) {
  const flats = context.actor ? await listMyFlats(context.db, flatsOf(context.actor)) : [];
  return { name: context.actor?.name ?? "", flats, now: context.now.toISOString() };
}

export default function Me() {
  return <MyFlats {...useLoaderData<typeof loader>()} />;
}
