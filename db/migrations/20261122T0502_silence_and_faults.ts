import { sql, type Kysely } from "kysely";

/** Sites that nobody reports from, who is written to about them, and faults until somebody has checked that they are gone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table site_contact (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  stairwell_id integer not null references stairwell,
  committee_phone_cipher bytea,
  agent_phone_cipher bytea,
  account_id integer not null references account,
  at timestamptz not null
);
create index site_contact_newest on site_contact (stairwell_id, id desc);
comment on table site_contact is 'the phones that hear of a silent site; the newest row of a stairwell counts';

create table site_silence (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  stairwell_id integer not null references stairwell,
  since date not null,
  at timestamptz not null,
  unique (stairwell_id, since)
);
comment on column site_silence.since is 'the day of the last report, or of the start of the works; flagged once for each';

create table site_fault (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  stairwell_id integer not null references stairwell,
  milestone text not null,
  words_cipher bytea not null,
  due_on date not null,
  account_id integer not null references account,
  at timestamptz not null
);
create index site_fault_stairwell on site_fault (stairwell_id, id desc);
comment on column site_fault.words_cipher is 'what was found, sealed: it may name somebody';

create table site_fault_step (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  fault_id integer not null references site_fault,
  kind text not null check (kind in ('rectified', 'checked', 'returned')),
  words_cipher bytea,
  account_id integer not null references account,
  at timestamptz not null,
  check (kind <> 'returned' or words_cipher is not null)
);
create index site_fault_step_fault on site_fault_step (fault_id, id);

create table site_fault_photo (
  file_id text primary key references stairwell_photo,
  subdistrict_id integer not null references subdistrict,
  fault_id integer not null references site_fault,
  step_id integer references site_fault_step
);
create index site_fault_photo_fault on site_fault_photo (fault_id);
comment on column site_fault_photo.step_id is 'null for photos of what was found';
`.execute(db);

  for (const table of ["site_contact", "site_silence", "site_fault", "site_fault_step", "site_fault_photo"]) {
    await sql`
      create trigger add_only before update or delete on ${sql.id(table)} for each row execute function refuse_change()`.execute(db);
    await sql`
      create trigger add_only_whole before truncate on ${sql.id(table)} for each statement execute function refuse_change()`.execute(db);
    await sql`grant select, insert on ${sql.id(table)} to jiati_app`.execute(db);
  }
}
