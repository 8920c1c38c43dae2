import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { importFolder } from "#app/commands/import-district.ts";
import { connect } from "#db/client.server.ts";
import { openDatabase, type OpenDatabase } from "#db/open.server.ts";
import { createVault } from "#db/personal-data.server.ts";
import { hasOtherAccounts } from "#db/queries/accounts.server.ts";
import { demoAccounts } from "#db/seeds/demo.server.ts";
import { ConfigError, readConfig, type Config } from "../config.server.ts";
import { createStorage } from "../integrations/storage.server.ts";
import { startPortal } from "../server.ts";
import { sayDemo } from "./demo-words.ts";
import { endOrderly, run } from "./run.ts";
import { seedAccounts, seedDemo } from "./seed-demo.ts";

/** Fingerprint of all that the build is made from, to build again only when something changed. */
function sourcesDigest(): string {
  const hash = createHash("sha256");
  const add = (entry: string) => {
    const stat = statSync(entry);
    if (stat.isDirectory()) for (const name of readdirSync(entry).sort()) add(path.join(entry, name));
    else if (!/\.test\.tsx?$/.test(entry)) hash.update(entry).update(readFileSync(entry));
  };
  for (const entry of ["app", "db", "public", "package-lock.json", "vite.config.ts", "remix.config.js"]) add(entry);
  return hash.digest("hex");
}

function build(): void {
  const mark = "build/.sources";
  const digest = sourcesDigest();
  if (existsSync(mark) && readFileSync(mark, "utf8") === digest) return;
  console.log("正在构建页面……");
  const done = spawnSync("npm", ["run", "build"], { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`构建失败：\n${done.stdout}${done.stderr}`);
  writeFileSync(mark, digest);
}

/** The demo shows its messages and the passwords of its accounts: never over a database that somebody works with. */
async function refuseRealAccounts(database: OpenDatabase, config: Config): Promise<void> {
  if (!config.databaseUrl) return;
  const client = connect(database.url, { max: 1 });
  const found = await hasOtherAccounts(client.db, demoAccounts.map(({ login }) => login)).finally(() => client.close());
  if (found) throw new ConfigError("DATABASE_URL 指向的数据库里有真实账号，不能拿来演示。请去掉 DATABASE_URL，或换一个空的数据库。");
}

async function fill(database: OpenDatabase, config: Config, district: string | undefined): Promise<void> {
  await refuseRealAccounts(database, config);
  if (district && (await importFolder({ ownerUrl: database.ownerUrl, folder: district })) !== 0) throw new Error(`没有导入 ${district}`);
  const client = connect(database.url, { max: 4 });
  try {
    const storage = createStorage(config.storage, database.name);
    await (district ? seedAccounts : seedDemo)({ db: client.db, vault: createVault(config.dataKey), storage, now: new Date() });
  } finally {
    await client.close();
  }
}

await run(async () => {
  const { values } = parseArgs({ options: { district: { type: "string" } } });
  const config = readConfig(process.env, { demo: true });
  build();
  const database = await openDatabase(config, { holder: "portal", database: values.district ? "jiati_district" : "jiati_demo", say: console.log });
  try {
    await fill(database, config, values.district);
    const portal = await startPortal(config, database);
    endOrderly(async () => {
      await portal.close();
      await database.close();
    });
    sayDemo(portal.url, values.district !== undefined);
  } catch (error) {
    await database.close();
    throw error;
  }
});
