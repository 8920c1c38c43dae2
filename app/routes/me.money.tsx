import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { flatSums, itemSums } from "#app/domain/ledger.ts";
import { shownEntries } from "#app/http/shown-money.server.ts";
import { flatsOf, type RouteHandle } from "#app/http/who-may.server.ts";
import { myMoney } from "#app/i18n/zh-CN/money.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { MyMoney } from "#app/ui/my-money.tsx";
import { listMyFlats } from "#db/queries/accounts.server.ts";
import { listPayments, listSpending } from "#db/queries/ledger.server.ts";
import { readFlat } from "#db/queries/flats.server.ts";

export const handle: RouteHandle = { policy: "signed-in" };

export const meta: MetaFunction = () => [{ title: site.title(myMoney.title) }];

export async function loader({ context: { db, actor } }: LoaderFunctionArgs) {
  const mine = actor ? flatsOf(actor) : [];
  const [flats, payments] = await Promise.all([listMyFlats(db, mine), listPayments(db, { flatIds: mine })]);
  const billed = flats.filter(({ id }) => payments.some(({ flatId }) => flatId === id));
  return {
    flats: await Promise.all(
      billed.map(async ({ id, room, entrance, community }) => {
        const own = payments.filter(({ flatId }) => flatId === id);
        const sums = flatSums(own);
        const spending = sums.paidFen > 0 ? await listSpending(db, (await readFlat(db, id)).stairwellId) : null;
        return { id, room, entrance, community, sums, entries: shownEntries(own), spending: spending && { ...itemSums(spending), entries: shownEntries(spending) } };
      }),
    ),
  };
}

export default function Mine() {
  return <MyMoney {...useLoaderData<typeof loader>()} />;
}
