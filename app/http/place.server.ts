import type { LoaderFunctionArgs } from "@remix-run/node";
import { findPlace, type Place } from "#db/queries/flats.server.ts";

/**
 * The stairwell of the address.
 *
 * @throws Response 404 where there is none
 */
export async function getPlace({ params, context }: Pick<LoaderFunctionArgs, "params" | "context">): Promise<Place> {
  const place = await findPlace(context.db, params["code"] ?? "");
  if (!place) throw new Response(null, { status: 404 });
  return place;
}
