import { sql, type Kysely } from "kysely";

const ADD_ONLY = ["firm", "firm_record", "firm_block", "plan_version", "plan_withdrawal", "consultation_plan"];

/** The register of firms, the plans of a stairwell in versions, and the version that a consultation is about. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table firm (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  credit_code text not null check (credit_code ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'),
  account_id integer not null references account,
  at timestamptz not null,
  unique (subdistrict_id, credit_code)
);
comment on column firm.credit_code is 'unified social credit identifier, GB 32100-2015';

create table firm_record (
  id integer generated always as identity primary key,
  firm_id integer not null references firm,
  subdistrict_id integer not null references subdistrict,
  name text not null check (length(name) between 1 and 60),
  kind text not null check (kind in ('agent', 'contractor', 'supervisor', 'designer', 'maker')),
  grade text check (grade in ('A', 'B', 'C')),
  valid_from date not null,
  valid_until date,
  source text not null check (length(source) between 1 and 200),
  account_id integer not null references account,
  at timestamptz not null,
  check (valid_until is null or valid_until >= valid_from)
);
create index firm_record_newest on firm_record (firm_id, id desc);
comment on table firm_record is 'what is registered of a firm; the newest row of a firm holds';

create table firm_block (
  id integer generated always as identity primary key,
  firm_id integer not null references firm,
  subdistrict_id integer not null references subdistrict,
  blocked boolean not null,
  reason text not null check (length(reason) between 1 and 500),
  source text not null check (length(source) between 1 and 200),
  account_id integer not null references account,
  at timestamptz not null
);
create index firm_block_newest on firm_block (firm_id, id desc);
comment on table firm_block is 'the blacklist: put on it, and taken off again; the newest row of a firm holds';

create table plan_version (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  stairwell_id integer not null references stairwell,
  number integer not null check (number between 1 and 999),
  version integer not null check (version between 1 and 999),
  firm_id integer not null references firm,
  agent text not null check (length(agent) between 1 and 60),
  make text not null check (length(make) between 1 and 40),
  model text not null check (length(model) between 1 and 40),
  entry text not null check (entry in ('flat', 'half')),
  position text not null check (position in ('north', 'south', 'east', 'west', 'inside')),
  price_fen integer not null check (price_fen between 1 and 1000000000),
  months integer not null check (months between 1 and 60),
  about text check (length(about) between 1 and 500),
  drawing text references file,
  changed text check (length(changed) between 1 and 500),
  account_id integer not null references account,
  at timestamptz not null,
  unique (stairwell_id, number, version),
  check ((version = 1) = (changed is null))
);
comment on column plan_version.agent is 'the firm by its name of that day';
comment on column plan_version.position is 'the side of the building on which the shaft stands';
comment on column plan_version.changed is 'what is different from the version before, and why';

create table plan_withdrawal (
  stairwell_id integer not null references stairwell,
  number integer not null,
  version integer not null,
  subdistrict_id integer not null references subdistrict,
  reason text not null check (length(reason) between 1 and 500),
  account_id integer not null references account,
  at timestamptz not null,
  primary key (stairwell_id, number),
  foreign key (stairwell_id, number, version) references plan_version (stairwell_id, number, version)
);

create table consultation_plan (
  consultation_id integer primary key references consultation,
  subdistrict_id integer not null references subdistrict,
  plan_version_id integer not null references plan_version
);
create index consultation_plan_version on consultation_plan (plan_version_id);

create function refuse_plan_after_opening() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  -- The transaction that opens a consultation says which version it is about; afterwards nobody does.
  if not exists (select from consultation c join plan_version p on p.stairwell_id = c.stairwell_id
      where c.id = new.consultation_id and p.id = new.plan_version_id and c.closed_at is null and c.opened_xid = pg_current_xact_id()) then
    raise exception 'consultation % keeps its plan', new.consultation_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger plan_frozen before insert on consultation_plan
  for each row execute function refuse_plan_after_opening();
`.execute(db);

  for (const table of ADD_ONLY) {
    await sql`create trigger add_only before update or delete on ${sql.id(table)} for each row execute function refuse_change()`.execute(db);
    await sql`create trigger add_only_whole before truncate on ${sql.id(table)} for each statement execute function refuse_change()`.execute(db);
    await sql`grant select, insert on ${sql.id(table)} to jiati_app`.execute(db);
  }
}
