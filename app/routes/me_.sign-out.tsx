import { redirect, type ActionFunctionArgs } from "@remix-run/node";
import { endedSessionCookie } from "#app/http/session.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { paths } from "#app/paths.ts";
import { signOutEverywhere } from "#app/use-cases/account/sign-out.server.ts";

export const handle: RouteHandle = { policy: "signed-in" };

export const loader = () => redirect(paths.me());

/** Signs out on every phone and computer. */
export async function action({ context }: ActionFunctionArgs) {
  const { actor } = context;
  if (!actor) throw new Response(null, { status: 403 });
  await signOutEverywhere(context, actor);
  return redirect(paths.home(), { headers: { "Set-Cookie": endedSessionCookie(context.secureCookies) } });
}
