import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { backup as text } from "#app/i18n/zh-CN/backup.ts";
import { listStoredKeys } from "#app/use-cases/file/list-stored-keys.server.ts";
import { writeBackup } from "#db/backup/write-backup.server.ts";
import { connect } from "#db/client.server.ts";
import { openStores, sumOf } from "./stores.ts";
import { run } from "./run.ts";

await run(async () => {
  const [given, ...more] = process.argv.slice(2);
  if (!given || more.length > 0) {
    process.stderr.write(`${text.usage.backup}\n`);
    process.exitCode = 2;
    return;
  }
  const folder = path.resolve(process.env["INIT_CWD"] ?? ".", given);
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    process.stderr.write(`${text.exists(folder)}\n`);
    process.exitCode = 1;
    return;
  }
  const { database, vault, storage } = await openStores();
  const { db, close } = connect(database.url, { max: 1 });
  try {
    const manifest = await writeBackup(folder, {
      ownerUrl: database.ownerUrl,
      publicKey: vault.publicKey,
      listFileKeys: () => listStoredKeys(db, vault),
      getFile: (key) => storage.get(key),
      now: new Date(),
    });
    process.stdout.write(`${text.written(sumOf(manifest), manifest.files.length, Object.keys(manifest.heads).length, folder)}\n`);
  } finally {
    await close();
    await database.close();
  }
});
