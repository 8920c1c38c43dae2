import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table file (
  id text primary key check (id ~ '^[A-Za-z0-9_-]{22}$'),
  subdistrict_id integer not null references subdistrict,
  kind text not null check (kind in ('scan', 'authorisation', 'photo', 'document')),
  original_type text not null check (original_type in ('image/jpeg', 'image/png', 'image/webp', 'application/pdf')),
  original_bytes integer not null check (original_bytes between 1 and 20971520),
  pages integer not null check (pages between 1 and 200),
  uploaded_by integer references account,
  at timestamptz not null,
  stored_at timestamptz,
  public_since timestamptz,
  public_by integer references account,
  removed_at timestamptz,
  erased_at timestamptz,
  check (public_since is null or (stored_at is not null and kind in ('photo', 'document'))),
  check ((public_since is null) = (public_by is null)),
  check (removed_at is null or stored_at is not null),
  check (erased_at is null or removed_at is not null)
);
create index file_unsettled on file (at) where stored_at is null or (removed_at is not null and erased_at is null);
comment on column file.id is 'drawn at random: a number that counts up would tell how many ballots have come in';
comment on column file.stored_at is 'when the last of its pages was in the store; null while it is being stored, and after a crash in the middle';
comment on column file.erased_at is 'when its pages were gone from the store, after it had been removed';

create table file_page (
  file_id text not null references file on delete cascade,
  page integer not null check (page between 1 and 200),
  subdistrict_id integer not null references subdistrict,
  sha256 bytea not null check (length(sha256) = 32),
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  thumbnail_bytes integer not null check (thumbnail_bytes between 1 and 60000),
  screen_bytes integer not null check (screen_bytes > 0),
  full_bytes integer not null check (full_bytes > 0),
  primary key (file_id, page)
);
create index file_page_content on file_page (subdistrict_id, sha256);
comment on column file_page.sha256 is 'of the full size, before it is sealed: pages of the same content are stored once';
comment on column file_page.width is 'of the full size, in pixels';
`.execute(db);

  await sql`grant select, insert, delete on file, file_page to jiati_app`.execute(db);
  await sql`grant update (stored_at, public_since, public_by, removed_at, erased_at) on file to jiati_app`.execute(db);
}
