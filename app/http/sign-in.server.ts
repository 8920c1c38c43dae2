import { redirect } from "@remix-run/node";
import { z } from "zod";
import { PENDING_MINUTES } from "#app/domain/sign-in.ts";
import { paths } from "#app/paths.ts";
import type { PortalContext } from "./context.server.ts";
import { ownPath } from "./own-path.server.ts";
import { freshUntil, isFresh, newSessionToken, sessionCookie, sessionExpiry, signedCookie } from "./session.server.ts";

const Pending = z.object({ until: z.number().optional(), phone: z.string(), browser: z.string(), to: z.string().optional() });
export type PendingSignIn = z.infer<typeof Pending>;

const cookie = (context: PortalContext) => signedCookie("sign-in", context.cookieSecret, context.secureCookies);

/**
 * Names the browser that asks for a code by a form: the same for the same form posted twice, known to nobody else. The
 * browser keeps it, signed, beside what it is in the middle of.
 */
export function browserOf({ vault }: PortalContext, formKey: string): string {
  return vault.hash("browser", `form ${formKey}`).toString("base64url");
}

/** The phone that a code was sent to; kept by the person's own browser, signed. */
export async function readSignIn(request: Request, context: PortalContext): Promise<PendingSignIn | null> {
  const parsed = Pending.safeParse(await cookie(context).parse(request.headers.get("Cookie")));
  return parsed.success && isFresh(parsed.data, context.now) ? parsed.data : null;
}

export function keepSignIn(context: PortalContext, pending: PendingSignIn): Promise<string> {
  return cookie(context).serialize({ ...pending, until: freshUntil(context.now) });
}

const PendingStaff = z.object({
  until: z.number(),
  accountId: z.number(),
  proof: z.string(),
  to: z.string().optional(),
  /** The secret to share with an authenticator app, sealed; where the account has none yet. */
  secret: z.string().optional(),
});

/** Somebody who has given the right password and owes the code. */
export interface PendingStaffSignIn {
  accountId: number;
  /** Binds it to the password that was right: worthless once that has changed. */
  proof: string;
  to: string | undefined;
  /** In base 32; there until the account has an authenticator. */
  secret: string | undefined;
}

const STAFF_SECONDS = PENDING_MINUTES * 60;

const staffCookie = (context: PortalContext) => signedCookie("staff-sign-in", context.cookieSecret, context.secureCookies, STAFF_SECONDS);

/** Who has given the right password within the last ten minutes. */
export async function readStaffSignIn(request: Request, context: PortalContext): Promise<PendingStaffSignIn | null> {
  const parsed = PendingStaff.safeParse(await staffCookie(context).parse(request.headers.get("Cookie")));
  if (!parsed.success || !isFresh(parsed.data, context.now)) return null;
  const { accountId, proof, to, secret } = parsed.data;
  return { accountId, proof, to, secret: secret && context.vault.open(Buffer.from(secret, "base64url")) };
}

export function keepStaffSignIn(context: PortalContext, { secret, ...pending }: PendingStaffSignIn): Promise<string> {
  const sealed = secret && context.vault.seal(secret).toString("base64url");
  return staffCookie(context).serialize({ ...pending, secret: sealed, until: freshUntil(context.now, STAFF_SECONDS) });
}

/** Counts a try of a code of this account; the minutes to wait after too many. */
export async function countCodeTry(context: PortalContext, accountId: number): Promise<number | null> {
  const who = String(accountId);
  return (await context.limits.wait("code-account", who)) ?? (await context.limits.wait("code-account-day", who));
}

/** Forgets the tries of one whose code was right. */
export async function forgiveCodeTries(context: PortalContext, accountId: number): Promise<void> {
  for (const limit of ["code-account", "code-account-day"] as const) await context.limits.forgive(limit, String(accountId));
}

/** Where somebody wanted to go when sent to sign in, whether a form of theirs was lost on the way, and whether they took too long. */
export function askedOf(request: Request): { to: string | undefined; lost: boolean; late: boolean } {
  const { searchParams } = new URL(request.url);
  const lost = searchParams.get("lost");
  return { to: ownPath(searchParams.get("to")), lost: lost === "yes", late: lost === "late" };
}

/** A session to begin; the one that this browser had until now ends with it. */
export function newSession(now: Date, replaces?: string) {
  return { token: newSessionToken(), expiresAt: sessionExpiry(now), ...(replaces && { replaces }) };
}

/** Goes on with the new session's cookie; the cookies of what was pending are dropped. */
export async function enter(context: PortalContext, token: string, to: string | undefined, otherwise: string): Promise<Response> {
  const headers = new Headers({ "Set-Cookie": sessionCookie(token, context.secureCookies) });
  for (const pending of [cookie(context), staffCookie(context)]) headers.append("Set-Cookie", await pending.serialize("", { maxAge: 0 }));
  return redirect(ownPath(to) ?? otherwise, { headers });
}

/** Leads back to the first page where nothing is pending. */
export function startAgain(): Response {
  return redirect(paths.signIn());
}

/** The same for staff. */
export function startStaffAgain(): Response {
  return redirect(paths.staffSignIn(undefined, "late"));
}
