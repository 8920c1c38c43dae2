import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { RequestHandler } from "express";

const TYPES: Readonly<Record<string, string>> = { ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8" };

/** Slower and smaller than for a page: each file is compressed once in the life of a process. */
const compress = {
  br: (bytes: Buffer) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: (bytes: Buffer) => promisify(gzip)(bytes, { level: 9 }),
};

/** Hands out the built scripts and styles of a folder compressed, to browsers that take it so; leaves all else to the next handler. */
export function compressedAssets(folder: string): RequestHandler {
  const types = new Map(readdirSync(folder).flatMap((name) => (TYPES[path.extname(name)] ? [[`/${name}`, TYPES[path.extname(name)] ?? ""]] : [])) as [string, string][]);
  const kept = new Map<string, Promise<Buffer>>();
  return (request, response, next) => {
    const type = types.get(request.path);
    const way = (request.method === "GET" || request.method === "HEAD") && request.acceptsEncodings("br", "gzip", "identity");
    if (!type || (way !== "br" && way !== "gzip")) return next();
    const key = `${way} ${request.path}`;
    const bytes = kept.get(key) ?? compress[way](readFileSync(path.join(folder, request.path)));
    kept.set(key, bytes);
    bytes.then((body) => {
      response.setHeader("Content-Type", type);
      response.setHeader("Content-Encoding", way);
      response.setHeader("Cache-Control", "public, max-age=31536000, immutable");
      response.vary("Accept-Encoding");
      response.end(request.method === "HEAD" ? undefined : body);
    }, next);
  };
}
