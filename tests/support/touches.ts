import { sql } from "kysely";
import { DELIVER_MESSAGE } from "#db/queries/outbox.server.ts";
import type { TestDatabase } from "./database.ts";

/** Whoever sends too much or a wrong code is counted: these rows, and none else, a refused request may change. */
const COUNTED = ["rate_limit"];

export interface Touches {
  /** The tables of which rows were added, changed or removed since one last asked; what was rolled back is none of it. */
  since(): Promise<string[]>;
}

/** Notes from now on each table of which a committed transaction changes a row. The rounds of the job queue are stopped first. */
export async function watchTouches({ owner: { db } }: TestDatabase): Promise<Touches> {
  await sql`create table touched (name text not null)`.execute(db);
  await sql`create function note_touch() returns trigger language plpgsql security definer as
    $$ begin insert into public.touched values (tg_table_name); return null; end $$`.execute(db);
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'touched'`.execute(db);
  for (const { name } of rows) {
    if (!COUNTED.includes(name)) await sql`create trigger note_touch after insert or update or delete on ${sql.table(name)} for each row execute function note_touch()`.execute(db);
  }
  return {
    async since() {
      const { rows: touched } = await sql<{ name: string }>`with gone as (delete from touched returning name) select distinct name from gone order by 1`.execute(db);
      return touched.map(({ name }) => name);
    },
  };
}

/** Waits for the rounds that run at the start and lets none begin after them, so that only requests change anything. Messages wait: there is no gateway. */
export async function stopRounds({ owner: { db } }: TestDatabase): Promise<void> {
  await sql`create function no_job() returns trigger language plpgsql as $$ begin return null; end $$`.execute(db);
  await sql`create trigger no_job before insert on graphile_worker._private_jobs for each row execute function no_job()`.execute(db);
  for (;;) {
    const { rows } = await sql`
      select from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where t.identifier <> ${DELIVER_MESSAGE} and (j.locked_at is not null or j.attempts < j.max_attempts)`.execute(db);
    if (rows.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
