import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { createRequestHandler, type AppLoadContext, type ServerBuild } from "@remix-run/node";
import type { Pool } from "pg";
import type { Logger } from "pino";
import { paths } from "#app/paths.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { http } from "#app/i18n/zh-CN/http.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import type { Storage } from "#app/integrations/storage.server.ts";
import type { Db } from "#db/client.server.ts";
import type { Vault } from "#db/personal-data.server.ts";
import type { Front } from "#db/queries/subdistricts.server.ts";
import { findActor, hasRole, type Actor } from "./actor.server.ts";
import "./context.server.ts";
import { landingOf } from "./desk.server.ts";
import { demandToken, formTokenOf } from "./form-token.server.ts";
import { protect } from "./headers.server.ts";
import type { Live } from "./live.server.ts";
import { forgetLostForm, keepLostForm, lostFormAgain, readLostForm } from "./lost-form.server.ts";
import type { PageCache } from "./page-cache.server.ts";
import { plainPage, type DeskFrame } from "./plain-page.server.ts";
import { createLimits } from "./rate-limit.server.ts";
import { isOwnRequest } from "./request-check.server.ts";
import { readSessionToken } from "./session.server.ts";
import { routeFinder, whoMay } from "./who-may.server.ts";
import { readView } from "./view.server.ts";

export interface PortalParts {
  build: ServerBuild;
  db: Db;
  pool: Pool;
  vault: Vault;
  storage: Storage;
  cookieSecret: string;
  log: Logger;
  mode: "production" | "development";
  demo: boolean;
  publicOrigin: string | undefined;
  /** What pages show that know no committee; kept in memory so that it is there when the database is not. */
  front: () => Front;
  pages?: PageCache;
  live: Live;
  clock?: () => Date;
}

const METHODS = new Set(["GET", "HEAD", "POST"]);
const LONGEST_URL = 2_000;

/**
 * Errors that mean that the database is away, not that the portal is wrong: no connection (08), no room, memory or
 * connection left (53), going down or starting (57P0), its disk in trouble (58).
 */
const AWAY = /^(?:ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|08\w{3}|53\w{3}|57P0\w|58\w{3})$/;
const AWAY_IN_WORDS = /timeout exceeded when trying to connect|connection terminated|server closed the connection|is not queryable/i;

export function isDatabaseAway(error: unknown): boolean {
  const { code, message, cause } = (error ?? {}) as { code?: string; message?: string; cause?: unknown };
  if (AWAY.test(code ?? "") || AWAY_IN_WORDS.test(message ?? "")) return true;
  return cause !== undefined && isDatabaseAway(cause);
}

