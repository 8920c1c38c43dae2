import { sql, type Kysely } from "kysely";

/** Condition assessments (加梯条件评估): what was found factor by factor, signed by two professionals. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table assessment (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  stairwell_id integer not null references stairwell,
  number integer not null check (number > 0),
  factors jsonb not null,
  started_at timestamptz not null,
  started_by integer not null references account,
  signed_at timestamptz,
  signed_by integer references account,
  returned_for text check (length(returned_for) between 1 and 500),
  grade text check (grade in ('A', 'B', 'C')),
  issued_at timestamptz,
  issued_by integer references account,
  unique (stairwell_id, number),
  check ((signed_at is null) = (signed_by is null)),
  check ((issued_at is null) = (issued_by is null) and (issued_at is null) = (grade is null)),
  check (issued_at is null or (signed_at is not null and issued_by <> signed_by)),
  check (returned_for is null or signed_at is null)
);
create unique index assessment_draft on assessment (stairwell_id) where issued_at is null;
comment on column assessment.factors is 'the list of factors as it stood when the assessment was begun';
comment on column assessment.returned_for is 'why the second professional gave it back, until it is signed again';

create table assessment_factor (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  assessment_id integer not null references assessment,
  factor text not null check (length(factor) between 1 and 60),
  finding text not null check (finding in ('none', 'weak', 'strong', 'major', 'not-seen')),
  measured numeric(6, 2) check (measured >= 0),
  note text check (length(note) between 1 and 500),
  remedy text check (length(remedy) between 1 and 200),
  remedy_by text check (length(remedy_by) between 1 and 60),
  account_id integer not null references account,
  at timestamptz not null,
  check ((remedy is null) = (remedy_by is null))
);
create index assessment_factor_newest on assessment_factor (assessment_id, factor, id desc);
comment on column assessment_factor.measured is 'in the unit of the factor''s limit';
comment on column assessment_factor.remedy_by is 'who would have to act';

create table assessment_photo (
  file_id text primary key references file,
  subdistrict_id integer not null references subdistrict,
  assessment_id integer not null references assessment,
  factor text not null,
  account_id integer not null references account,
  at timestamptz not null
);
create index assessment_photo_of on assessment_photo (assessment_id, factor);

create view assessment_finding as
  select distinct on (f.assessment_id, f.factor)
    f.assessment_id, f.factor, f.finding, f.measured, f.note, f.remedy, f.remedy_by, f.account_id, f.at
  from assessment_factor f
  order by f.assessment_id, f.factor, f.id desc;

create function keep_assessment() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'DELETE' or old.issued_at is not null
     or (new.stairwell_id, new.subdistrict_id, new.number, new.factors, new.started_at, new.started_by)
        is distinct from (old.stairwell_id, old.subdistrict_id, old.number, old.factors, old.started_at, old.started_by)
     or (new.issued_at is not null and (new.signed_at, new.signed_by) is distinct from (old.signed_at, old.signed_by)) then
    raise exception 'assessment % keeps its start, its signatures and its grade', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger assessment_kept before update or delete on assessment for each row execute function keep_assessment();
create trigger assessment_kept_whole before truncate on assessment for each statement execute function refuse_change();

create function refuse_finding_after_signing() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  perform from assessment where id = new.assessment_id and signed_at is null for share;
  if not found then
    raise exception 'assessment % is signed', new.assessment_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger finding_before_signing before insert on assessment_factor for each row execute function refuse_finding_after_signing();
create trigger photo_before_signing before insert on assessment_photo for each row execute function refuse_finding_after_signing();
`.execute(db);

  for (const table of ["assessment_factor", "assessment_photo"]) {
    await sql`
      create trigger add_only before update or delete on ${sql.id(table)} for each row execute function refuse_change()`.execute(db);
    await sql`
      create trigger add_only_whole before truncate on ${sql.id(table)} for each statement execute function refuse_change()`.execute(db);
    await sql`grant select, insert on ${sql.id(table)} to jiati_app`.execute(db);
  }
  await sql`grant select, insert on assessment to jiati_app`.execute(db);
  await sql`grant update (signed_at, signed_by, returned_for, grade, issued_at, issued_by) on assessment to jiati_app`.execute(db);
  await sql`grant select on assessment_finding to jiati_app`.execute(db);
}
