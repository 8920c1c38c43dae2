import type { LoaderFunctionArgs } from "@remix-run/node";
import { toCsv } from "#app/domain/csv.ts";
import { dataColumns, dataRow } from "#app/domain/public-data.ts";
import { toPublicRow } from "#app/domain/public-view.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { listStairwells } from "#db/queries/stairwells.server.ts";

export const handle: RouteHandle = { policy: "public" };

/** One line a stairwell, by code. */
export async function loader({ context: { db, now, keep } }: LoaderFunctionArgs) {
  const rows = await listStairwells(db);
  keep(["district"]);
  return new Response(toCsv(dataColumns, rows.map((row) => dataRow(toPublicRow(row, now)))), {
    headers: { "Content-Type": "text/csv; charset=utf-8", "Content-Disposition": 'attachment; filename="stairwells.csv"' },
  });
}
