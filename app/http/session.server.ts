import { randomBytes } from "node:crypto";
import { createCookie } from "@remix-run/node";

/** How long the signed cookies below hold; their contents say so too. */
const COOKIE_SECONDS = 3_600;

const LIFETIME_SECONDS = 12 * 3600;

const names = { secure: "__Host-jiati", plain: "jiati" };

/** A cookie's value as it stands in the request, undecoded. */
export function readRawCookie(request: Request, name: string): string | undefined {
  for (const part of (request.headers.get("Cookie") ?? "").split(";")) {
    const [key, ...value] = part.trim().split("=");
    if (key === name) return value.join("=");
  }
  return undefined;
}

/** The opaque session token, which means nothing outside the database. */
export function readSessionToken(request: Request, secure: boolean): string | undefined {
  const raw = readRawCookie(request, secure ? names.secure : names.plain);
  return raw && /^[\w-]{43}$/.test(raw) ? raw : undefined;
}

export function newSessionToken(): string {
  return randomBytes(32).toString("base64url");
}

export function sessionExpiry(now: Date): Date {
  return new Date(now.getTime() + LIFETIME_SECONDS * 1000);
}

/** Set-Cookie of a new session; the name carries the `__Host-` prefix wherever the portal is served by HTTPS. */
export function sessionCookie(token: string, secure: boolean): string {
  const attributes = [`Path=/`, `Max-Age=${LIFETIME_SECONDS}`, "HttpOnly", "SameSite=Lax", ...(secure ? ["Secure"] : [])];
  return [`${secure ? names.secure : names.plain}=${token}`, ...attributes].join("; ");
}

export function endedSessionCookie(secure: boolean): string {
  return `${secure ? names.secure : names.plain}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;
}

/**
 * The small cookies that hold what a person is in the middle of; signed, so that only the portal writes them, and with
 * the `__Host-` prefix wherever it is served by HTTPS, so that no neighbouring host does.
 */
export function signedCookie(name: string, secret: string, secure: boolean, seconds = COOKIE_SECONDS) {
  return createCookie(secure ? `__Host-${name}` : name, { httpOnly: true, sameSite: "lax", path: "/", secure, secrets: [`${name} ${secret}`], maxAge: seconds });
}

export const freshUntil = (now: Date, seconds = COOKIE_SECONDS) => now.getTime() + seconds * 1000;

/** Whether what a signed cookie holds is still to be believed. */
export function isFresh({ until = 0 }: { until?: number | undefined }, now: Date): boolean {
  return until > now.getTime();
}
