import { sql, type Kysely } from "kysely";

/** Every code sent to a phone is of use to the browser alone that asked for it; those without one live ten minutes at most. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
delete from phone_code where browser_hash is null;
alter table phone_code alter column browser_hash set not null;
comment on column phone_code.browser_hash is 'keyed hash of what names the browser that asked';
`.execute(db);
}
