import { sql, type Kysely } from "kysely";

/** Owners ask for a re-assessment by a ticket of its own kind. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
alter table ticket
  drop constraint ticket_kind_check,
  add constraint ticket_kind_check check (kind in ('noise', 'stop', 'quality', 'money', 'reassessment', 'ballot-not-mine', 'intent-not-mine', 'other'));
`.execute(db);
}
