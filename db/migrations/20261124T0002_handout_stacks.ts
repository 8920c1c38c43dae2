import { sql, type Kysely } from "kysely";

/** The sheets of a stairwell as one PDF, made by a job for whoever asked, and kept for as long as it takes to fetch it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table handout_stack (
  id text primary key check (id ~ '^[A-Za-z0-9_-]{22}$'),
  subdistrict_id integer not null references subdistrict,
  consultation_id integer not null references consultation,
  stairwell_id integer not null references stairwell,
  account_id integer not null references account,
  parts text[] not null check (cardinality(parts) > 0 and parts <@ array['slips', 'ballots', 'authorisations']),
  origin text not null,
  at timestamptz not null,
  expires_at timestamptz not null check (expires_at > at),
  tries integer not null default 0 check (tries >= 0),
  worked_until timestamptz,
  flat integer not null default 0 check (flat between 0 and flats),
  flats integer not null check (flats > 0),
  ended_at timestamptz,
  pages integer check (pages > 0),
  sealed bytea check (length(sealed) > 0),
  refused jsonb,
  check ((pages is null) = (sealed is null)),
  check ((ended_at is null) = (sealed is null and refused is null)),
  check (sealed is null or refused is null)
);
create unique index handout_stack_once on handout_stack (account_id, consultation_id, stairwell_id, parts) where ended_at is null;
create index handout_stack_over on handout_stack (expires_at);
comment on column handout_stack.origin is 'of the portal as whoever asked reaches it: the codes on the sheets lead there';
comment on column handout_stack.flat is 'how many of its flats are drawn';
comment on column handout_stack.sealed is 'the PDF, sealed; it names owners';
comment on column handout_stack.worked_until is 'until when whoever works at it is taken to be alive; then another begins anew';
`.execute(db);
  await sql`grant select, insert, delete on handout_stack to jiati_app`.execute(db);
  await sql`grant update (tries, worked_until, flat, ended_at, pages, sealed, refused) on handout_stack to jiati_app`.execute(db);
}
