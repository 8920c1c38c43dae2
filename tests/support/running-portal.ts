import { cpSync } from "node:fs";
import path from "node:path";
import { inject } from "vitest";
import { seedDemo } from "#app/commands/seed-demo.ts";
import { readConfig } from "#app/config.server.ts";
import { createStorage } from "#app/integrations/storage.server.ts";
import { startPortal } from "#app/server.ts";
import { createVault, type Vault } from "#db/personal-data.server.ts";
import { asAdmin, cloneDatabase, type TestDatabase } from "./database.ts";
import { slowLine } from "./slow-line.ts";

export interface RunningPortal {
  url: string;
  database: TestDatabase;
  /** Seals and hashes as the portal does. */
  vault: Vault;
  close(): Promise<void>;
}

const CONFIG = readConfig({ SESSION_SECRET: "a secret for the browser tests only", LOG_LEVEL: "error", PORT: "0" }, { demo: true });

/** Milliseconds; `SLOW_ANSWERS=400 npm run test:browser` finds what reads too early. */
const SLOW_ANSWERS = Number(process.env["SLOW_ANSWERS"] ?? 0);

/** The demo is told once a run, into a database from which all others are cloned; whoever comes second waits for it. */
async function ensureDemo(): Promise<void> {
  await asAdmin(async (admin) => {
    await admin.query("select pg_advisory_lock(hashtextextended('demo', 0))");
    const { rowCount } = await admin.query("select from pg_database where datname = 'demo'");
    if (rowCount === 1) return;
    const told = await cloneDatabase();
    const storage = createStorage({ at: "folder", folder: inject("demoFiles") }, "demo");
    await seedDemo({ db: told.db, vault: createVault(CONFIG.dataKey), storage, now: new Date() });
    await told.close();
    await admin.query(`alter database ${told.name} rename to demo`);
  });
}

/** The built portal as a process would run it, over the demo's district in a database of its own; by a clock of its own, if told. */
export async function runPortal({ clock }: { clock?: () => Date } = {}): Promise<RunningPortal> {
  await ensureDemo();
  const database = await cloneDatabase("demo");
  cpSync(path.join(inject("demoFiles"), "demo"), path.join(database.filesFolder, database.name), { recursive: true });
  const config = { ...CONFIG, storage: { at: "folder" as const, folder: database.filesFolder } };
  const vault = createVault(config.dataKey);
  const portal = await startPortal(config, { url: database.url, ownerUrl: inject("ownerUrl"), name: database.name, close: () => Promise.resolve() }, { ...(clock && { clock }) });
  const slow = SLOW_ANSWERS > 0 ? await slowLine(portal.url, SLOW_ANSWERS) : null;
  return {
    url: slow?.url ?? portal.url,
    database,
    vault,
    async close() {
      await slow?.close();
      await portal.close();
      await database.close();
    },
  };
}
