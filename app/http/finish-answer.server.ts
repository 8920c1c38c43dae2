import { gzipSync } from "node:zlib";
import { protect } from "./headers.server.ts";

interface Finishing {
  request: Request;
  secure: boolean;
  /** The nonce of the page's scripts; undefined where it runs none. */
  scripts: string | undefined;
  /** Set beside those of the answer. */
  cookie: string | null;
  /** What a page for everybody depends on; undefined for every other answer. */
  tags: string[] | undefined;
  formToken: string | null;
  /** What the page may not name if it is to be kept; null where it names nothing of its visitor's. */
  host: string | null;
  development: boolean;
  /** Keeps a page for those who ask for it next. */
  keep: (tags: string[], headers: Headers, body: Buffer) => void;
}

/** The answer as it goes out: with the protecting headers, kept where everybody gets the same, compressed. */
export async function finishAnswer(response: Response, { request, secure, scripts, cookie, tags, formToken, host, development, keep }: Finishing): Promise<Response> {
  const headers = new Headers(response.headers);
  if (cookie !== null) headers.append("Set-Cookie", cookie);
  if (isStream(headers)) {
    protect(headers, { scripts, secure });
    if (request.method !== "HEAD") return new Response(response.body, { status: response.status, headers });
    await response.body?.cancel();
    return new Response(null, { status: response.status, headers });
  }
  const body = Buffer.from(await response.arrayBuffer());
  // A page with a form of the session that asked for it is that session's alone.
  const shared = formToken && body.includes(formToken) ? undefined : tags;
  if (shared) {
    headers.set("Cache-Control", "no-cache");
    headers.set("Cache-Tag", shared.join(","));
    headers.set("Vary", "Accept-Encoding, Cookie");
  }
  protect(headers, { scripts, secure, upgrade: development ? " ws:" : "" });
  const namesHost = host !== null && body.includes(host);
  if (shared && !namesHost && response.status === 200 && request.method === "GET" && !headers.has("Set-Cookie")) keep(shared, headers, body);
  const zipped = body.length > 1_000 && isText(headers) && /\bgzip\b/.test(request.headers.get("Accept-Encoding") ?? "");
  if (zipped) headers.set("Content-Encoding", "gzip");
  const empty = request.method === "HEAD" || response.status === 204 || response.status === 304;
  return new Response(empty ? null : zipped ? gzipSync(body) : body, { status: response.status, headers });
}

function isText(headers: Headers): boolean {
  return /^(text\/|application\/(json|atom\+xml))/.test(headers.get("Content-Type") ?? "");
}

/** A stream goes on as it comes: it has no end to wait for, and a compressor would hold it back. */
function isStream(headers: Headers): boolean {
  return headers.get("Content-Type") === "text/event-stream";
}
