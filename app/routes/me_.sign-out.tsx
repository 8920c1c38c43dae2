import { redirect, type ActionFunctionArgs } from "@remix-run/node";
import { bringsToken } from "#app/http/forms.server.ts";
import { endedSessionCookie } from "#app/http/session.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { paths } from "#app/paths.ts";
import { signOutEverywhere } from "#app/use-cases/account/sign-out.server.ts";

export const handle: RouteHandle = { policy: "signed-in" };

export const loader = () => redirect(paths.me());

/** Signs out on every phone and computer. A form of a session before this one leads back to the page of this one. */
export async function action({ request, context }: ActionFunctionArgs) {
  const { actor } = context;
  if (!actor) throw new Response(null, { status: 403 });
  if (!(await bringsToken(request))) return redirect(paths.me());
  await signOutEverywhere(context, actor);
  return redirect(paths.home(), { headers: { "Set-Cookie": endedSessionCookie(context.secureCookies) } });
}