/** The whole portal as a function from a request to its answer: request check, who may, page, headers. */
export function createPortal(parts: PortalParts): (request: Request, address?: string) => Promise<Response> {
  const { build, db, vault, storage, log, demo, pages } = parts;
  const remix = createRequestHandler(build, parts.mode);
  const findRoute = routeFinder(build);
  const limits = createLimits(parts.pool, vault);

  return async (request, address = "") => {
    const url = new URL(request.url);
    const reference = randomBytes(5).toString("hex").toUpperCase();
    const nonce = randomBytes(16).toString("base64url");
    const origin = parts.publicOrigin ?? url.origin;
    const secure = origin.startsWith("https:");
    const now = parts.clock?.() ?? new Date();
    const { hotline, subdistrictName } = parts.front()(shanghaiDay(now));
    const since = pages?.mark ?? 0;
    let scripts: string | undefined;
    let tags: string[] | undefined;
    const keeping = { db, vault, now, secure };
    let answeredLost = false;
    let frame: DeskFrame | undefined;
    let formToken: string | null = null;
    const plain = (status: number, words: { title: string; text: string }, headers?: HeadersInit) =>
      new Response(plainPage({ ...words, hotline, reference: status >= 500 ? reference : undefined, view: readView(request), demo, frame }), {
        status,
        headers: { ...Object.fromEntries(new Headers(headers)), "Content-Type": "text/html; charset=utf-8" },
      });

    const answer = async (): Promise<Response> => {
      if (!METHODS.has(request.method)) return plain(405, http.methodNotAllowed, { Allow: [...METHODS].join(", ") });
      if (request.url.length > LONGEST_URL) return plain(414, http.urlTooLong);
      if (!isReadable(url)) return plain(400, http.unreadableUrl);
      if (!isOwnRequest(request, origin)) {
        log.info({ reference }, "refused: sent by another site");
        return plain(403, http.foreignRequest);
      }
      const route = findRoute(url.pathname);
      const isStaffs = [paths.desk(), paths.site()].some((start) => url.pathname === start || url.pathname.startsWith(`${start}/`));
      if (!route && !isStaffs) return plain(404, http.notFound);

      const actor = await findActor(request, db, vault, now, secure);
      const sessionToken = actor && readSessionToken(request, secure);
      formToken = sessionToken ? formTokenOf(sessionToken) : null;
      if (isStaffs && formToken) frame = deskFrame(actor, formToken);
      if (!route) return plain(404, http.notFound);
      const verdict = await whoMay(route.handle.policy, { actor, params: route.params, method: request.method, db, demo, now });
      if (verdict === "sign-in") {
        const to = url.pathname + url.search;
        const lost = request.method === "POST";
        const signIn = isStaffs ? paths.staffSignIn(to, lost ? "yes" : undefined) : paths.signIn(to, lost);
        const kept = lost ? await keepLostForm(request, keeping) : null;
        return new Response(null, { status: 302, headers: { Location: signIn, ...(kept && { "Set-Cookie": kept }) } });
      }
      if (verdict === "no") {
        log.info({ reference, route: route.id, method: request.method, account: actor?.accountId }, "refused: not allowed");
        return plain(403, http.notAllowed);
      }
      if (verdict === "not-found") return plain(404, http.notFound);

      if (route.handle.scripts) scripts = nonce;
      const context: AppLoadContext = {
        db, vault, storage, now, actor, formToken, reference, nonce, origin, demo, hotline, subdistrictName, address,
        secureCookies: secure,
        cookieSecret: parts.cookieSecret,
        limits,
        keep(given, parameters = []) {
          const asked = [...url.searchParams.keys()];
          // A query that the page does not read, or reads twice, would only push good pages out.
          if (new Set(asked).size === asked.length && asked.every((name) => parameters.includes(name))) tags = given;
        },
        followConsultation(code) {
          if (!actor) return new Response(null, { status: 403 });
          const mayGoOn = async () => {
            const then = parts.clock?.() ?? new Date();
            const present = await findActor(request, db, vault, then, secure);
            return (await whoMay(route.handle.policy, { actor: present, params: route.params, method: request.method, db, demo, now: then })) === "yes";
          };
          return parts.live.open({ topic: code, accountId: actor.accountId, signal: request.signal, mayGoOn });
        },
      };
      const failure: { error?: unknown } = {};
      failures.set(context, failure);
      const typed = actor && request.method === "GET" && route.hasPage ? readLostForm(request, actor.accountId, keeping) : null;
      answeredLost = typed !== null;
      const mayPost = typed !== null && (await whoMay(route.handle.policy, { actor, params: route.params, method: "POST", db, demo, now })) === "yes";
      const response = await remix(mayPost ? lostFormAgain(request, typed) : asked(request, formToken), context);
      if (failure.error !== undefined && isDatabaseAway(failure.error)) throw failure.error;
      // A route that has no page of its own still says to a person why it refuses.
      const isBare = response.status >= 400 && response.body === null && (request.headers.get("Accept") ?? "").includes("text/html");
      return isBare ? plain(response.status, refusalWords(response.status), response.headers) : response;
    };

    let response: Response;
    try {
      response = await answer();
    } catch (error) {
      const away = isDatabaseAway(error);
      log.error({ reference, error: describe(error), route: findRoute(url.pathname)?.id ?? "none" }, away ? "database away" : "request failed");
      response = away ? plain(503, http.databaseAway, { "Retry-After": "30" }) : plain(500, http.failed);
    }

    const headers = new Headers(response.headers);
    if (answeredLost) headers.append("Set-Cookie", forgetLostForm(secure));
    if (isStream(headers)) {
      protect(headers, { scripts, secure });
      if (request.method !== "HEAD") return new Response(response.body, { status: response.status, headers });
      await response.body?.cancel();
      return new Response(null, { status: response.status, headers });
    }
    const body = Buffer.from(await response.arrayBuffer());
    // A page with a form of the session that asked for it is that session's alone.
    const isShared = tags !== undefined && !(formToken && body.includes(formToken));
    if (tags && isShared) {
      headers.set("Cache-Control", "no-cache");
      headers.set("Cache-Tag", tags.join(","));
      headers.set("Vary", "Accept-Encoding, Cookie");
    }
    protect(headers, { scripts, secure, upgrade: parts.mode === "development" ? " ws:" : "" });
    // Where no origin is set, the one that a page names is whatever its first visitor wrote into the request.
    const namesHost = parts.publicOrigin === undefined && body.includes(url.origin);
    if (tags && isShared && !namesHost && response.status === 200 && request.method === "GET" && !headers.has("Set-Cookie")) {
      pages?.keep(pageKey(url.pathname + url.search, readView(request)), since, tags, headers, body);
    }
    const zipped = body.length > 1_000 && isText(headers) && /\bgzip\b/.test(request.headers.get("Accept-Encoding") ?? "");
    if (zipped) headers.set("Content-Encoding", "gzip");
    const empty = request.method === "HEAD" || response.status === 204 || response.status === 304;
    return new Response(empty ? null : zipped ? gzipSync(body) : body, { status: response.status, headers });
  };
}

