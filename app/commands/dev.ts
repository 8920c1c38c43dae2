import { createServer } from "vite";
import { connect } from "#db/client.server.ts";
import { openDatabase } from "#db/open.server.ts";
import { createVault } from "#db/personal-data.server.ts";
import { readConfig } from "../config.server.ts";
import { createStorage } from "../integrations/storage.server.ts";
import { startPortal } from "../server.ts";
import { sayDemo } from "./demo-words.ts";
import { endOrderly, run } from "./run.ts";
import { seedDemo } from "./seed-demo.ts";

await run(async () => {
  const config = readConfig(process.env, { demo: true });
  const database = await openDatabase(config, { holder: "portal", database: "jiati_demo", say: console.log });
  const client = connect(database.url, { max: 4 });
  await seedDemo({ db: client.db, vault: createVault(config.dataKey), storage: createStorage(config.storage, database.name), now: new Date() });
  await client.close();
  const vite = await createServer({ server: { middlewareMode: true }, appType: "custom" });
  const portal = await startPortal(config, database, { vite });
  endOrderly(async () => {
    await portal.close();
    await vite.close();
    await database.close();
  });
  sayDemo(portal.url, false);
});
