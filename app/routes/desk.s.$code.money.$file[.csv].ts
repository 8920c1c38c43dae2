import type { LoaderFunctionArgs } from "@remix-run/node";
import { download } from "#app/http/download.server.ts";
import { paymentsSheet, spendingSheet } from "#app/http/money-sheets.server.ts";
import { getPlace } from "#app/http/place.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { money } from "#app/i18n/zh-CN/money.ts";
import { listCostFlats, listPayments, listSpending } from "#db/queries/ledger.server.ts";

export const handle: RouteHandle = { policy: "money-of-stairwell" };

/** All entries of the payments or of the spending, corrected ones included. */
export async function loader(args: LoaderFunctionArgs) {
  const { code, stairwellId } = await getPlace(args);
  const { db } = args.context;
  if (args.params["file"] === "payments") {
    const flats = await listCostFlats(db, stairwellId);
    return download(money.file.payments(code), "csv", [paymentsSheet(flats, await listPayments(db, { stairwellId }))]);
  }
  if (args.params["file"] === "spending") return download(money.file.spending(code), "csv", [spendingSheet(await listSpending(db, stairwellId))]);
  throw new Response(null, { status: 404 });
}
