import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { isDeepStrictEqual } from "node:util";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { connect } from "../client.server.ts";
import { BackupRefused, manifestSchema, type Manifest } from "./manifest.server.ts";
import { listHeads, listMigrationNames, listTables, quoted } from "./tables.server.ts";

/** What a backup is put into: a migrated database without rows, and a file store. */
export interface RestoreTarget {
  ownerUrl: string;
  publicKey: Buffer;
  putFile(key: string, bytes: Buffer): Promise<void>;
}

/**
 * Puts a backup back, whole or not at all: files first, then all rows in one transaction, then every chain's head is
 * compared with that of the backup.
 *
 * @throws BackupRefused where the folder is no whole backup, was made with another key or version, or the database has rows
 */
export async function restoreBackup(folder: string, target: RestoreTarget): Promise<Manifest> {
  const manifest = await readManifest(folder);
  if (manifest.publicKey !== target.publicKey.toString("hex")) throw new BackupRefused("other_key");
  for (const { name, sha256 } of manifest.tables) {
    if ((await digestOf(path.join(folder, "tables", `${name}.gz`))) !== sha256) throw new BackupRefused("damaged", name);
  }
  const { pool, close } = connect(target.ownerUrl, { as: "owner", max: 1 });
  const client = await pool.connect();
  try {
    await client.query("begin");
    if (!isDeepStrictEqual(await listMigrationNames(client), manifest.migrations)) throw new BackupRefused("other_version");
    const tables = await listTables(client);
    for (const { name } of tables) {
      const { rowCount } = await client.query(`select from ${quoted(name)} limit 1`);
      if (rowCount !== 0) throw new BackupRefused("not_empty", name);
    }
    await restoreFiles(folder, manifest, target);
    for (const { name } of tables) await client.query(`alter table ${quoted(name)} disable trigger user`);
    for (const { name } of tables) {
      const backed = manifest.tables.find((table) => table.name === name);
      if (!backed) throw new BackupRefused("malformed", name);
      await copyIn(client, backed, path.join(folder, "tables", `${name}.gz`));
    }
    // The number of the opening's transaction means nothing here, and another transaction may come to bear it.
    await client.query("update consultation set opened_xid = '2'");
    for (const { name } of tables) await client.query(`alter table ${quoted(name)} enable trigger user`);
    await advanceIdentities(client);
    if (!isDeepStrictEqual(await listHeads(client), manifest.heads)) throw new BackupRefused("heads_differ");
    await client.query("commit");
    await client.query("analyze");
    return manifest;
  } finally {
    client.release(true);
    await close();
  }
}

async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(path.join(folder, "manifest.json"), "utf8").catch(() => {
    throw new BackupRefused("no_manifest");
  });
  try {
    return manifestSchema.parse(JSON.parse(text));
  } catch {
    throw new BackupRefused("malformed", "manifest.json");
  }
}

async function digestOf(file: string): Promise<string | null> {
  const hash = createHash("sha256");
  try {
    await pipeline(createReadStream(file), createGunzip(), hash);
    return hash.digest("hex");
  } catch {
    return null;
  }
}

async function copyIn(client: pg.PoolClient, { name, columns }: Manifest["tables"][number], file: string): Promise<void> {
  const target = client.query(copyFrom(`copy ${quoted(name)} (${columns.map(quoted).join(", ")}) from stdin`));
  await pipeline(createReadStream(file), createGunzip(), target);
}

async function restoreFiles(folder: string, { files }: Manifest, { putFile }: RestoreTarget): Promise<void> {
  for (const { key, sha256 } of files) {
    const bytes = await readFile(path.join(folder, "files", key)).catch(() => null);
    if (!bytes || createHash("sha256").update(bytes).digest("hex") !== sha256) throw new BackupRefused("damaged", key);
    await putFile(key, bytes);
  }
}

/** New rows get numbers above those that came in. */
async function advanceIdentities(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query<{ table: string; column: string }>(`
    select c.relname as table, a.attname as column from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attidentity <> '' and c.relname not like 'kysely_migration%'`);
  for (const { table, column } of rows) {
    await client.query(
      `select setval(pg_get_serial_sequence($1, $2), coalesce(max(${quoted(column)}), 0) + 1, false) from ${quoted(table)}`,
      [quoted(table), column],
    );
  }
}
