import { STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { FILE_LIMITS } from "#app/domain/files.ts";
import { protect } from "./headers.server.ts";

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** The longest body of any kind: the files of one form and what goes with them. */
const LONGEST_BODY = FILE_LIMITS.formBytes + 1024 * 1024;

/**
 * The status for what no Request can be made of: an unknown method, no path, a host that is none; and for a body whose
 * length is unsaid or too much, since it is kept in memory as it comes in.
 */
export function whyUnreadable({ method = "", url = "", headers }: IncomingMessage): 400 | 411 | 413 | null {
  if (!METHODS.has(method) || !/^\/(?!\/)/.test(url)) return 400;
  if (!/^(\[[\da-fA-F:.]+\]|[\w.-]+)?(:\d{1,5})?$/.test(headers.host ?? "")) return 400;
  if (headers["transfer-encoding"] !== undefined) return 411;
  return Number(headers["content-length"] ?? 0) > LONGEST_BODY ? 413 : null;
}

/** Answers with a status and nothing else, and ends the connection. */
export function refuseUnread(response: ServerResponse, status: number, secure: boolean): void {
  response.writeHead(status, { ...bare(secure), Connection: "close" }).end();
}

const STATUSES: Readonly<Record<string, number>> = { HPE_HEADER_OVERFLOW: 431, HPE_CHUNK_EXTENSIONS_OVERFLOW: 413, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** Answers what Node cannot read as HTTP, what expects of it what it cannot do, and what does not come to its end in time, with the headers of all other answers. */
export function answerUnreadable(server: Server, secure: boolean): void {
  const answers = new WeakMap<Duplex, ServerResponse>();
  server.on("request", ({ socket }: IncomingMessage, response: ServerResponse) => {
    answers.set(socket, response);
    response.once("close", () => answers.delete(socket));
  });
  server.on("checkExpectation", (_: IncomingMessage, response: ServerResponse) => refuseUnread(response, 417, secure));
  server.on("clientError", (error: NodeJS.ErrnoException, socket: Duplex) => {
    // Of an answer that has begun, nothing more would be understood.
    if (!socket.writable || answers.get(socket)?.headersSent) return void socket.destroy();
    const status = STATUSES[error.code ?? ""] ?? 400;
    const lines = Object.entries({ ...bare(secure), Connection: "close" }).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\n${lines.join("")}\r\n`, () => socket.destroy());
  });
}

function bare(secure: boolean): Record<string, string> {
  const headers = new Headers({ "Content-Length": "0" });
  protect(headers, { secure });
  return Object.fromEntries(headers);
}
