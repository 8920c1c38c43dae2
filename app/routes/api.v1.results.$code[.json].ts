import { json, type LoaderFunctionArgs } from "@remix-run/node";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { findPublishedSeal } from "#db/queries/record.server.ts";

export const handle: RouteHandle = { policy: "public" };

/** The sealed document of a published result: what `npm run check` and docs/check/check.py verify. */
export async function loader({ params: { code = "" }, context: { db, keep } }: LoaderFunctionArgs) {
  const seal = await findPublishedSeal(db, code);
  if (!seal) return json({ error: "no published result", code }, { status: 404 });
  keep([`stairwell:${seal.stairwellId}`]);
  return json(seal.document);
}
