import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { flatsOf, type RouteHandle } from "#app/http/who-may.server.ts";
import { me } from "#app/i18n/zh-CN/me.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { MyFlats } from "#app/ui/my-flats.tsx";
import { listMyConsultations, listMyFlats } from "#db/queries/accounts.server.ts";

export const handle: RouteHandle = { policy: "signed-in" };

export const meta: MetaFunction = () => [{ title: site.title(me.title) }];

export async function loader({ context }: LoaderFunctionArgs) {
  const mine = context.actor ? flatsOf(context.actor) : [];
  const [flats, consultations] = await Promise.all([listMyFlats(context.db, mine), listMyConsultations(context.db, mine, context.now)]);
  return {
    name: context.actor?.name ?? "",
    flats: flats.map((flat) => ({ ...flat, consultations: consultations.filter(({ flatId }) => flatId === flat.id) })),
  };
}

export default function Me() {
  return <MyFlats {...useLoaderData<typeof loader>()} />;
}
