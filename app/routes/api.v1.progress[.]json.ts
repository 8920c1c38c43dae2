import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { progressData } from "#app/domain/progress.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { listProgress } from "#db/queries/progress.server.ts";

export const handle: RouteHandle = { policy: "public" };

/** The counts of the progress at every level. */
export async function loader({ context: { db, now, keep } }: LoaderFunctionArgs) {
  const rows = await listProgress(db);
  keep(["district"]);
  return json(progressData(rows, now));
}
