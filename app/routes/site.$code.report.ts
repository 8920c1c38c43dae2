import { json, type ActionFunctionArgs } from "@remix-run/node";
import { takeSiteReport } from "#app/http/site-report.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";

export const handle: RouteHandle = { policy: "site-of-stairwell" };

/** Takes in a report that a phone has kept until it had a network again. */
export async function action(args: ActionFunctionArgs) {
  return (await takeSiteReport(args)) ?? json({ sent: true });
}
