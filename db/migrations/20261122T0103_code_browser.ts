import { sql, type Kysely } from "kysely";

/** A code to sign in is of use to the browser alone that asked for it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
alter table phone_code add column browser_hash bytea;
comment on column phone_code.browser_hash is 'keyed hash of what names the browser that asked; null where a code is for something that only its asker knows';
`.execute(db);
}
