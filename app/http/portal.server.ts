import { randomBytes } from "node:crypto";
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
import { awaitFailure, describe, isDatabaseAway } from "./failure.server.ts";
import { finishAnswer } from "./finish-answer.server.ts";
import type { Live } from "./live.server.ts";
import { forgetLostForm, keepLostForm, lostFormAgain, readLostForm, type Keeping } from "./lost-form.server.ts";
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
      const untaken = whyUntaken(request, url);
      if (untaken) return plain(untaken.status, untaken.words, untaken.headers);
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
      const may = (who: Actor | undefined, method: string, then: Date) => whoMay(route.handle.policy, { actor: who, params: route.params, method, db, demo, now: then });
      const verdict = await may(actor, request.method, now);
      if (verdict === "sign-in") return sendToSignIn(request, url, isStaffs, keeping);
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
            return (await may(present, request.method, then)) === "yes";
          };
          return parts.live.open({ topic: code, accountId: actor.accountId, signal: request.signal, mayGoOn });
        },
      };
      const failure = awaitFailure(context);
      const typed = actor && request.method === "GET" && route.hasPage ? readLostForm(request, actor.accountId, keeping) : null;
      answeredLost = typed !== null;
      const mayPost = typed !== null && (await may(actor, "POST", now)) === "yes";
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

    // Where no origin is set, the one that a page names is whatever its first visitor wrote into the request.
    const host = parts.publicOrigin === undefined ? url.origin : null;
    return finishAnswer(response, {
      request, secure, scripts, tags, formToken, host, development: parts.mode === "development",
      cookie: answeredLost ? forgetLostForm(secure) : null,
      keep: (depends, headers, body) => pages?.keep(pageKey(url.pathname + url.search, readView(request)), since, depends, headers, body),
    });
  };
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

/** Leads to the page to sign in at, and back from there; a form that was posted is kept until then. */
async function sendToSignIn(request: Request, url: URL, isStaffs: boolean, keeping: Keeping): Promise<Response> {
  const to = url.pathname + url.search;
  const lost = request.method === "POST";
  const signIn = isStaffs ? paths.staffSignIn(to, lost ? "yes" : undefined) : paths.signIn(to, lost);
  const kept = lost ? await keepLostForm(request, keeping) : null;
  return new Response(null, { status: 302, headers: { Location: signIn, ...(kept && { "Set-Cookie": kept }) } });
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

/** Why a request is not looked at any closer. */
function whyUntaken(request: Request, url: URL): { status: number; words: { title: string; text: string }; headers?: HeadersInit } | null {
  if (!METHODS.has(request.method)) return { status: 405, words: http.methodNotAllowed, headers: { Allow: [...METHODS].join(", ") } };
  if (request.url.length > LONGEST_URL) return { status: 414, words: http.urlTooLong };
  return isReadable(url) ? null : { status: 400, words: http.unreadableUrl };
}

function isReadable(url: URL): boolean {
  try {
    return !decodeURIComponent(url.pathname + url.search.replaceAll("+", " ")).includes("\0");
  } catch {
    return false;
  }
}