/** Where entry.server leaves what a loader or action threw, so that an absent database is answered as one. */
const failures = new WeakMap<object, { error?: unknown }>();

export function noteFailure(context: object, error: unknown): void {
  const failure = failures.get(context);
  if (failure) failure.error = error;
}

/** The key of a public page in the page cache. */
export function pageKey(url: string, view: "normal" | "elder"): string {
  return `${view} ${url}`;
}

/**
 * The request as Remix gets it. The origin has been checked, and Remix's own look at it fails behind a proxy and where
 * there is no Host; which token its form must bring is said beside it.
 */
function asked(request: Request, formToken: string | null): Request {
  const headers = new Headers(request.headers);
  headers.delete("Origin");
  demandToken(headers, formToken);
  return new Request(request, { headers });
}

function refusalWords(status: number): { title: string; text: string } {
  if (status >= 500) return http.databaseAway;
  return { 403: http.notAllowed, 404: http.notFound }[status] ?? http.notTaken;
}

/** The way back to the own work from a page that is refused or not there. */
function deskFrame(actor: Actor | undefined, token: string): DeskFrame | undefined {
  const links = site.deskNav.filter((link) => hasRole(actor, ...link.for));
  return actor && links.length > 0 ? { name: actor.name, home: landingOf(actor.grants), links, token } : undefined;
}

function isText(headers: Headers): boolean {
  return /^(text\/|application\/(json|atom\+xml))/.test(headers.get("Content-Type") ?? "");
}

/** A stream goes on as it comes: it has no end to wait for, and a compressor would hold it back. */
function isStream(headers: Headers): boolean {
  return headers.get("Content-Type") === "text/event-stream";
}

function isReadable(url: URL): boolean {
  try {
    return !decodeURIComponent(url.pathname + url.search.replaceAll("+", " ")).includes("\0");
  } catch {
    return false;
  }
}

/** An error for the log: kind, message and place, never the values of a query. */
export function describe(error: unknown): { name: string; message: string; code?: string; stack?: string } {
  if (!(error instanceof Error)) return { name: "unknown", message: String(error) };
  const { name, message, stack } = error;
  const code = (error as { code?: string }).code;
  return { name, message, ...(code && { code }), ...(stack && { stack }) };
}
