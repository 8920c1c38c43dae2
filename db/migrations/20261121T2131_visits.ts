import { sql, type Kysely } from "kysely";

/** Talks at the door and by phone with owners who were not reached yet. What was said stands apart, so that it can be removed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table visit (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  stairwell_id integer not null references stairwell,
  flat_id integer not null references flat,
  outcome text not null check (outcome in ('met', 'called', 'absent')),
  account_id integer not null references account,
  at timestamptz not null
);
create index visit_stairwell on visit (stairwell_id, at);
comment on table visit is 'whether somebody was reached, never what they think of the lift';

create table visit_undo (
  visit_id integer primary key references visit,
  subdistrict_id integer not null references subdistrict,
  account_id integer not null references account,
  at timestamptz not null
);

create table visit_note (
  visit_id integer primary key references visit,
  subdistrict_id integer not null references subdistrict,
  text_cipher bytea not null,
  at timestamptz not null
);
create index visit_note_age on visit_note (at);
comment on table visit_note is 'for colleagues, sealed; removed when it has served its time';
`.execute(db);

  for (const table of ["visit", "visit_undo"]) {
    await sql`
      create trigger add_only before update or delete on ${sql.id(table)} for each row execute function refuse_change()`.execute(db);
    await sql`
      create trigger add_only_whole before truncate on ${sql.id(table)} for each statement execute function refuse_change()`.execute(db);
    await sql`grant select, insert on ${sql.id(table)} to jiati_app`.execute(db);
  }
  await sql`grant select, insert, delete on visit_note to jiati_app`.execute(db);
}
