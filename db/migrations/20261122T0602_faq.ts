import { sql, type Kysely } from "kysely";

/** Answers as staff have edited them, what readers say of them, and questions that found none. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table faq (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  topic text not null check (topic ~ '^[a-z]+(-[a-z0-9]+)*$' and length(topic) <= 40),
  heading text not null check (length(heading) between 1 and 20),
  question text not null check (length(question) between 1 and 60),
  answer text not null check (length(answer) between 1 and 600),
  source text not null check (length(source) between 1 and 120),
  hidden boolean not null,
  account_id integer not null references account,
  at timestamptz not null
);
create index faq_newest on faq (topic, id desc);
comment on table faq is 'of each topic the newest row holds; a topic without a row is as it was given with the portal';

create table faq_word (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  topic text not null check (length(topic) between 1 and 40),
  helped boolean not null,
  at timestamptz not null
);
create index faq_word_topic on faq_word (topic);

create table faq_miss (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  text_cipher bytea not null,
  at timestamptz not null,
  settled_by integer references account,
  settled_at timestamptz,
  check ((settled_by is null) = (settled_at is null))
);
create index faq_miss_open on faq_miss (id) where settled_at is null;
comment on column faq_miss.text_cipher is 'what somebody asked and found no answer to, sealed: people write about people';
`.execute(db);

  for (const table of ["faq", "faq_word"]) {
    await sql`
      create trigger add_only before update or delete on ${sql.id(table)} for each row execute function refuse_change()`.execute(db);
    await sql`
      create trigger add_only_whole before truncate on ${sql.id(table)} for each statement execute function refuse_change()`.execute(db);
  }
  await sql`grant select, insert on faq, faq_word, faq_miss to jiati_app`.execute(db);
  await sql`grant update (settled_by, settled_at) on faq_miss to jiati_app`.execute(db);
}
