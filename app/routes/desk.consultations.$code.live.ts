import type { LoaderFunctionArgs } from "@remix-run/node";
import type { RouteHandle } from "#app/http/who-may.server.ts";

export const handle: RouteHandle = { policy: "committee-of-consultation" };

/** Says that the consultation changed, never what, for as long as the board is open. */
export function loader({ params, context }: LoaderFunctionArgs) {
  return context.followConsultation(params["code"] ?? "");
}
