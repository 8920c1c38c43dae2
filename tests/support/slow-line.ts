import { connect, createServer, type AddressInfo, type Socket } from "node:net";

export interface SlowLine {
  url: string;
  close(): Promise<void>;
}

/**
 * A line to `url` on which each answer begins up to `most` ms late, and its page comes up to `most` ms after its head: a test
 * that reads before there is something to read fails here every time, and not once in a hundred runs.
 */
export async function slowLine(url: string, most: number): Promise<SlowLine> {
  const { hostname, port } = new URL(url);
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    for (const socket of [near, far]) {
      open.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => open.delete(socket));
    }
    near.pipe(far);
    far.on("close", () => near.destroy());
    void carry(far, near, most);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

async function carry(from: Socket, to: Socket, most: number): Promise<void> {
  const wait = () => new Promise((resolve) => setTimeout(resolve, Math.random() * most));
  try {
    for await (const chunk of from) {
      const bytes = chunk as Buffer;
      const head = bytes.subarray(0, 5).toString() === "HTTP/" ? bytes.indexOf("\r\n\r\n") + 4 : 0;
      if (head > 0) await wait();
      for (const piece of head > 0 ? [bytes.subarray(0, head), bytes.subarray(head)] : [bytes]) {
        to.write(piece);
        if (head > 0) await wait();
      }
    }
  } catch {
    // One of the two has hung up.
  }
  to.end();
}
