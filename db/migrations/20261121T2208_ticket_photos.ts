import { sql, type Kysely } from "kysely";

/** Photos that a resident sends with a ticket; whoever may read the ticket sees them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table ticket_photo (
  file_id text primary key references file,
  ticket_id integer not null references ticket,
  subdistrict_id integer not null references subdistrict
);
create index ticket_photo_ticket on ticket_photo (ticket_id);
create trigger add_only before update or delete on ticket_photo for each row execute function refuse_change();
create trigger add_only_whole before truncate on ticket_photo for each statement execute function refuse_change();
grant select, insert on ticket_photo to jiati_app;
`.execute(db);
}
