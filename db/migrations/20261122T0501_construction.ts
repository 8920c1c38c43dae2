import { sql, type Kysely } from "kysely";


/** The works: planned milestones, what is reported from the site, and who has held it against its photos. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table works_plan (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  stairwell_id integer not null references stairwell,
  number integer not null check (number > 0),
  reason text check (length(reason) between 1 and 200),
  account_id integer not null references account,
  at timestamptz not null,
  unique (stairwell_id, number),
  check ((number = 1) = (reason is null))
);
comment on column works_plan.number is 'versions of a stairwell''s plan; the highest is in force';

create table milestone (
  plan_id integer not null references works_plan,
  place integer not null check (place >= 0),
  subdistrict_id integer not null references subdistrict,
  code text not null check (length(code) between 1 and 8),
  name text not null check (length(name) between 1 and 60),
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  primary key (plan_id, place),
  unique (plan_id, code)
);

create table site_report (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  stairwell_id integer not null references stairwell,
  milestone text not null,
  kind text not null check (kind in ('working', 'done', 'stopped')),
  on_day date not null,
  cause text check (cause in ('gas', 'pipes', 'material', 'weather', 'neighbours', 'money', 'design', 'safety', 'inspection', 'holiday', 'other')),
  owner text check (owner in ('contractor', 'agent', 'committee', 'office', 'gas', 'water', 'power', 'telecom', 'inspector', 'owners')),
  next_day date,
  people integer check (people between 0 and 999),
  words_cipher bytea,
  account_id integer not null references account,
  at timestamptz not null,
  unique (id, account_id),
  check (num_nonnulls(owner, next_day) = case kind when 'stopped' then 2 else 0 end),
  check (kind <> 'stopped' or cause is not null),
  check (next_day >= on_day)
);
create index site_report_stairwell on site_report (stairwell_id, on_day, id);
comment on column site_report.on_day is 'the day that it is about; at is when it came in';
comment on column site_report.words_cipher is 'JSON {work, problems, tomorrow}, sealed';

create table site_report_photo (
  file_id text primary key references stairwell_photo,
  report_id integer not null references site_report,
  subdistrict_id integer not null references subdistrict
);
create index site_report_photo_report on site_report_photo (report_id);

create table milestone_decision (
  report_id integer primary key,
  reported_by integer not null,
  subdistrict_id integer not null references subdistrict,
  verdict text not null check (verdict in ('confirmed', 'returned')),
  reason text check (length(reason) between 1 and 200),
  account_id integer not null references account,
  at timestamptz not null,
  foreign key (report_id, reported_by) references site_report (id, account_id),
  check (account_id <> reported_by),
  check (verdict = 'confirmed' or reason is not null)
);
`.execute(db);

  for (const table of ["works_plan", "milestone", "site_report", "site_report_photo", "milestone_decision"]) {
    await sql`
      create trigger add_only before update or delete on ${sql.id(table)} for each row execute function refuse_change()`.execute(db);
    await sql`
      create trigger add_only_whole before truncate on ${sql.id(table)} for each statement execute function refuse_change()`.execute(db);
    await sql`grant select, insert on ${sql.id(table)} to jiati_app`.execute(db);
  }
}
