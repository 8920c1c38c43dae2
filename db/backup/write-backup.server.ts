import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import { connect } from "../client.server.ts";
import { BACKUP_FORMAT, type Manifest } from "./manifest.server.ts";
import { listHeads, listMigrationNames, listTables, quoted } from "./tables.server.ts";

/** What a backup takes from outside the database. */
export interface BackupSource {
  ownerUrl: string;
  publicKey: Buffer;
  /** The keys of all objects in the file store that rows speak of. */
  listFileKeys(): Promise<string[]>;
  getFile(key: string): Promise<Buffer | null>;
  now: Date;
}

/**
 * Writes all rows as they are at one moment, and the stored files, into an empty or new folder. By COPY, not pg_dump:
 * that refuses a server newer than itself, and there is none beside the embedded one.
 *
 * @throws Error when the folder cannot be written, or a stored file is missing
 */
export async function writeBackup(folder: string, source: BackupSource): Promise<Manifest> {
  await mkdir(path.join(folder, "tables"), { recursive: true, mode: 0o700 });
  const { pool, close } = connect(source.ownerUrl, { as: "owner", max: 1 });
  const client = await pool.connect();
  try {
    await client.query("begin isolation level repeatable read read only");
    const tables: Manifest["tables"] = [];
    for (const table of await listTables(client)) {
      tables.push({ ...table, ...(await copyOut(client, table, path.join(folder, "tables", `${table.name}.gz`))) });
    }
    const manifest: Manifest = {
      format: BACKUP_FORMAT,
      at: source.now.toISOString(),
      migrations: await listMigrationNames(client),
      publicKey: source.publicKey.toString("hex"),
      tables,
      files: await copyFiles(folder, source),
      heads: await listHeads(client),
    };
    await client.query("commit");
    const unfinished = path.join(folder, "manifest.json.part");
    await writeFile(unfinished, `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600 });
    await rename(unfinished, path.join(folder, "manifest.json"));
    return manifest;
  } finally {
    client.release(true);
    await close();
  }
}

async function copyOut(client: pg.PoolClient, { name, columns }: { name: string; columns: string[] }, file: string) {
  const hash = createHash("sha256");
  let rows = 0;
  const watch = new Transform({
    transform(chunk: Buffer, _, pass) {
      hash.update(chunk);
      for (const byte of chunk) if (byte === 10) rows += 1;
      pass(null, chunk);
    },
  });
  const select = client.query(copyTo(`copy ${quoted(name)} (${columns.map(quoted).join(", ")}) to stdout`));
  await pipeline(select, watch, createGzip(), createWriteStream(file, { mode: 0o600 }));
  return { rows, sha256: hash.digest("hex") };
}

async function copyFiles(folder: string, { listFileKeys, getFile }: BackupSource): Promise<Manifest["files"]> {
  const files: Manifest["files"] = [];
  for (const key of await listFileKeys()) {
    const bytes = await getFile(key);
    if (!bytes) throw new Error(`the file store has lost ${key}`);
    const place = path.join(folder, "files", key);
    await mkdir(path.dirname(place), { recursive: true, mode: 0o700 });
    await writeFile(place, bytes, { mode: 0o600 });
    files.push({ key, bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") });
  }
  return files;
}
