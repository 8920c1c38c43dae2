import { sql, type Kysely } from "kysely";

/** The rows that are only ever added: nobody may change or remove them, the owner of the tables included. */
const ADD_ONLY = [
  "intent",
  "intent_confirmation",
  "intent_rejection",
  "stage_move",
  "roll_entry",
  "ballot",
  "ballot_void_request",
  "ballot_void_rejection",
  "ballot_void",
  "certificate",
  "log_entry",
];

/** What the application's role may do besides reading and adding. */
const MAY_UPDATE = [
  "subdistrict",
  "committee",
  "community",
  "stairwell",
  "flat",
  "owner",
  "ownership",
  "owner_question",
  "roll_draft",
  "account",
  "grant",
  "session",
  "phone_code",
  "slip",
  "project",
  "consultation",
  "chain",
  "outbox",
  "rate_limit",
];

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
do $$ begin
  if not exists (select from pg_roles where rolname = 'jiati_app') then
    create role jiati_app nologin;
  end if;
exception when duplicate_object or unique_violation then null;
end $$`.execute(db);

  await sql`
create table subdistrict (
  id integer generated always as identity primary key,
  code text not null unique check (code ~ '^[a-z0-9-]{1,32}$'),
  name text not null check (length(name) between 1 and 60),
  phone text not null
);

create table committee (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  name text not null check (length(name) between 1 and 60),
  phone text not null,
  unique (subdistrict_id, name)
);

create table community (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  committee_id integer not null references committee,
  code text not null unique check (code ~ '^[A-Z0-9]{1,12}$'),
  name text not null check (length(name) between 1 and 60),
  pinyin text not null,
  initials text not null,
  address text not null,
  built_year integer check (built_year between 1900 and 2100),
  lon double precision check (lon between -180 and 180),
  lat double precision check (lat between -90 and 90)
);
create index community_committee on community (committee_id);

create table stairwell (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  community_id integer not null references community,
  code text not null unique check (code ~ '^[A-Z0-9]{1,12}-[A-Z0-9]{1,8}$'),
  building text not null,
  entrance text not null,
  floors integer not null check (floors between 1 and 60),
  lon double precision check (lon between -180 and 180),
  lat double precision check (lat between -90 and 90),
  unique (community_id, building, entrance)
);

create table flat (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  stairwell_id integer not null references stairwell,
  room text not null check (length(room) between 1 and 16),
  floor integer not null check (floor between -5 and 60),
  area integer not null check (area between 1 and 200000),
  area_source text not null default 'register' check (area_source in ('register', 'survey', 'contract')),
  unique (stairwell_id, room)
);
comment on column flat.area is 'hundredths of a square metre';
comment on column flat.area_source is 'SPC interpretation on condominium ownership, art. 8: land register, else survey, else sale contract';

create table owner (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  code text not null unique,
  name text not null check (length(name) between 1 and 120),
  kind text not null check (kind in ('person', 'company', 'developer', 'public')),
  phone_cipher bytea,
  phone_hash bytea,
  id_cipher bytea,
  id_hash bytea,
  name_tail_hash bytea
);
create index owner_phone on owner (phone_hash) where phone_hash is not null;
create unique index owner_by_id on owner (subdistrict_id, id_hash) where id_hash is not null;
create index owner_by_name_tail on owner (subdistrict_id, name_tail_hash) where name_tail_hash is not null;
comment on column owner.code is 'stands for the person in rolls and consultation files, says nothing about them';
comment on column owner.phone_hash is 'keyed hash, for looking up; the number itself is phone_cipher';
comment on column owner.name_tail_hash is 'keyed hash of name and ID tail, by which rolls merge owners';

create table ownership (
  id integer generated always as identity primary key,
  flat_id integer not null references flat,
  owner_id integer not null references owner,
  share text,
  since date,
  until date,
  check (until is null or since is null or until >= since)
);
create unique index ownership_current on ownership (flat_id, owner_id) where until is null;
create index ownership_owner on ownership (owner_id);

