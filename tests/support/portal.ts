import path from "node:path";
import { pathToFileURL } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import { pino } from "pino";
import { FORM_TOKEN, formTokenOf } from "#app/http/form-token.server.ts";
import { Live } from "#app/http/live.server.ts";
import type { createPortal as CreatePortal } from "#app/http/portal.server.ts";
import type { Db } from "#db/client.server.ts";
import { findFront } from "#db/queries/subdistricts.server.ts";
import type { TestDatabase } from "./database.ts";
import { testVault } from "./factories.ts";

/** Where the test portal believes to be reached. */
export const ORIGIN = "http://portal.test";

export interface Answer {
  status: number;
  headers: Headers;
  body: string;
  /** The body as it came, for what is no text. */
  bytes: Buffer;
  /** Where a redirect leads, without the origin. */
  location: string | null;
}

export interface Stream {
  status: number;
  headers: Headers;
  /** What has come until it says this, or until it ends. */
  until(words: string): Promise<string>;
  gone(): void;
}

export interface TestPortal {
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  /** Posts a form as a page of the portal would. A field with several values is given as a list. */
  post(path: string, form: Record<string, string | readonly string[]>, headers?: Record<string, string>): Promise<Answer>;
  /** Posts a form with a file, or whatever else is given as a body. */
  upload(path: string, body: FormData | Blob | string, headers?: Record<string, string>): Promise<Answer>;
  /** Opens a stream of events; `gone` is the client that goes away. */
  stream(path: string): Promise<Stream>;
  /** The same portal for somebody else: no cookies yet. */
  visitor(): TestPortal;
  cookies: Map<string, string>;
}

interface PortalOptions {
  demo?: boolean;
  clock?: () => Date;
  /** Instead of the database's own, to watch its queries. */
  db?: Db;
  live?: Live;
}

let loaded: Promise<{ build: ServerBuild; createPortal: typeof CreatePortal }> | undefined;

/** The built portal, as the process loads it; `npm run build` makes it. */
async function load() {
  const build = (await import(/* @vite-ignore */ pathToFileURL(path.resolve("build/server/index.js")).href)) as ServerBuild;
  return { build, ...(build.entry.module as unknown as { createPortal: typeof CreatePortal }) };
}

/**
 * The built portal over a test database, as a browser meets it: with a cookie jar, redirects not followed.
 * Names and phone of the subdistrict are read when it opens.
 */
export async function openPortal(database: TestDatabase, { demo = false, clock, db = database.db, live = new Live() }: PortalOptions = {}): Promise<TestPortal> {
  const { build, createPortal } = await (loaded ??= load());
  const front = await findFront(database.db);
  const portal = createPortal({
    build,
    db,
    pool: database.pool,
    vault: testVault,
    storage: database.storage,
    cookieSecret: "a secret for tests only",
    log: pino({ level: "silent" }),
    mode: "production",
    demo,
    publicOrigin: ORIGIN,
    front: () => front,
    live,
    ...(clock && { clock }),
  });
  return visit(portal);
}

/** A response read as it comes in. */
export function readStream(response: Response, gone: () => void): Stream {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let [come, over] = ["", reader === undefined];
  return {
    status: response.status,
    headers: response.headers,
    gone,
    async until(words) {
      while (!over && !come.includes(words)) {
        const part = await reader?.read().catch(() => undefined);
        come += part?.value ?? "";
        over = part?.done ?? true;
      }
      const read = come;
      come = "";
      return read;
    },
  };
}

function visit(portal: ReturnType<typeof CreatePortal>): TestPortal {
  const cookies = new Map<string, string>();
  const ask = (url: string, init: RequestInit & { headers: Record<string, string> }): Promise<Response> => {
    const headers = new Headers(init.headers);
    if (cookies.size > 0 && !headers.has("Cookie")) headers.set("Cookie", [...cookies].map(([name, value]) => `${name}=${value}`).join("; "));
    return portal(new Request(new URL(url, ORIGIN), { ...init, headers }), "192.0.2.1");
  };
  const send = async (url: string, init: RequestInit & { headers: Record<string, string> }): Promise<Answer> => {
    const response = await ask(url, init);
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/;\s*Max-Age=0/i.test(cookie)) cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = response.headers.get("Location");
    const isStream = response.headers.get("Content-Type") === "text/event-stream";
    if (isStream) await response.body?.cancel();
    const bytes = isStream ? Buffer.alloc(0) : Buffer.from(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, body: bytes.toString(), bytes, location: location && location.replace(ORIGIN, "") };
  };
  const own = { Origin: ORIGIN, "Sec-Fetch-Site": "same-origin" };
  /** What the session's own pages put into every form. */
  const token = (): Record<string, string> => {
    const session = cookies.get("jiati");
    return session ? { [FORM_TOKEN]: formTokenOf(session) } : {};
  };
  return {
    cookies,
    visitor: () => visit(portal),
    get: (url, headers = {}) => send(url, { headers }),
    async stream(url) {
      const client = new AbortController();
      return readStream(await ask(url, { headers: {}, signal: client.signal }), () => client.abort());
    },
    upload(url, body, headers = {}) {
      if (body instanceof FormData && !body.has(FORM_TOKEN)) for (const [name, value] of Object.entries(token())) body.set(name, value);
      return send(url, { method: "POST", body, headers: { ...own, ...headers } });
    },
    post(url, form, headers = {}) {
      const body = new URLSearchParams(
        Object.entries<string | readonly string[]>({ ...token(), ...form }).flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : value.map((one) => [name, one]))),
      );
      return send(url, { method: "POST", body, headers: { ...own, ...headers } });
    },
  };
}
