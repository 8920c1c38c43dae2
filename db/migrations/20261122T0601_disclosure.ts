import { sql, type Kysely } from "kysely";

const ADD_ONLY = ["notice_file", "opinion", "opinion_answer", "mediation_step", "notice_end", "notice_reminder"];

/** Notices of every kind, the clock of a plan's notice, opinions on it and the mediation of objections. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
alter table notice drop constraint notice_kind_check;
alter table notice add constraint notice_kind_check check (kind in ('opening', 'extension', 'result', 'assessment', 'plan', 'agreement',
  'filing', 'construction', 'stop', 'acceptance', 'in-use', 'other'));
alter table notice
  add column opinion_days integer check (opinion_days between 1 and 365),
  add check (opinion_days is null or days > opinion_days);
comment on column notice.opinion_days is 'the last so many of its days, for opinions after the posting; opinions are taken from the first day on';
create index notice_running on notice (ends_on) where opinion_days is not null;

create function keep_notice_clock() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.published_at is null or new.withdraws is not null then
    return new;
  end if;
  if new.days is not null and new.ends_on is distinct from (new.published_at at time zone 'Asia/Shanghai')::date + new.days then
    raise exception 'notice % ends with the last of its days', new.id using errcode = 'restrict_violation';
  end if;
  -- A plan is posted for ten natural days and takes opinions for seven more (Pudong), after a passed consultation.
  if new.kind = 'plan' and (coalesce(new.opinion_days, 0) < 7 or new.days - new.opinion_days < 10 or not exists (
      select from consultation c join certificate f on f.consultation_id = c.id
      where c.id = new.consultation_id and c.stairwell_id = new.stairwell_id and f.passed and c.published_at <= new.published_at)) then
    raise exception 'notice % is shorter than a plan''s, or has no passed consultation', new.id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger notice_clock before insert or update on notice for each row execute function keep_notice_clock();

create table notice_file (
  file_id text primary key references file,
  subdistrict_id integer not null references subdistrict,
  notice_id integer not null references notice,
  role text not null check (role in ('drawing', 'posted')),
  caption text not null check (length(caption) between 1 and 60),
  account_id integer not null references account,
  at timestamptz not null
);
create index notice_file_notice on notice_file (notice_id);
comment on column notice_file.role is 'drawing: published with the notice; posted: proof of the paper on the door';

create function ask_for_drawing() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.kind = 'plan' and new.published_at is not null and new.withdraws is null
     and not exists (select from notice_file where notice_id = new.id and role = 'drawing') then
    raise exception 'notice % of a plan has no drawing', new.id using errcode = 'restrict_violation';
  end if;
  return null;
end $$;
create constraint trigger notice_with_drawing after insert or update on notice deferrable initially deferred
  for each row execute function ask_for_drawing();

create table opinion (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  stairwell_id integer not null references stairwell,
  notice_id integer not null references notice,
  flat_id integer references flat,
  kind text not null check (kind in ('objection', 'suggestion')),
  channel text not null check (channel in ('online', 'paper', 'phone')),
  opened_by integer references account,
  taken_by integer references account,
  contact_cipher bytea,
  contact_hash bytea,
  text_cipher bytea not null,
  received_on date not null,
  at timestamptz not null,
  check ((channel = 'online') = (opened_by is not null)),
  check ((channel = 'online') = (taken_by is null)),
  check (contact_hash is null or contact_cipher is not null)
);
create index opinion_notice on opinion (notice_id, id);
create index opinion_opener on opinion (opened_by) where opened_by is not null;
create index opinion_contact on opinion (contact_hash) where contact_hash is not null;
comment on column opinion.contact_cipher is 'JSON {name, phone}, sealed; contact_hash is that of the phone';
comment on column opinion.received_on is 'the day in Shanghai on which it was given; what came in time may be typed later';

create function refuse_opinion_out_of_time() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (select from notice n where n.id = new.notice_id and n.stairwell_id = new.stairwell_id and n.opinion_days is not null
      and new.received_on between (n.published_at at time zone 'Asia/Shanghai')::date and n.ends_on
      and new.received_on <= (new.at at time zone 'Asia/Shanghai')::date) then
    raise exception 'opinion on notice % is out of its time', new.notice_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger opinion_in_time before insert on opinion for each row execute function refuse_opinion_out_of_time();

create table opinion_answer (
  opinion_id integer primary key references opinion,
  subdistrict_id integer not null references subdistrict,
  text_cipher bytea not null,
  account_id integer not null references account,
  at timestamptz not null
);

create table mediation_step (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  opinion_id integer not null references opinion,
  kind text not null check (kind in ('session', 'offer', 'outcome', 'agreement')),
  party text check (party in ('committee', 'owners', 'objector', 'agent')),
  outcome text check (outcome in ('agreed', 'not-agreed', 'withdrawn')),
  held_on date,
  text_cipher bytea not null,
  account_id integer not null references account,
  at timestamptz not null,
  check ((kind = 'offer') = (party is not null)),
  check ((kind = 'outcome') = (outcome is not null)),
  check ((kind = 'session') = (held_on is not null))
);
create index mediation_step_opinion on mediation_step (opinion_id, id);
comment on column mediation_step.party is 'who made the offer';

create table notice_end (
  notice_id integer primary key references notice,
  subdistrict_id integer not null references subdistrict,
  opinions integer not null check (opinions >= 0),
  objections integer not null check (objections between 0 and opinions),
  at timestamptz not null
);
comment on table notice_end is 'written once the period of a notice is over; from then on its opinions are told as a count';

create table notice_reminder (
  notice_id integer not null references notice,
  subdistrict_id integer not null references subdistrict,
  days_left integer not null check (days_left >= 0),
  messages integer not null check (messages >= 0),
  at timestamptz not null,
  primary key (notice_id, days_left)
);
`.execute(db);

  for (const table of ADD_ONLY) {
    await sql`
      create trigger add_only before update or delete on ${sql.id(table)} for each row execute function refuse_change()`.execute(db);
    await sql`
      create trigger add_only_whole before truncate on ${sql.id(table)} for each statement execute function refuse_change()`.execute(db);
    await sql`grant select, insert on ${sql.id(table)} to jiati_app`.execute(db);
  }
}
