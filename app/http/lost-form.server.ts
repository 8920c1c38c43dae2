import { z } from "zod";
import { findAccountOfToken } from "#db/queries/sessions.server.ts";
import type { Vault } from "#db/personal-data.server.ts";
import type { Db } from "#db/client.server.ts";
import { FORM_TOKEN } from "./form-token.server.ts";
import { FORM_KEY, LOST_KEY } from "./forms.server.ts";
import { freshUntil, isFresh, readRawCookie, readSessionToken } from "./session.server.ts";

/** A cookie holds no more; what is longer has to be typed again. */
const LONGEST = 2_400;

/** What never comes back: it is not typed twice without being asked for. */
const SECRET = new Set(["password", "code"]);

const Lost = z.object({ until: z.number(), accountId: z.number(), path: z.string(), body: z.string() });

const name = (secure: boolean) => (secure ? "__Host-lost-form" : "lost-form");
const cookie = (value: string, secure: boolean, seconds: number) =>
  `${name(secure)}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure ? "; Secure" : ""}`;

export interface Keeping {
  db: Db;
  vault: Vault;
  now: Date;
  secure: boolean;
}

/**
 * Keeps a form that was posted with a session that has ended, sealed and for whose account it was, in that browser.
 *
 * @returns the cookie to set; null for what has a file, is too long, or never had a session
 */
export async function keepLostForm(request: Request, { db, vault, now, secure }: Keeping): Promise<string | null> {
  const token = readSessionToken(request, secure);
  const length = Number(request.headers.get("Content-Length") ?? LONGEST + 1);
  if (!token || length > LONGEST || !/^application\/x-www-form-urlencoded\b/i.test(request.headers.get("Content-Type") ?? "")) return null;
  const accountId = await findAccountOfToken(db, vault.hash("session", token));
  if (accountId === undefined) return null;
  const typed = new URLSearchParams(await request.text());
  for (const field of [...typed.keys()]) if (field === FORM_KEY || field === FORM_TOKEN || SECRET.has(field)) typed.delete(field);
  const { pathname, search } = new URL(request.url);
  const lost: z.infer<typeof Lost> = { until: freshUntil(now), accountId, path: pathname + search, body: typed.toString() };
  return cookie(vault.seal(JSON.stringify(lost)).toString("base64url"), secure, 3_600);
}

/** The form that this account lost at this address, if it did. */
export function readLostForm(request: Request, accountId: number, { vault, now, secure }: Omit<Keeping, "db">): string | null {
  const raw = readRawCookie(request, name(secure));
  if (!raw) return null;
  try {
    const parsed = Lost.safeParse(JSON.parse(vault.open(Buffer.from(raw, "base64url"))));
    const { pathname, search } = new URL(request.url);
    return parsed.success && isFresh(parsed.data, now) && parsed.data.accountId === accountId && parsed.data.path === pathname + search ? parsed.data.body : null;
  } catch {
    return null;
  }
}

/** The request that shows it again: as a form whose key is none, it changes nothing and comes back as it was typed. */
export function lostFormAgain(request: Request, body: string): Request {
  const headers = new Headers({ "Content-Type": "application/x-www-form-urlencoded", Cookie: request.headers.get("Cookie") ?? "" });
  return new Request(request.url, { method: "POST", headers, body: `${body}&${FORM_KEY}=${LOST_KEY}` });
}

export function forgetLostForm(secure: boolean): string {
  return cookie("", secure, 0);
}
