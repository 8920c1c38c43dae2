import { spawn } from "node:child_process";
import type { TestDatabase } from "./database.ts";
import { TEST_DATA_KEY } from "./factories.ts";

/** Where a started portal believes to be reached: behind a proxy that speaks HTTPS. */
export const STARTED_ORIGIN = "https://portal.test";

export interface StartedPortal {
  port: number;
  url: string;
  /** All that the process has written, on standard output and standard error. */
  written(): string;
  close(): Promise<void>;
}

/** `npm start` as a process of its own over a test database, as it runs for real; `npm run build` makes what it serves. */
export async function startPortalProcess(database: TestDatabase, env: Record<string, string> = {}): Promise<StartedPortal> {
  const child = spawn(process.execPath, ["--import", "tsx", "app/commands/start.ts"], {
    env: {
      PATH: process.env["PATH"],
      NODE_ENV: "production",
      LOG_LEVEL: "debug",
      PORT: "0",
      DATA_DIR: database.filesFolder,
      DATABASE_URL: database.url,
      DATABASE_OWNER_URL: database.ownerUrl,
      SESSION_SECRET: "a session secret for tests that start a process",
      DATA_KEY: TEST_DATA_KEY,
      PUBLIC_ORIGIN: STARTED_ORIGIN,
      TRUST_PROXY: "yes",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let written = "";
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const port = await new Promise<number>((resolve, reject) => {
    const take = (part: Buffer) => {
      written += part.toString();
      const found = /http:\/\/127\.0\.0\.1:(\d+)/.exec(written)?.[1];
      if (found) resolve(Number(found));
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    void ended.then((code) => reject(new Error(`the portal ended with ${code}: ${written}`)));
  });
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    written: () => written,
    async close() {
      child.kill("SIGTERM");
      const late = setTimeout(() => child.kill("SIGKILL"), 10_000);
      await ended;
      clearTimeout(late);
    },
  };
}
