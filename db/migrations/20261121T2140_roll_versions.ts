import { sql, type Kysely } from "kysely";

const ADD_ONLY = ["roll_version", "roll_export"];

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table roll_version (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  stairwell_id integer not null references stairwell,
  number integer not null check (number > 0),
  flats_cipher bytea not null,
  summary jsonb,
  account_id integer references account,
  at timestamptz not null,
  unique (stairwell_id, number)
);
comment on table roll_version is 'the owners'' roll of a stairwell after each upload that changed it; the first is what was there before';
comment on column roll_version.flats_cipher is 'flats, areas and owners with their numbers as JSON, sealed';
comment on column roll_version.summary is 'what the upload changed, without anything that names a person; null of what was there before';
comment on column roll_version.account_id is 'null: whoever runs the installation';

create table roll_export (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  stairwell_id integer not null references stairwell,
  account_id integer not null references account,
  reason text not null check (length(reason) between 1 and 500),
  at timestamptz not null
);
create index roll_export_newest on roll_export (stairwell_id, account_id, at desc);
comment on table roll_export is 'why somebody took the owners'' ID numbers and phones out of the portal';
`.execute(db);
  for (const table of ADD_ONLY) {
    await sql`
      create trigger add_only before update or delete on ${sql.id(table)} for each row execute function refuse_change()`.execute(db);
    await sql`
      create trigger add_only_whole before truncate on ${sql.id(table)} for each statement execute function refuse_change()`.execute(db);
    await sql`grant select, insert on ${sql.id(table)} to jiati_app`.execute(db);
  }
}
