import { redirect, type LoaderFunctionArgs } from "@remix-run/node";
import { viewCookie } from "#app/http/view.server.ts";
import { ownPath } from "#app/http/own-path.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { paths } from "#app/paths.ts";

export const handle: RouteHandle = { policy: "public" };

/** Switches between the normal and the elder view (长辈版) and goes back to the page. */
export function loader({ request, context }: LoaderFunctionArgs) {
  const url = new URL(request.url);
  const own = ownPath(url.searchParams.get("back")) ?? paths.home();
  return redirect(own, { headers: { "Set-Cookie": viewCookie(url.searchParams.get("to") === "elder" ? "elder" : "normal", context.secureCookies) } });
}
