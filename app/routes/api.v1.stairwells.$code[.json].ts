import { json, type LoaderFunctionArgs } from "@remix-run/node";
import { dataOf } from "#app/domain/public-data.ts";
import { toPublic } from "#app/domain/public-view.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { findStairwell } from "#db/queries/stairwells.server.ts";

export const handle: RouteHandle = { policy: "public" };

/** The public page of a stairwell as data. */
export async function loader({ params: { code = "" }, context: { db, now, keep } }: LoaderFunctionArgs) {
  const facts = await findStairwell(db, code);
  if (!facts) return json({ error: "unknown stairwell", code }, { status: 404 });
  keep([`stairwell:${facts.id}`]);
  return json(dataOf(toPublic(facts, now)));
}
