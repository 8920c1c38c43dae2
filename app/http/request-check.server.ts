/**
 * Whether a request that changes something was sent by one of the portal's own pages: by `Sec-Fetch-Site`, else by
 * `Origin`. Remix's own check misses `?_data=` posts and resource routes.
 */
export function isOwnRequest(request: Request, origin: string): boolean {
  if (request.method === "GET" || request.method === "HEAD") return true;
  const site = request.headers.get("Sec-Fetch-Site");
  if (site) return site === "same-origin";
  return request.headers.get("Origin") === origin;
}
