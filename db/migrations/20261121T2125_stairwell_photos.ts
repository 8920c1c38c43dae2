import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table stairwell_photo (
  file_id text primary key references file,
  subdistrict_id integer not null references subdistrict,
  stairwell_id integer not null references stairwell,
  caption text not null check (length(caption) between 1 and 60),
  account_id integer not null references account,
  at timestamptz not null
);
create index stairwell_photo_newest on stairwell_photo (stairwell_id, at desc);
comment on column stairwell_photo.caption is 'what the photo shows, in place of it for who cannot see it';

create trigger add_only before update or delete on stairwell_photo for each row execute function refuse_change();
create trigger add_only_whole before truncate on stairwell_photo for each statement execute function refuse_change();

alter table file add column removed_by integer references account;
`.execute(db);

  await sql`grant select, insert on stairwell_photo to jiati_app`.execute(db);
  await sql`grant update (removed_by) on file to jiati_app`.execute(db);
}
