import { sql, type Kysely } from "kysely";

/** Whoever signs in asks which rolls the own flats stand on. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index roll_entry_flat on roll_entry (flat_id)`.execute(db);
}
