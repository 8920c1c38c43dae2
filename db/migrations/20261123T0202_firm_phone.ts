import { sql, type Kysely } from "kysely";

/** The number under which a firm is reached about its works: printed on the board at the site and read by everybody. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table firm_record add column phone text check (length(phone) between 6 and 20)`.execute(db);
  await sql`comment on column firm_record.phone is 'of the firm, public; null where none was registered'`.execute(db);
}