create table owner_question (
  id integer generated always as identity primary key,
  stairwell_id integer not null references stairwell,
  flat_a integer not null references flat,
  flat_b integer not null references flat,
  owner_a integer not null references owner,
  owner_b integer not null references owner,
  name text not null,
  answer text check (answer in ('same', 'different')),
  answered_by integer,
  answered_at timestamptz,
  unique (flat_a, flat_b, name),
  check ((answer is null) = (answered_at is null))
);

create table account (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  name text not null check (length(name) between 1 and 60),
  login text unique,
  password_hash text,
  phone_hash bytea unique,
  phone_cipher bytea,
  active boolean not null default true,
  created_at timestamptz not null default now(),
  check ((login is null) = (password_hash is null)),
  check (login is not null or phone_hash is not null)
);
alter table owner_question add foreign key (answered_by) references account;

create table roll_draft (
  id text primary key check (id ~ '^[A-Za-z0-9_-]{22}$'),
  stairwell_id integer not null references stairwell,
  account_id integer not null references account,
  file_cipher bytea not null,
  expires_at timestamptz not null,
  unique (stairwell_id, account_id)
);
comment on table roll_draft is 'an owners'' roll between its upload and its confirmation; the file is sealed and removed afterwards';

create table "grant" (
  id integer generated always as identity primary key,
  account_id integer not null references account,
  role text not null check (role in ('resident', 'committee', 'assessor', 'contractor', 'agent', 'office', 'admin')),
  scope text not null check (scope in ('flat', 'committee', 'stairwell', 'subdistrict', 'installation')),
  scope_id integer,
  granted_at timestamptz not null default now(),
  revoked_at timestamptz,
  check ((scope = 'installation') = (scope_id is null)),
  check (scope = case role
    when 'resident' then 'flat' when 'committee' then 'committee' when 'office' then 'subdistrict'
    when 'admin' then 'installation' else 'stairwell' end)
);
create unique index grant_current on "grant" (account_id, role, scope, scope_id) nulls not distinct where revoked_at is null;

create table session (
  token_hash bytea primary key,
  account_id integer not null references account,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);

create table phone_code (
  id integer generated always as identity primary key,
  purpose text not null check (purpose in ('sign-in', 'intent')),
  phone_hash bytea not null,
  code_hash bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  tries integer not null default 0,
  used_at timestamptz
);
create index phone_code_newest on phone_code (phone_hash, purpose, id desc);

create table slip (
  id integer generated always as identity primary key,
  flat_id integer not null references flat,
  number integer not null check (number > 0),
  code_hash bytea not null unique,
  created_at timestamptz not null,
  created_by integer references account,
  revoked_at timestamptz,
  unique (flat_id, number)
);
create unique index slip_current on slip (flat_id) where revoked_at is null;

create table project (
  stairwell_id integer primary key references stairwell,
  subdistrict_id integer not null references subdistrict,
  stage text not null default 'intent' check (stage in ('intent', 'reserve', 'assessment', 'consultation',
    'plan-notice', 'agreement', 'approval', 'construction', 'acceptance', 'in-use')),
  stage_since timestamptz not null,
  side_state text check (side_state in ('paused', 'disputed', 'ended', 'not-suitable')),
  reserve_since timestamptz,
  started_on date,
  in_use_since date,
  check (in_use_since is null or started_on is null or in_use_since >= started_on)
);
create index project_reserve on project (reserve_since desc) where reserve_since is not null;
comment on column project.reserve_since is 'since when two thirds of all households are willing; null below';

create table stage_move (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  stairwell_id integer not null references stairwell,
  from_stage text not null,
  to_stage text not null,
  reason text,
  account_id integer references account,
  at timestamptz not null
);
create index stage_move_stairwell on stage_move (stairwell_id, id);

