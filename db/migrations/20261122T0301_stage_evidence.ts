import { sql, type Kysely } from "kysely";

/** What a project needs on record before it moves on, and the stops that keep it where it is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table stage_evidence (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  stairwell_id integer not null references stairwell,
  stage text not null check (stage in ('intent', 'reserve', 'assessment', 'consultation',
    'plan-notice', 'agreement', 'approval', 'construction', 'acceptance', 'in-use')),
  kind text not null check (kind in ('agreement', 'cost-shares', 'agent-contract', 'design-review', 'filing-number', 'start-date',
    'site-board', 'inspection-report', 'acceptance-record', 'registration-number', 'handover')),
  text text check (length(text) between 1 and 200),
  day date,
  file_id text references file,
  account_id integer not null references account,
  at timestamptz not null,
  check (num_nonnulls(text, day, file_id) > 0)
);
create index stage_evidence_stairwell on stage_evidence (stairwell_id, kind, id desc);
create index stage_evidence_file on stage_evidence (file_id) where file_id is not null;
comment on column stage_evidence.stage is 'where the project stood when it was recorded; of each kind the newest counts';
comment on column stage_evidence.text is 'its number, or what it says in one line';
comment on column stage_evidence.day is 'its date; of a start the day itself';

create table side_move (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  stairwell_id integer not null references stairwell,
  from_state text check (from_state in ('paused', 'disputed', 'ended', 'not-suitable')),
  to_state text check (to_state in ('paused', 'disputed', 'ended', 'not-suitable')),
  reason text check (length(reason) between 1 and 500),
  owner text check (length(owner) between 1 and 60),
  next_day date,
  account_id integer not null references account,
  at timestamptz not null,
  check (from_state is distinct from to_state and from_state is distinct from 'ended'),
  check ((to_state is not distinct from 'paused') = (owner is not null) and (owner is null) = (next_day is null)),
  check (to_state is null or reason is not null)
);
create index side_move_stairwell on side_move (stairwell_id, id desc);
comment on column side_move.owner is 'who owes the next step; it and its day are public while the project is paused';
`.execute(db);

  for (const table of ["stage_evidence", "side_move"]) {
    await sql`
      create trigger add_only before update or delete on ${sql.id(table)} for each row execute function refuse_change()`.execute(db);
    await sql`
      create trigger add_only_whole before truncate on ${sql.id(table)} for each statement execute function refuse_change()`.execute(db);
    await sql`grant select, insert on ${sql.id(table)} to jiati_app`.execute(db);
  }
}
