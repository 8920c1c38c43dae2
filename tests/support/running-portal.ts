import { inject } from "vitest";
import { seedDemo } from "#app/commands/seed-demo.ts";
import { readConfig } from "#app/config.server.ts";
import { createStorage } from "#app/integrations/storage.server.ts";
import { startPortal } from "#app/server.ts";
import { createVault, type Vault } from "#db/personal-data.server.ts";
import { cloneDatabase, type TestDatabase } from "./database.ts";

export interface RunningPortal {
  url: string;
  database: TestDatabase;
  /** Seals and hashes as the portal does. */
  vault: Vault;
  close(): Promise<void>;
}

/** The built portal as a process would run it, over the demo's district in a database of its own. */
export async function runPortal(): Promise<RunningPortal> {
  const database = await cloneDatabase();
  const storage = { at: "folder" as const, folder: database.filesFolder };
  const config = { ...readConfig({ SESSION_SECRET: "a secret for the browser tests only", LOG_LEVEL: "error", PORT: "0" }, { demo: true }), storage };
  const vault = createVault(config.dataKey);
  await seedDemo({ db: database.db, vault, storage: createStorage(storage, database.name), now: new Date() });
  const portal = await startPortal(config, { url: database.url, ownerUrl: inject("ownerUrl"), name: database.name, close: () => Promise.resolve() });
  return {
    url: portal.url,
    database,
    vault,
    async close() {
      await portal.close();
      await database.close();
    },
  };
}