create table intent (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  stairwell_id integer not null references stairwell,
  flat_id integer not null references flat,
  choice text not null check (choice in ('willing', 'unwilling', 'undecided')),
  worry text check (worry in ('cost', 'light', 'noise', 'ground-floor', 'other')),
  channel text not null check (channel in ('online', 'paper', 'assisted')),
  known_by text check (known_by in ('slip', 'phone', 'committee', 'import')),
  filer_name text check (length(filer_name) between 1 and 40),
  filer_phone_cipher bytea,
  filed_at timestamptz not null,
  filed_by integer references account,
  receipt text unique,
  import_no integer,
  unique (flat_id, import_no)
);
create index intent_newest on intent (flat_id, id desc);
create index intent_stairwell on intent (stairwell_id);
comment on column intent.known_by is 'how it was known at filing to come from the flat; null until confirmed';
comment on column intent.import_no is 'position among the imported rows of the flat, so that an import can be repeated';

create table intent_confirmation (
  intent_id integer primary key references intent,
  way text not null check (way in ('slip', 'phone', 'committee')),
  account_id integer references account,
  at timestamptz not null,
  check ((way = 'committee') = (account_id is not null))
);

create table intent_rejection (
  intent_id integer primary key references intent,
  account_id integer not null references account,
  reason text not null check (length(reason) between 1 and 500),
  at timestamptz not null
);

create table consultation (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  stairwell_id integer not null references stairwell,
  code text not null unique check (code ~ '^[A-Z0-9-]{1,32}$'),
  ruleset_id text not null,
  ruleset jsonb not null,
  opened_at timestamptz not null,
  opened_by integer references account,
  closes_at timestamptz not null,
  closed_at timestamptz,
  closed_by integer references account,
  close_reason text,
  published_at timestamptz,
  published_by integer references account,
  opened_xid xid8 not null default pg_current_xact_id(),
  check (closes_at > opened_at),
  check (closed_at is null or closed_at >= opened_at),
  check (published_at is null or closed_at is not null)
);
create unique index consultation_running on consultation (stairwell_id) where published_at is null;
create index consultation_stairwell on consultation (stairwell_id, opened_at desc);

create table roll_entry (
  consultation_id integer not null references consultation,
  flat_id integer not null references flat,
  unit text not null,
  voter text not null check (length(voter) between 1 and 200),
  area integer not null check (area > 0),
  primary key (consultation_id, flat_id),
  unique (consultation_id, unit)
);

create table ballot (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  consultation_id integer not null,
  flat_id integer not null,
  seq integer not null check (seq > 0),
  choice text not null check (choice in ('agree', 'oppose', 'abstain')),
  channel text not null check (channel in ('online', 'paper', 'assisted', 'proxy')),
  authorisation text check (length(authorisation) between 1 and 500),
  received_on date,
  cast_at timestamptz not null,
  recorded_by integer references account,
  receipt text unique,
  unique (consultation_id, seq),
  foreign key (consultation_id, flat_id) references roll_entry,
  check (channel <> 'proxy' or authorisation is not null)
);
create index ballot_flat on ballot (consultation_id, flat_id, seq desc);
comment on column ballot.authorisation is 'the written authorisation of a proxy';
comment on column ballot.received_on is 'the day on which a paper ballot came in';

create table ballot_void_request (
  id integer generated always as identity primary key,
  ballot_id integer not null references ballot,
  reason text not null check (length(reason) between 1 and 500),
  account_id integer not null references account,
  at timestamptz not null
);
create index ballot_void_request_ballot on ballot_void_request (ballot_id);

create table ballot_void_rejection (
  request_id integer primary key references ballot_void_request,
  reason text not null check (length(reason) between 1 and 500),
  account_id integer not null references account,
  at timestamptz not null
);

create table ballot_void (
  ballot_id integer primary key references ballot,
  reason text not null check (length(reason) between 1 and 500),
  requested_by integer references account,
  confirmed_by integer references account,
  at timestamptz not null,
  check (requested_by is distinct from confirmed_by or requested_by is null)
);

