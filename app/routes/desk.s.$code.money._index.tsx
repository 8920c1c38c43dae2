import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { flatSums, itemSums } from "#app/domain/ledger.ts";
import { getPlace } from "#app/http/place.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { money } from "#app/i18n/zh-CN/money.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { MoneyPage } from "#app/ui/money-pages.tsx";
import { listCostFlats, listPayments, listSpending } from "#db/queries/ledger.server.ts";

export const handle: RouteHandle = { policy: "money-of-stairwell" };

export const meta: MetaFunction = () => [{ title: site.title(money.title) }];

export async function loader(args: LoaderFunctionArgs) {
  const { db } = args.context;
  const place = await getPlace(args);
  const [flats, payments, spending] = await Promise.all([
    listCostFlats(db, place.stairwellId), listPayments(db, { stairwellId: place.stairwellId }), listSpending(db, place.stairwellId),
  ]);
  return {
    place,
    flats: flats.map(({ id, room }) => ({ room, ...flatSums(payments.filter(({ flatId }) => flatId === id)) })),
    total: flatSums(payments),
    spending: itemSums(spending),
    done: new URL(args.request.url).searchParams.get("done") === "charged" ? ("charged" as const) : null,
  };
}

export default function Money() {
  return <MoneyPage {...useLoaderData<typeof loader>()} />;
}
