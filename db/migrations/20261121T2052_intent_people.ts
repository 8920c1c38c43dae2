import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
alter table intent add column needs_help boolean;
comment on column intent.needs_help is 'whether somebody in the household has trouble with the stairs; null unless they chose to say; never public';

create table intent_contact (
  intent_id integer primary key references intent,
  subdistrict_id integer not null references subdistrict,
  name_cipher bytea,
  phone_cipher bytea,
  check (name_cipher is not null or phone_cipher is not null)
);
comment on table intent_contact is 'who filed, until it is known whether the filing comes from its flat; then removed';
grant select, insert, delete on intent_contact to jiati_app;

-- An owner may say that what was filed for the flat is not theirs.
alter table intent_rejection alter column account_id drop not null;
alter table intent_rejection add column way text not null default 'committee' check (way in ('committee', 'owner'));
alter table intent_rejection add check ((way = 'committee') = (account_id is not null));

create or replace view counting_intent as
  select distinct on (i.flat_id) i.flat_id, i.stairwell_id, i.id as intent_id, i.choice, i.worry, i.filed_at, i.needs_help
  from intent i
  left join intent_confirmation c on c.intent_id = i.id
  left join intent_rejection r on r.intent_id = i.id
  where (i.known_by is not null or c.intent_id is not null) and r.intent_id is null
  order by i.flat_id, i.id desc;
`.execute(db);
}
