import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import type { AppLoadContext, EntryContext } from "@remix-run/node";
import { renderToString } from "react-dom/server";
import { describe, isDatabaseAway, noteFailure } from "./http/failure.server.ts";
import { Nonce } from "./nonce.ts";
import { log } from "./log.server.ts";

export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remix: EntryContext,
  context: AppLoadContext,
): Response {
  const html = renderToString(
    <Nonce.Provider value={context.nonce}>
      <RemixServer context={remix} url={request.url} />
    </Nonce.Provider>,
  );
  // Remix drops what an action says in its headers where the route exports none.
  for (const said of Object.values(remix.staticHandlerContext.actionHeaders)) {
    const wait = said.get("Retry-After");
    if (wait) headers.set("Retry-After", wait);
  }
  headers.set("Content-Type", "text/html; charset=utf-8");
  return new Response(`<!doctype html>${html}`, { status, headers });
}

/** A bug is logged once, here; what the person sees is the page with the same reference. */
export function handleError(error: unknown, { request, context }: { request: Request; context: AppLoadContext }): void {
  noteFailure(context, error);
  if (request.signal.aborted || isDatabaseAway(error) || (isRouteErrorResponse(error) && error.status < 500)) return;
  log.error({ reference: context.reference, error: describe(error) }, "request failed");
}

// The process loads the portal from the build, so that pages and handler share one copy of every module.
export { createPortal, pageKey } from "./http/portal.server.ts";