create table certificate (
  consultation_id integer primary key references consultation,
  result jsonb not null,
  passed boolean not null,
  source text not null check (source in ('portal', 'import')),
  certified_by integer references account,
  certified_at timestamptz not null,
  check ((source = 'import') = (certified_by is null))
);

create table chain (
  stairwell_id integer primary key references stairwell,
  seq integer not null default 0,
  head bytea not null default decode(repeat('00', 32), 'hex')
);

create table log_entry (
  stairwell_id integer not null references stairwell,
  seq integer not null check (seq > 0),
  subdistrict_id integer not null references subdistrict,
  at timestamptz not null,
  actor text not null,
  verb text not null,
  subject text not null,
  commitment bytea not null check (length(commitment) = 32),
  previous bytea not null check (length(previous) = 32),
  hash bytea not null check (length(hash) = 32),
  primary key (stairwell_id, seq)
);

create table log_content (
  stairwell_id integer not null,
  seq integer not null,
  salt bytea not null check (length(salt) = 32),
  content jsonb not null,
  primary key (stairwell_id, seq),
  foreign key (stairwell_id, seq) references log_entry
);

create table outbox (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  kind text not null check (kind in ('sign-in-code', 'intent-code')),
  phone_cipher bytea not null,
  text_cipher bytea not null,
  params_cipher bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  sent_at timestamptz,
  dead_at timestamptz,
  tries integer not null default 0,
  last_error text,
  check (expires_at > created_at),
  check (sent_at is null or dead_at is null)
);
create index outbox_waiting on outbox (id) where sent_at is null and dead_at is null;
comment on column outbox.params_cipher is 'what the gateway puts into its own template of this kind, as JSON';
comment on column outbox.expires_at is 'from when on it is no use to anybody and not sent any more';
comment on column outbox.dead_at is 'when it was given up: refused for good, tried too often, or expired; last_error says which';

create table form_post (
  key text primary key check (length(key) between 16 and 64),
  action text not null,
  answer jsonb not null,
  at timestamptz not null default now()
);

create table import_run (
  id integer generated always as identity primary key,
  kind text not null check (kind in ('district', 'roll')),
  digest bytea not null,
  summary jsonb not null,
  at timestamptz not null default now()
);

create table rate_limit (
  key text primary key,
  points integer not null default 0,
  expire bigint
);
`.execute(db);

  await sql`
create function refuse_change() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  raise exception '% on % is refused: rows of this table are only ever added', tg_op, tg_table_name
    using errcode = 'restrict_violation';
end $$;

create function refuse_ballot_after_close() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  perform from consultation where id = new.consultation_id and closed_at is null for share;
  if not found then
    raise exception 'consultation % is closed', new.consultation_id using errcode = 'JT001';
  end if;
  return new;
end $$;
create trigger ballot_before_close before insert on ballot
  for each row execute function refuse_ballot_after_close();

create function refuse_void_after_certificate() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  perform from consultation c join ballot b on b.consultation_id = c.id where b.id = new.ballot_id for share of c;
  if exists (select from certificate f join ballot b on b.consultation_id = f.consultation_id where b.id = new.ballot_id) then
    raise exception 'ballot % is part of a certified result', new.ballot_id using errcode = 'JT002';
  end if;
  return new;
end $$;
create trigger void_before_certificate before insert on ballot_void
  for each row execute function refuse_void_after_certificate();

create function refuse_roll_change() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  -- The transaction that opens a consultation writes its roll; afterwards nobody does.
  if not exists (select from consultation
      where id = new.consultation_id and closed_at is null and opened_xid = pg_current_xact_id()) then
    raise exception 'the roll of consultation % is frozen', new.consultation_id using errcode = 'JT003';
  end if;
  return new;
end $$;
create trigger roll_frozen before insert on roll_entry
  for each row execute function refuse_roll_change();

