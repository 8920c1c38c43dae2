import { sql, type Kysely } from "kysely";

/** What is filed for an owner is told to the owner's phone, with a link by which to object. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table assisted_filing (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  stairwell_id integer not null references stairwell,
  flat_id integer not null references flat,
  intent_id integer unique references intent,
  ballot_id integer unique references ballot,
  owner_id integer references owner,
  check (num_nonnulls(intent_id, ballot_id) = 1)
);
comment on column assisted_filing.owner_id is 'who said it; null where the roll has no owner of the flat yet';

create table objection_link (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  filing_id integer not null references assisted_filing,
  token_hash bytea not null unique,
  phone_cipher bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  check (expires_at > created_at),
  check (used_at is null or used_at < expires_at)
);
create index objection_link_filing on objection_link (filing_id);
comment on column objection_link.phone_cipher is 'where it was sent: whoever objects is answered there';

-- An owner asks that a ballot be void by the word sent to the phone on the roll; staff still have to say yes.
alter table ballot_void_request alter column account_id drop not null;
alter table ballot_void_request add column way text not null default 'staff' check (way in ('staff', 'owner'));
alter table ballot_void_request add check ((way = 'staff') = (account_id is not null));

create function refuse_check_of_objected() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if new.verdict = 'confirmed' and exists (
      select from pending_void p join ballot_void_request r on r.id = p.request_id where p.ballot_id = new.ballot_id and r.way = 'owner') then
    raise exception 'the owner objects to ballot %', new.ballot_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger check_not_objected before insert on ballot_check
  for each row execute function refuse_check_of_objected();

alter table ticket
  add column intent_id integer references intent,
  drop constraint ticket_kind_check, drop constraint ticket_channel_check,
  drop constraint ticket_check1, drop constraint ticket_check2, drop constraint ticket_check3,
  add constraint ticket_kind_check check (kind in ('noise', 'stop', 'quality', 'money', 'ballot-not-mine', 'intent-not-mine', 'other')),
  add constraint ticket_channel_check check (channel in ('online', 'phone', 'walk-in', 'link')),
  add constraint ticket_intent_check check ((kind = 'intent-not-mine') = (intent_id is not null)),
  add constraint ticket_words_check check (text_cipher is not null or kind in ('ballot-not-mine', 'intent-not-mine')),
  add constraint ticket_opener_check check (case channel
    when 'online' then opened_by is not null and taken_by is null
    when 'link' then opened_by is null and taken_by is null and contact_cipher is not null
    else opened_by is null and taken_by is not null end);
create index ticket_intent on ticket (intent_id) where intent_id is not null;
comment on column ticket.channel is 'link: by the link in the message about a filing; there is no account, the contact is the phone';

grant select, insert on assisted_filing to jiati_app;
grant select, insert, update on objection_link to jiati_app;
create trigger add_only before update or delete on assisted_filing for each row execute function refuse_change();
create trigger add_only_whole before truncate on assisted_filing for each statement execute function refuse_change();
`.execute(db);
}
