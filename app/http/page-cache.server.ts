import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { PAGES_CHANNEL } from "#db/queries/log.server.ts";
import type { Listener } from "./listener.server.ts";

interface Kept {
  tags: string[];
  headers: [string, string][];
  etag: string;
  body: Buffer;
  gzip: Buffer;
}

const MOST_PAGES = 4_000;
const MOST_BYTES = 128 * 1024 * 1024;

/** The tags of a notification; one that cannot be read touches everything. */
function readTags(payload: string): string[] {
  try {
    const tags: unknown = JSON.parse(payload);
    if (Array.isArray(tags)) return tags.map(String);
  } catch {
    // Not ours, and so nothing that we could rely on.
  }
  return ["everything"];
}

/**
 * Rendered public pages, kept until a commit that touches one of their tags says so by NOTIFY.
 * A page that was touched while it was being rendered is not kept; without a listening connection nothing is served.
 */
export class PageCache {
  #pages = new Map<string, Kept>();
  #touched = new Map<string, number>();
  #count = 0;
  #day: string;
  #bytes = 0;
  #listening = false;

  constructor(private readonly clock: () => Date = () => new Date()) {
    this.#day = shanghaiDay(clock());
  }

  /** A mark of the present, for `keep` to know what was touched since. */
  get mark(): number {
    this.#turnDay();
    return this.#count;
  }

  /** What is set with a day from which it holds changes pages at midnight, without a commit. */
  #turnDay(): void {
    const day = shanghaiDay(this.clock());
    if (day === this.#day) return;
    this.#day = day;
    this.touch(["everything"]);
  }

  keep(key: string, since: number, tags: string[], headers: Headers, body: Buffer): void {
    if (!this.#listening) return;
    this.#turnDay();
    if (["everything", ...tags].some((tag) => (this.#touched.get(tag) ?? 0) > since)) return;
    const gzip = gzipSync(body);
    this.#drop(key);
    while (this.#pages.size >= MOST_PAGES || this.#bytes > MOST_BYTES) {
      const oldest = this.#pages.keys().next().value;
      if (oldest === undefined) break;
      this.#drop(oldest);
    }
    this.#bytes += body.length + gzip.length;
    const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
    this.#pages.set(key, { tags, headers: [...headers], etag, body, gzip });
  }

  #drop(key: string): void {
    const page = this.#pages.get(key);
    if (!page) return;
    this.#bytes -= page.body.length + page.gzip.length;
    this.#pages.delete(key);
  }

  touch(tags: string[]): void {
    this.#count++;
    for (const tag of tags) this.#touched.set(tag, this.#count);
    if (this.#touched.size > 20_000) {
      this.#touched.clear();
      this.#touched.set("everything", this.#count);
      this.#pages.clear();
      this.#bytes = 0;
      return;
    }
    for (const [key, page] of this.#pages) {
      if (tags.includes("everything") || page.tags.some((tag) => tags.includes(tag))) this.#drop(key);
    }
  }

  /** Answers from memory; false when the page must be rendered. Called before Express is entered. */
  serve(request: IncomingMessage, response: ServerResponse, key: string): boolean {
    if (request.method !== "GET" && request.method !== "HEAD") return false;
    this.#turnDay();
    const page = this.#listening ? this.#pages.get(key) : undefined;
    if (!page) return false;
    for (const [name, value] of page.headers) response.setHeader(name, value);
    response.setHeader("ETag", page.etag);
    if (request.headers["if-none-match"] === page.etag) {
      response.writeHead(304).end();
      return true;
    }
    const zipped = /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
    const body = zipped ? page.gzip : page.body;
    if (zipped) response.setHeader("Content-Encoding", "gzip");
    response.setHeader("Content-Length", body.length);
    response.writeHead(200).end(request.method === "HEAD" ? undefined : body);
    return true;
  }

  /** Hears which tags are touched; while the connection is lost nothing is kept and nothing served. */
  follow(listener: Listener, onTouch: (tags: string[]) => void = () => {}): void {
    listener.on(PAGES_CHANNEL, {
      heard: (payload) => {
        const tags = readTags(payload);
        this.touch(tags);
        onTouch(tags);
      },
      lost: () => {
        this.#listening = false;
        this.touch(["everything"]);
      },
      back: () => {
        this.touch(["everything"]);
        this.#listening = true;
      },
    });
  }
}
