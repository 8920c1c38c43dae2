import type { LoaderFunctionArgs } from "@remix-run/node";
import { findPlace } from "#db/queries/flats.server.ts";
import { listPlans } from "#db/queries/plans.server.ts";
import { isOfCommittee } from "./desk.server.ts";

/**
 * The stairwell of the address and the plan that it names; null for `new`.
 *
 * @throws Response 404 for what is not there
 */
export async function shownPlan({ params, context }: Pick<LoaderFunctionArgs, "params" | "context">) {
  const place = await findPlace(context.db, params["code"] ?? "");
  if (!place) throw new Response(null, { status: 404 });
  const mayAct = isOfCommittee(context, place.committeeId);
  if (params["plan"] === "new") return { place, mayAct, plan: null };
  const plan = (await listPlans(context.db, place.stairwellId)).find(({ number }) => String(number) === params["plan"]);
  if (!plan) throw new Response(null, { status: 404 });
  return { place, mayAct, plan };
}
