import { connect as dial, type Socket } from "node:net";

/** What came back on a connection, read as HTTP/1.1; status 0 where nothing came. */
export interface RawAnswer {
  status: number;
  headers: Headers;
  body: string;
}

/** Where nothing comes back so long, the other side waits for more. */
const PATIENCE_MS = 8_000;

/**
 * Sends bytes as they are over a connection of their own, and reads all that comes back. Says that no more will come at
 * once (`over`), or when the other side seems to wait for more.
 */
export function sendRaw(port: number, bytes: Uint8Array, { over = false }: { over?: boolean } = {}): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const come: Buffer[] = [];
    const socket = dial({ port, host: "127.0.0.1" });
    socket.on("data", (part) => come.push(part));
    socket.on("error", () => {});
    socket.on("close", () => resolve(readAnswer(Buffer.concat(come))));
    socket.setTimeout(PATIENCE_MS, () => socket.end());
    if (over) socket.end(bytes);
    else socket.write(bytes);
  });
}

/** Opens connections on which these bytes are sent and nothing more; `gone` ends them all. */
export async function dawdle(port: number, many: number, bytes: (index: number) => string): Promise<{ gone(): void }> {
  const sockets = await Promise.all(
    Array.from({ length: many }, (_, index) =>
      new Promise<Socket>((resolve, reject) => {
        const socket = dial({ port, host: "127.0.0.1" }, () => socket.write(bytes(index), () => resolve(socket)));
        socket.on("error", reject);
      }),
    ),
  );
  return {
    gone() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

function readAnswer(whole: Buffer): RawAnswer {
  // The word that one may go on is no answer yet.
  const onward = Buffer.from("HTTP/1.1 100 Continue\r\n\r\n");
  const bytes = whole.subarray(0, onward.length).equals(onward) ? whole.subarray(onward.length) : whole;
  const end = bytes.indexOf("\r\n\r\n");
  const [first = "", ...lines] = bytes.subarray(0, end < 0 ? 0 : end).toString("latin1").split("\r\n");
  const headers = new Headers();
  for (const line of lines) {
    const colon = line.indexOf(":");
    headers.append(line.slice(0, colon), line.slice(colon + 1).trim());
  }
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0), headers, body: bytes.subarray(end + 4).toString() };
}
