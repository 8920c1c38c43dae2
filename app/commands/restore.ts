import path from "node:path";
import { backup as text } from "#app/i18n/zh-CN/backup.ts";
import { BackupRefused } from "#db/backup/manifest.server.ts";
import { restoreBackup } from "#db/backup/restore-backup.server.ts";
import { openStores, sumOf } from "./stores.ts";
import { run } from "./run.ts";

await run(async () => {
  const [given, ...more] = process.argv.slice(2);
  if (!given || more.length > 0) {
    process.stderr.write(`${text.usage.restore}\n`);
    process.exitCode = 2;
    return;
  }
  const { database, vault, storage } = await openStores();
  try {
    const manifest = await restoreBackup(path.resolve(process.env["INIT_CWD"] ?? ".", given), {
      ownerUrl: database.ownerUrl,
      publicKey: vault.publicKey,
      putFile: (key, bytes) => storage.put(key, bytes),
    });
    process.stdout.write(`${text.restored(sumOf(manifest), manifest.files.length, Object.keys(manifest.heads).length)}\n`);
  } catch (error) {
    if (!(error instanceof BackupRefused)) throw error;
    process.stderr.write(`${text.refused(error.code, error.at)}\n`);
    process.exitCode = 1;
  } finally {
    await database.close();
  }
});
