import { redirect, type ActionFunctionArgs } from "@remix-run/node";
import { landingOf } from "#app/http/desk.server.ts";
import { bringsToken } from "#app/http/forms.server.ts";
import { endedSessionCookie, readSessionToken } from "#app/http/session.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { paths } from "#app/paths.ts";
import { signOut } from "#app/use-cases/account/sign-out.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const loader = () => redirect(paths.home());

/** Ends the session on the server, not only in the browser. A form of a session before this one leads to the pages of this one. */
export async function action({ request, context }: ActionFunctionArgs) {
  if (!(await bringsToken(request))) return redirect(landingOf(context.actor?.grants ?? []));
  const token = readSessionToken(request, context.secureCookies);
  if (token) await signOut(context, token);
  return redirect(paths.home(), { headers: { "Set-Cookie": endedSessionCookie(context.secureCookies) } });
}
