import { sql, type Kysely } from "kysely";

/** The words and contacts that are removed when their time is over or the person asks, of rows that else never change. */
const FORGETTABLE: Record<string, string[]> = {
  intent: ["filer_name", "filer_phone_cipher"],
  ticket: ["text_cipher", "contact_cipher", "contact_hash"],
  ticket_step: ["text_cipher"],
  opinion: ["contact_cipher", "contact_hash"],
  binding_decision: ["note_cipher"],
  roll_version: ["flats_cipher"],
};

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create function refuse_change_but_forgetting() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  forgettable text[] := tg_argv[0]::text[];
begin
  -- Once, and to nothing: what was written can be gone, but never read otherwise.
  if tg_op = 'UPDATE' and to_jsonb(new) - array_append(forgettable, 'forgotten_at') = to_jsonb(old) - array_append(forgettable, 'forgotten_at')
     and to_jsonb(old) ->> 'forgotten_at' is null and to_jsonb(new) ->> 'forgotten_at' is not null
     and not exists (select from unnest(forgettable) c where to_jsonb(new) ->> c is not null) then
    return new;
  end if;
  raise exception '% on % is refused: rows of this table are only ever added', tg_op, tg_table_name
    using errcode = 'restrict_violation';
end $$`.execute(db);
  for (const [table, columns] of Object.entries(FORGETTABLE)) {
    await sql`alter table ${sql.id(table)} add column forgotten_at timestamptz`.execute(db);
    await sql`drop trigger add_only on ${sql.id(table)}`.execute(db);
    await sql`
      create trigger add_only before update or delete on ${sql.id(table)}
      for each row execute function refuse_change_but_forgetting(${sql.lit(`{${columns.join(",")}}`)})`.execute(db);
    await sql`grant update (${sql.join([...columns, "forgotten_at"].map((column) => sql.id(column)))}) on ${sql.id(table)} to jiati_app`.execute(db);
  }

  await sql`
alter table ticket
  drop constraint ticket_words_check, drop constraint ticket_opener_check,
  add constraint ticket_words_check check (text_cipher is not null or kind in ('ballot-not-mine', 'intent-not-mine') or forgotten_at is not null),
  add constraint ticket_opener_check check (case channel
    when 'online' then opened_by is not null and taken_by is null
    when 'link' then opened_by is null and taken_by is null and (contact_cipher is not null or forgotten_at is not null)
    else opened_by is null and taken_by is not null end);
alter table ticket_step
  drop constraint ticket_step_check3,
  add constraint ticket_step_words_check check (kind not in ('answer', 'note') or text_cipher is not null or forgotten_at is not null);
alter table roll_version alter column flats_cipher drop not null, add check (flats_cipher is not null or forgotten_at is not null);
alter table binding_decision
  drop constraint binding_decision_check1, drop constraint binding_decision_check2,
  add constraint binding_decision_reason_check check (verdict = 'approved' or (cardinality(evidence) = 0 and (note_cipher is not null or forgotten_at is not null))),
  add constraint binding_decision_note_check check (not evidence @> array['other'] or note_cipher is not null or forgotten_at is not null);
alter table objection_link alter column phone_cipher drop not null;
grant delete on outbox to jiati_app;

create table consent_text (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  text text not null check (length(text) between 1 and 5000),
  since timestamptz not null,
  unique (subdistrict_id, text)
);
comment on table consent_text is 'each wording of what is said about personal data before it is given; a subdistrict''s first is its version 1';

create table consent (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  text_id integer not null references consent_text,
  intent_id integer unique references intent,
  binding_request_id integer unique references binding_request,
  account_id integer references account,
  at timestamptz not null,
  unique (account_id, text_id),
  check (num_nonnulls(intent_id, binding_request_id, account_id) = 1)
);
comment on table consent is 'which wording somebody had read who filed, asked to be bound or signed in';
grant select, insert on consent_text, consent to jiati_app;
create trigger add_only before update or delete on consent_text for each row execute function refuse_change();
create trigger add_only_whole before truncate on consent_text for each statement execute function refuse_change();
create trigger add_only before update or delete on consent for each row execute function refuse_change();
create trigger add_only_whole before truncate on consent for each statement execute function refuse_change();
`.execute(db);
}
