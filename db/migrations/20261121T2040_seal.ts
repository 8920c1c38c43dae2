import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table seal (
  consultation_id integer primary key references certificate,
  subdistrict_id integer not null references subdistrict,
  document jsonb not null,
  at timestamptz not null
);
comment on table seal is 'the signed public document of a certified result, jiati-result/1';

create table seal_leaf (
  consultation_id integer not null references seal,
  subdistrict_id integer not null references subdistrict,
  kind text not null check (kind in ('roll', 'ballot', 'cast')),
  unit text not null,
  salt bytea not null check (length(salt) = 32),
  primary key (consultation_id, kind, unit)
);
comment on table seal_leaf is 'the salts that open what the roots of a sealed result commit to';

create table recount_run (
  id integer generated always as identity primary key,
  at timestamptz not null,
  consultations integer not null check (consultations >= 0),
  chains integer not null check (chains >= 0),
  faults jsonb not null
);
create table log_redaction (
  stairwell_id integer not null,
  seq integer not null,
  subdistrict_id integer not null references subdistrict,
  reason text not null check (length(reason) between 1 and 200),
  at timestamptz not null,
  primary key (stairwell_id, seq),
  foreign key (stairwell_id, seq) references log_entry
);
comment on table log_redaction is 'entries whose content was removed with its salt when its time was over; the chain holds without';

create function refuse_unsaid_redaction() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if tg_op = 'DELETE' and exists (select from log_redaction where (stairwell_id, seq) = (old.stairwell_id, old.seq)) then
    return old;
  end if;
  raise exception 'the content of entry % of stairwell % is kept', old.seq, old.stairwell_id using errcode = 'restrict_violation';
end $$;
create trigger content_kept before update or delete on log_content
  for each row execute function refuse_unsaid_redaction();
grant delete on log_content to jiati_app;

comment on table recount_run is 'what the nightly recount found: every closed consultation, every chain';
`.execute(db);

  for (const table of ["seal", "seal_leaf", "recount_run", "log_redaction"]) {
    await sql`
      create trigger add_only before update or delete on ${sql.id(table)} for each row execute function refuse_change()`.execute(db);
    await sql`
      create trigger add_only_whole before truncate on ${sql.id(table)} for each statement execute function refuse_change()`.execute(db);
    await sql`grant select, insert on ${sql.id(table)} to jiati_app`.execute(db);
  }
}
