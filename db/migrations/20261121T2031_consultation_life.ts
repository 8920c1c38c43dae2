import { sql, type Kysely } from "kysely";

const ADD_ONLY = ["consultation_extension", "consultation_reminder"];

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
alter table consultation
  add column scope text not null default 'stairwell' check (scope in ('stairwell', 'community')),
  add column withdrawn_at timestamptz,
  add column withdrawn_by integer references account,
  add column withdraw_reason text check (length(withdraw_reason) between 1 and 500),
  add check ((withdrawn_at is null) = (withdraw_reason is null)),
  add check (withdrawn_at is null or (closed_at is not null and closed_at = withdrawn_at and published_at is null));
comment on column consultation.scope is 'who votes: the stairwell, or the whole community, on whose land its lift would stand (Civil Code art. 278)';
comment on column consultation.closed_by is 'null: the portal, at the deadline';
comment on column consultation.withdrawn_at is 'opened by mistake and taken back before any ballot; closed with it, and no result';

drop index consultation_running;
create unique index consultation_running on consultation (stairwell_id, scope) where published_at is null and withdrawn_at is null;
create index consultation_due on consultation (closes_at) where closed_at is null;

create table consultation_extension (
  consultation_id integer not null references consultation,
  subdistrict_id integer not null references subdistrict,
  closes_at_before timestamptz not null,
  closes_at timestamptz not null,
  reason text not null check (length(reason) between 1 and 500),
  account_id integer not null references account,
  at timestamptz not null,
  primary key (consultation_id, closes_at_before),
  check (at <= closes_at_before and closes_at_before < closes_at)
);

create table consultation_reminder (
  consultation_id integer not null references consultation,
  subdistrict_id integer not null references subdistrict,
  number integer not null check (number between 1 and 2),
  messages integer not null check (messages >= 0),
  account_id integer references account,
  at timestamptz not null,
  primary key (consultation_id, number)
);
comment on column consultation_reminder.account_id is 'null: the portal by itself';

alter table owner
  add column reminders_off_at timestamptz,
  add column reminders_off_by integer references account,
  add check (reminders_off_by is null or reminders_off_at is not null);
comment on column owner.reminders_off_at is 'since when this person wants no reminders of running consultations; null: reminded';

alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check check (kind ~ '^[a-z][a-z-]{0,39}$');

create table notice (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  stairwell_id integer not null references stairwell,
  consultation_id integer references consultation,
  kind text not null check (kind in ('opening', 'extension', 'result', 'plan', 'other')),
  number integer check (number > 0),
  title text not null check (length(title) between 1 and 120),
  body text not null check (length(body) between 1 and 10000),
  remark text check (length(remark) between 1 and 500),
  days integer check (days between 1 and 365),
  withdraws integer unique references notice,
  drafted_at timestamptz not null,
  drafted_by integer references account,
  published_at timestamptz,
  published_by integer references account,
  ends_on date,
  unique (stairwell_id, number),
  check ((published_at is null) = (number is null)),
  check (published_at is not null or (published_by is null and ends_on is null))
);
create index notice_stairwell on notice (stairwell_id, id);
create index notice_newest on notice (published_at desc, id desc) where published_at is not null;
create index notice_consultation on notice (consultation_id) where consultation_id is not null;
comment on column notice.body is 'as drafted from the data, a paragraph a line';
comment on column notice.days is 'the legal period in calendar days of Asia/Shanghai; the day of publication is not counted (Civil Code art. 201)';
comment on column notice.ends_on is 'the last day of the period';
comment on column notice.withdraws is 'the published notice that this one takes back';

create function keep_notice() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'DELETE' or old.published_at is not null then
    raise exception 'notice % stays as it is', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger notice_kept before update or delete on notice for each row execute function keep_notice();
create trigger notice_kept_whole before truncate on notice for each statement execute function refuse_change();

create or replace function keep_consultation() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'a consultation is never removed' using errcode = 'restrict_violation';
  end if;
  if (new.stairwell_id, new.subdistrict_id, new.code, new.scope, new.ruleset_id, new.ruleset, new.opened_at, new.opened_by, new.opened_xid)
     is distinct from (old.stairwell_id, old.subdistrict_id, old.code, old.scope, old.ruleset_id, old.ruleset, old.opened_at, old.opened_by, old.opened_xid)
     -- The deadline moves later only, while ballots are taken, and with its reason on record.
     or (new.closes_at <> old.closes_at and (old.closed_at is not null or not exists (
       select from consultation_extension
       where consultation_id = old.id and closes_at_before = old.closes_at and closes_at = new.closes_at)))
     or (old.closed_at is not null
         and (new.closed_at, new.closed_by, new.close_reason, new.withdrawn_at, new.withdrawn_by, new.withdraw_reason)
         is distinct from (old.closed_at, old.closed_by, old.close_reason, old.withdrawn_at, old.withdrawn_by, old.withdraw_reason))
     or (new.withdrawn_at is not null and old.withdrawn_at is null and exists (select from ballot where consultation_id = old.id))
     or (old.published_at is not null and (new.published_at, new.published_by) is distinct from (old.published_at, old.published_by))
     or (new.published_at is not null and old.published_at is null and current_user = 'jiati_app'
         and not exists (select from certificate where consultation_id = new.id)) then
    raise exception 'consultation % keeps its rule, its dates and its end', old.id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create function refuse_certificate_by_opener() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  -- Where the portal closed it, the first of the two people is whoever opened it; what was taken back has no result.
  if exists (select from consultation where id = new.consultation_id
      and (withdrawn_at is not null or (closed_by is null and opened_by = new.certified_by))) then
    raise exception 'consultation % cannot be certified like this', new.consultation_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger certificate_not_by_opener before insert on certificate
  for each row execute function refuse_certificate_by_opener();
`.execute(db);

  for (const table of ADD_ONLY) {
    await sql`
      create trigger add_only before update or delete on ${sql.id(table)} for each row execute function refuse_change()`.execute(db);
    await sql`
      create trigger add_only_whole before truncate on ${sql.id(table)} for each statement execute function refuse_change()`.execute(db);
    await sql`grant select, insert on ${sql.id(table)} to jiati_app`.execute(db);
  }
  await sql`grant select, insert, update on notice to jiati_app`.execute(db);
}
