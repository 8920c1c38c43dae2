import { readdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { runMigrations } from "graphile-worker";
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
 * Lets the application put jobs into graphile-worker's tables and run them. They have row level security without a
 * policy, which shuts out everybody but their owner.
 */
async function admitToQueue(db: Kysely<unknown>): Promise<void> {
  await sql`
do $$
declare
  queue_table regclass;
begin
  perform pg_advisory_xact_lock(hashtextextended('admit to queue', 0));
  grant usage on schema graphile_worker to jiati_app;
  grant select, insert, update, delete on all tables in schema graphile_worker to jiati_app;
  revoke insert, update, delete on graphile_worker.migrations from jiati_app;
  for queue_table in select oid from pg_class where relnamespace = 'graphile_worker'::regnamespace and relrowsecurity loop
    if not exists (select from pg_policy where polrelid = queue_table and polname = 'application') then
      execute format('create policy application on %s to jiati_app using (true) with check (true)', queue_table);
    end if;
  end loop;
end $$`.execute(db);
}

/**
 * Brings the database of `ownerUrl` up to date, the job queue's own schema included, and answers with the names of our
 * migrations that were run.
 *
 * @throws the error of the migration that failed; what it did is rolled back.
 */
export async function migrate(ownerUrl: string): Promise<string[]> {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 2 });
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    await sql`select 1`.execute(db);
    const migrator = new Migrator({ db, provider: { getMigrations: listMigrations } });
    const { error, results } = await migrator.migrateToLatest();
    if (error) throw error;
    await runMigrations({ pgPool: pool });
    await admitToQueue(db);
    return (results ?? []).filter((r) => r.status === "Success").map((r) => r.migrationName);
  } finally {
    await db.destroy();
  }
}
