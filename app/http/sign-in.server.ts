import { redirect } from "@remix-run/node";
import { z } from "zod";
import { paths } from "#app/paths.ts";
import type { PortalContext } from "./context.server.ts";
import { ownPath } from "./own-path.server.ts";
import { freshUntil, isFresh, newSessionToken, sessionCookie, sessionExpiry, signedCookie } from "./session.server.ts";

const Pending = z.object({ until: z.number().optional(), phone: z.string(), to: z.string().optional() });
export type PendingSignIn = z.infer<typeof Pending>;

const cookie = (context: PortalContext) => signedCookie("sign-in", context.cookieSecret, context.secureCookies);

/** The phone that a code was sent to; kept by the person's own browser, signed. */
export async function readSignIn(request: Request, context: PortalContext): Promise<PendingSignIn | null> {
  const parsed = Pending.safeParse(await cookie(context).parse(request.headers.get("Cookie")));
  return parsed.success && isFresh(parsed.data, context.now) ? parsed.data : null;
}

export function keepSignIn(context: PortalContext, pending: PendingSignIn): Promise<string> {
  return cookie(context).serialize({ ...pending, until: freshUntil(context.now) });
}

/** Where somebody wanted to go when sent to sign in, and whether a form of theirs was lost on the way. */
export function askedOf(request: Request): { to: string | undefined; lost: boolean } {
  const { searchParams } = new URL(request.url);
  return { to: ownPath(searchParams.get("to")), lost: searchParams.has("lost") };
}

export function newSession(now: Date) {
  return { token: newSessionToken(), expiresAt: sessionExpiry(now) };
}

/** Goes on with the new session's cookie; the cookie of what was pending is dropped. */
export async function enter(context: PortalContext, token: string, to: string | undefined, otherwise: string): Promise<Response> {
  const headers = new Headers({ "Set-Cookie": sessionCookie(token, context.secureCookies) });
  headers.append("Set-Cookie", await cookie(context).serialize("", { maxAge: 0 }));
  return redirect(ownPath(to) ?? otherwise, { headers });
}

/** Leads back to the first page where nothing is pending. */
export function startAgain(): Response {
  return redirect(paths.signIn());
}
