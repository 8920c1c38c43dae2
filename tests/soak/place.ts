import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { folderStorage, type Storage } from "#app/integrations/storage.server.ts";
import { connect, type Client } from "#db/client.server.ts";
import { openEmbedded } from "#db/embedded.server.ts";
import { migrate } from "#db/migrate.server.ts";
import { TEST_DATA_KEY } from "../support/factories.ts";

/** A portal and its database, each in a process of its own that can be killed and comes back. */
export interface Place {
  url: string;
  db: Client["db"];
  storage: Storage;
  filesFolder: string;
  /** Runs a statement as the owner of the tables. */
  asOwner(statement: string): Promise<void>;
  /** Ends the process at once (kill -9); it is started again, as it was or in this variant, and this answers when that one is ready. */
  killPortal(variant?: Variant): Promise<void>;
  killDatabase(): Promise<void>;
  close(): Promise<void>;
}

type Variant = "as-it-is" | "without-locks";

const ENVIRONMENT = { SESSION_SECRET: "a secret for the soak only, long enough", DATA_KEY: TEST_DATA_KEY, LOG_LEVEL: "fatal" };

/** Starts both over an empty, migrated database; `npm run build` makes what the portal serves. */
export async function openPlace(): Promise<Place> {
  const folder = mkdtempSync(path.join(tmpdir(), "jiati-soak-"));
  chmodSync(folder, 0o711);
  const filesFolder = path.join(folder, "files");
  const server = await openEmbedded({ dataDir: path.join(folder, "data"), database: "soak", holder: "portal" });
  await migrate(server.ownerUrl);
  const client = connect(server.appUrl, { max: 8 });
  const asOwner = async (statement: string) => {
    const owner = new pg.Client({ connectionString: server.ownerUrl });
    await owner.connect();
    await owner.query(statement);
    await owner.end();
  };
  const port = await freePort();
  const environment = { ...process.env, ...ENVIRONMENT, PORT: String(port), NODE_ENV: "production" as const };
  let running: Variant = "as-it-is";
  const start = (): Promise<ChildProcess> => {
    const given = [server.appUrl, server.ownerUrl, filesFolder, running];
    const child = spawn(process.execPath, ["--import", "tsx", path.resolve("tests/soak/portal-process.ts"), ...given], { env: environment, stdio: ["ignore", "pipe", "inherit"] });
    return new Promise((resolve, reject) => {
      child.stdout.once("data", () => resolve(child));
      child.once("exit", (code) => reject(new Error(`the portal ended with ${code}`)));
    });
  };
  /** Again and again while the database is away, as whoever keeps a portal running would. */
  const startAgain = async (): Promise<ChildProcess> => {
    for (;;) {
      const child = await start().catch(() => undefined);
      if (child) return child;
    }
  };
  const ended = (child: ChildProcess) => new Promise((resolve) => child.once("exit", resolve));
  let portal = await start();
  return {
    url: `http://127.0.0.1:${port}`,
    db: client.db,
    storage: folderStorage(path.join(filesFolder, "soak")),
    filesFolder,
    asOwner,
    async killPortal(variant = running) {
      running = variant;
      const gone = ended(portal);
      portal.kill("SIGKILL");
      await gone;
      portal = await startAgain();
    },
    async killDatabase() {
      const home = path.join(server.home, "cluster", "postmaster.pid");
      process.kill(Number(readFileSync(home, "utf8").split("\n")[0]), "SIGKILL");
      // The old server's processes first have to notice that it is gone.
      for (let up = false; !up; ) {
        await new Promise((resolve) => setTimeout(resolve, 400));
        up = await asOwner("select 1").then(() => true, () => false);
      }
    },
    async close() {
      const gone = ended(portal);
      portal.kill("SIGTERM");
      await gone;
      await client.close();
      await server.stop();
      for (const place of [server.home, folder]) rmSync(place, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
