import { createServer, type Server } from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { createRequestListener } from "@mjackson/node-fetch-server";
import type { ServerBuild } from "@remix-run/node";
import express, { type RequestHandler } from "express";
import { deriveKey, type Config } from "./config.server.ts";
import { compressedAssets } from "./http/compressed-assets.server.ts";
import { protect } from "./http/headers.server.ts";
import { Listener } from "./http/listener.server.ts";
import { Live } from "./http/live.server.ts";
import { PageCache } from "./http/page-cache.server.ts";
import type { createPortal as CreatePortal, pageKey as PageKey } from "./http/portal.server.ts";
import { answerUnreadable, refuseUnread, whyUnreadable } from "./http/unreadable.server.ts";
import { createSms } from "./integrations/sms.server.ts";
import { createStorage } from "./integrations/storage.server.ts";
import { startJobs } from "./jobs.server.ts";
import { log } from "./log.server.ts";
import { connect } from "#db/client.server.ts";
import { DatabaseClock } from "#db/clock.server.ts";
import type { OpenDatabase } from "#db/open.server.ts";
import { createVault } from "#db/personal-data.server.ts";
import { findFront } from "#db/queries/subdistricts.server.ts";

export interface RunningPortal {
  url: string;
  close(): Promise<void>;
}

/** What the server build brings beside the routes: the portal's own handler, bundled with them. */
interface BuiltPortal {
  createPortal: typeof CreatePortal;
  pageKey: typeof PageKey;
}

interface StartOptions {
  vite?: import("vite").ViteDevServer;
  clock?: () => Date;
}

/**
 * Starts the process: pool, listener, page cache, open streams, jobs, Express, Remix.
 *
 * @param vite serves sources and hot updates in development; without it the built code in build/ is served
 * @param clock tells requests, kept pages and jobs what time it is; left out, the database does
 */
export async function startPortal(config: Config, database: OpenDatabase, { vite, clock: told }: StartOptions = {}): Promise<RunningPortal> {
  const vault = createVault(config.dataKey);
  const client = connect(database.url, { max: 16, onLost: (error) => log.warn({ error: error.message }, "connection lost") });
  const storage = createStorage(config.storage, database.name);
  const measured = new DatabaseClock(client.db);
  const clock = told ?? measured.now;
  const setClock = async () => {
    const behind = await measured.set();
    if (behind !== 0) log.warn({ milliseconds: behind }, "the clock of this machine is off; the database's is gone by");
  };
  if (!told) await setClock();
  // Of this process alone, and so no job of the queue; what cannot be asked now is asked a minute later.
  const setting = told ? undefined : setInterval(() => void setClock().catch(() => {}), 60_000).unref();
  const pages = new PageCache(clock);
  let front = await findFront(client.db);
  const live = new Live();
  const listener = new Listener();
  pages.follow(listener, (tags) => {
    if (tags.includes("district")) void findFront(client.db).then((found) => (front = found), () => {});
  });
  live.follow(listener);
  await listener.start(database.url);

  const make = async () => {
    const { build, createPortal } = await load(vite);
    return createPortal({
      build,
      db: client.db,
      pool: client.pool,
      cookieSecret: deriveKey(config.sessionSecret, "cookies").toString("base64url"),
      vault,
      storage,
      log,
      mode: vite ? "development" : "production",
      demo: config.demo,
      publicOrigin: config.publicOrigin,
      front: () => front,
      live,
      clock,
      ...(!vite && { pages }),
    });
  };
  const portal = vite ? undefined : await make();
  const { pageKey } = await load(vite);

  const secure = config.publicOrigin?.startsWith("https:") ?? false;
  const app = express();
  app.disable("x-powered-by");
  app.set("etag", false);
  const headed: RequestHandler = (_, response, next) => {
    const headers = new Headers({ "Cache-Control": "public, max-age=3600" });
    protect(headers, { secure });
    response.setHeaders(headers);
    next();
  };
  if (vite) app.use(vite.middlewares);
  else app.use("/assets", headed, compressedAssets("build/client/assets"), express.static("build/client/assets", { immutable: true, maxAge: "1y", index: false, redirect: false }));
  app.use(headed, express.static(vite ? "public" : "build/client", { index: false, redirect: false, maxAge: "1h" }));
  const toPortal = createRequestListener(async (request, { address }) => {
    const forwarded = config.trustProxy ? request.headers.get("X-Forwarded-For")?.split(",").at(-1)?.trim() : undefined;
    return (portal ?? (await make()))(request, forwarded || address);
  });
  app.use((request, response) => {
    // What is thrown for a request that nobody can read, or an answer that Node will not send, ends nothing else.
    Promise.resolve(toPortal(request, response) as void | Promise<void>).catch(() => {
      if (response.headersSent) response.end();
      else refuseUnread(response, 400, secure);
    });
  });

  const server = createServer((request, response) => {
    const view = /(?:^|;\s*)view=elder(?:;|$)/.test(request.headers.cookie ?? "") ? "elder" : "normal";
    const refusal = whyUnreadable(request);
    if (refusal) return void refuseUnread(response, refusal, secure);
    if (!pages.serve(request, response, pageKey(request.url ?? "/", view))) app(request, response);
  });
  answerUnreadable(server, secure);
  server.requestTimeout = 60_000;
  server.headersTimeout = 15_000;
  await listen(server, config.port, config.host);
  // The demo's phone numbers are invented, and may be somebody's.
  const sms = createSms(config.demo ? null : config.sms);
  if (!sms && !config.demo) log.warn("no SMS gateway is set up (ALIYUN_ACCESS_KEY_ID …): codes stay in the outbox and reach nobody");
  const jobs = await startJobs({ url: database.url, vault, sms, storage, log, clock, demo: config.demo });
  const address = server.address();
  const port = address && typeof address === "object" ? address.port : config.port;
  return {
    url: `http://${config.host === "0.0.0.0" ? "127.0.0.1" : config.host}:${port}`,
    async close() {
      clearInterval(setting);
      const closed = new Promise((resolve) => server.close(resolve));
      live.close();
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 3_000).unref();
      await Promise.all([closed, jobs.close()]);
      await listener.close();
      await client.close();
    },
  };
}

/** The routes and the portal over them: in development from the sources as they are now. */
async function load(vite: StartOptions["vite"]): Promise<BuiltPortal & { build: ServerBuild }> {
  if (vite) {
    const build = (await vite.ssrLoadModule("virtual:remix/server-build")) as ServerBuild;
    return { build, ...((await vite.ssrLoadModule("/app/http/portal.server.ts")) as BuiltPortal) };
  }
  const build = (await import(pathToFileURL(path.resolve("build/server/index.js")).href)) as ServerBuild;
  return { build, ...(build.entry.module as unknown as BuiltPortal) };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve());
  });
}
