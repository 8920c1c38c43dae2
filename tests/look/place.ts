import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { seedDemo } from "#app/commands/seed-demo.ts";
import { readConfig } from "#app/config.server.ts";
import { createStorage } from "#app/integrations/storage.server.ts";
import { startPortal } from "#app/server.ts";
import { connect, type Db } from "#db/client.server.ts";
import { openEmbedded } from "#db/embedded.server.ts";
import { migrate } from "#db/migrate.server.ts";
import { createVault, type Vault } from "#db/personal-data.server.ts";

export interface LookPlace {
  url: string;
  db: Db;
  vault: Vault;
  close(): Promise<void>;
}

/** The built portal over the demo's district, in a folder that goes when it is closed. */
export async function openLookPlace(): Promise<LookPlace> {
  const folder = mkdtempSync(path.join(tmpdir(), "jiati-look-"));
  chmodSync(folder, 0o711);
  const config = readConfig({ SESSION_SECRET: "a secret for looking at pages only", LOG_LEVEL: "silent", PORT: "0", DATA_DIR: path.join(folder, "files") }, { demo: true });
  const server = await openEmbedded({ dataDir: path.join(folder, "data"), database: "look", holder: "command", settings: ["fsync=off"] });
  await migrate(server.ownerUrl);
  const client = connect(server.appUrl, { max: 8 });
  const vault = createVault(config.dataKey);
  await seedDemo({ db: client.db, vault, storage: createStorage(config.storage, "look"), now: new Date() });
  const portal = await startPortal(config, { url: server.appUrl, ownerUrl: server.ownerUrl, name: "look", close: () => Promise.resolve() });
  return {
    url: portal.url,
    db: client.db,
    vault,
    async close() {
      await portal.close();
      await client.close();
      await server.stop();
      for (const place of [server.home, folder]) rmSync(place, { recursive: true, force: true });
    },
  };
}
