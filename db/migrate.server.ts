import { readdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Kysely, Migrator, PostgresDialect, sql, type Migration } from "kysely";
import pg from "pg";

const FOLDER = path.join(path.dirname(fileURLToPath(import.meta.url)), "migrations");

async function listMigrations(): Promise<Record<string, Migration>> {
  const found: Record<string, Migration> = {};
  for (const file of (await readdir(FOLDER)).sort()) {
    if (!/^\d{8}T\d{4}_[\w-]+\.ts$/.test(file)) continue;
    found[file.slice(0, -3)] = (await import(/* @vite-ignore */ pathToFileURL(path.join(FOLDER, file)).href)) as Migration;
  }
  return found;
}

/**
 * Brings the database of `ownerUrl` up to date and answers with the names of the migrations that were run.
 *
 * @throws the error of the migration that failed; what it did is rolled back.
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 2 });
  pool.on("error", () => {});
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    await sql`select 1`.execute(db);
    const migrator = new Migrator({ db, provider: { getMigrations: listMigrations } });
    const { error, results } = await migrator.migrateToLatest();
    if (error) throw error;
    return (results ?? []).filter((r) => r.status === "Success").map((r) => r.migrationName);
  } finally {
    await db.destroy();
  }
}
