import { readConfig } from "#app/config.server.ts";
import { createStorage } from "#app/integrations/storage.server.ts";
import type { Manifest } from "#db/backup/manifest.server.ts";
import { openDatabase } from "#db/open.server.ts";
import { createVault } from "#db/personal-data.server.ts";

/** Everything that keeps data, as the portal of this configuration has it. */
export async function openStores() {
  const config = readConfig(process.env);
  const database = await openDatabase(config, { holder: "command", say: (line) => process.stdout.write(`${line}\n`) });
  return { database, vault: createVault(config.dataKey), storage: createStorage(config.storage, database.name) };
}

/** All rows of a backup. */
export function sumOf({ tables }: Manifest): number {
  return tables.reduce((sum, { rows }) => sum + rows, 0);
}
