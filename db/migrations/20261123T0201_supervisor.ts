import { sql, type Kysely } from "kysely";

/** A supervisor (监理) of a stairwell's works: a role like contractor and agent, granted for single stairwells. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const roles = sql`('resident', 'committee', 'assessor', 'contractor', 'agent', 'supervisor', 'office', 'admin')`;
  await sql`
alter table "grant" drop constraint grant_role_check, add constraint grant_role_check check (role in ${roles})`.execute(db);
  await sql`
alter table account_event drop constraint account_event_role_check, add constraint account_event_role_check check (role in ${roles})`.execute(db);
}