create function refuse_early_certificate() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  -- Two people and a closed consultation; results from the archive come in by the owner of the tables alone.
  if not exists (select from consultation where id = new.consultation_id and closed_at is not null
        and (new.source = 'import' or closed_by is distinct from new.certified_by))
     or (new.source = 'import' and current_user = 'jiati_app') then
    raise exception 'consultation % cannot be certified like this', new.consultation_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger certificate_by_second before insert on certificate
  for each row execute function refuse_early_certificate();

create function chain_one_step() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if current_user = 'jiati_app' and (new.seq <> old.seq + 1 or new.stairwell_id <> old.stairwell_id) then
    raise exception 'the chain of stairwell % goes on one entry at a time', old.stairwell_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger chain_forward before update on chain
  for each row execute function chain_one_step();

create function keep_consultation() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'a consultation is never removed' using errcode = 'restrict_violation';
  end if;
  if (new.stairwell_id, new.subdistrict_id, new.code, new.ruleset_id, new.ruleset, new.opened_at, new.opened_by, new.opened_xid, new.closes_at)
     is distinct from (old.stairwell_id, old.subdistrict_id, old.code, old.ruleset_id, old.ruleset, old.opened_at, old.opened_by, old.opened_xid, old.closes_at)
     or (old.closed_at is not null and (new.closed_at, new.closed_by, new.closes_at, new.close_reason)
         is distinct from (old.closed_at, old.closed_by, old.closes_at, old.close_reason))
     or (old.published_at is not null and (new.published_at, new.published_by) is distinct from (old.published_at, old.published_by))
     or (new.published_at is not null and old.published_at is null and current_user = 'jiati_app'
         and not exists (select from certificate where consultation_id = new.id)) then
    raise exception 'consultation % keeps its rule, its dates and its end', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger consultation_kept before update or delete on consultation
  for each row execute function keep_consultation();

create view counting_intent as
  select distinct on (i.flat_id) i.flat_id, i.stairwell_id, i.id as intent_id, i.choice, i.worry, i.filed_at
  from intent i
  left join intent_confirmation c on c.intent_id = i.id
  where i.known_by is not null or c.intent_id is not null
  order by i.flat_id, i.id desc;

create view counting_ballot as
  select distinct on (b.consultation_id, b.flat_id)
    b.consultation_id, b.flat_id, b.id as ballot_id, b.seq, b.choice, b.channel
  from ballot b
  left join ballot_void v on v.ballot_id = b.id
  where v.ballot_id is null
  order by b.consultation_id, b.flat_id, b.seq desc;

create view pending_void as
  select r.id as request_id, r.ballot_id, r.reason, r.account_id, r.at
  from ballot_void_request r
  where not exists (select from ballot_void_rejection j where j.request_id = r.id)
    and not exists (select from ballot_void v where v.ballot_id = r.ballot_id);
`.execute(db);

  for (const table of ADD_ONLY) {
    await sql`
      create trigger add_only before update or delete on ${sql.id(table)} for each row execute function refuse_change()`.execute(db);
    await sql`
      create trigger add_only_whole before truncate on ${sql.id(table)} for each statement execute function refuse_change()`.execute(db);
  }

  await sql`grant usage on schema public to jiati_app`.execute(db);
  await sql`grant select, insert on all tables in schema public to jiati_app`.execute(db);
  for (const table of MAY_UPDATE) {
    await sql`grant update on ${sql.id(table)} to jiati_app`.execute(db);
  }
  await sql`grant delete on form_post, phone_code, session, rate_limit, owner_question, roll_draft to jiati_app`.execute(db);
  await sql`revoke all on kysely_migration, kysely_migration_lock from jiati_app`.execute(db);
  await sql`grant jiati_app to current_user`.execute(db);
  // A temporary table must not stand in for one that a trigger asks.
  await sql`do $$ begin execute format('revoke temporary on database %I from public', current_database()); end $$`.execute(db);
}
