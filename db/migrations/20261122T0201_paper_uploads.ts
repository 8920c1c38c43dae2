import { sql, type Kysely } from "kysely";

/** Stacks of paper that were sent and are split into pages by a job. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table paper_upload (
  id text primary key check (id ~ '^[A-Za-z0-9_-]{22}$'),
  subdistrict_id integer not null references subdistrict,
  consultation_id integer not null references consultation,
  account_id integer not null references account,
  at timestamptz not null,
  tries integer not null default 0 check (tries >= 0),
  worked_until timestamptz,
  page integer not null default 0 check (page >= 0),
  pages integer check (pages > 0),
  ended_at timestamptz,
  added integer check (added >= 0),
  known integer check (known >= 0),
  refused jsonb,
  check ((ended_at is null) = (added is null and refused is null)),
  check ((added is null) = (known is null)),
  check (added is null or refused is null)
);
create index paper_upload_waiting on paper_upload (consultation_id, at) where ended_at is null;
comment on column paper_upload.worked_until is 'until when whoever works at it is taken to be alive; then another begins anew';
comment on column paper_upload.page is 'how many pages of the file that is being split are stored, and how many it has';
comment on column paper_upload.refused is 'why nothing of it was kept, as the form would have been told';

create table paper_upload_part (
  upload_id text not null references paper_upload,
  number integer not null check (number between 1 and 10),
  subdistrict_id integer not null references subdistrict,
  sealed bytea not null check (length(sealed) > 0),
  primary key (upload_id, number)
);
comment on table paper_upload_part is 'the files as they were sent, sealed, until they are split';
`.execute(db);

  await sql`grant select, insert on paper_upload, paper_upload_part to jiati_app`.execute(db);
  await sql`grant update (tries, worked_until, page, pages, ended_at, added, known, refused) on paper_upload to jiati_app`.execute(db);
  await sql`grant delete on paper_upload_part to jiati_app`.execute(db);
}
