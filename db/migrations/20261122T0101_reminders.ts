import { sql, type Kysely } from "kysely";

/** Whoever wants no reminders says so for the phone to which they go, whether or not it stands on a roll. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
alter table account add column reminders_off_at timestamptz;
comment on column account.reminders_off_at is 'since when this phone wants no reminders of running consultations; null: reminded';
alter table owner drop column reminders_off_at, drop column reminders_off_by;
`.execute(db);
}
