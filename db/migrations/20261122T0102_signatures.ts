import { sql, type Kysely } from "kysely";

/** An owner may sign an online ballot by a drawing on the screen. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
alter table file drop constraint file_kind_check;
alter table file add constraint file_kind_check check (kind in ('scan', 'authorisation', 'signature', 'photo', 'document'));

create table ballot_signature (
  ballot_id integer primary key references ballot,
  subdistrict_id integer not null references subdistrict,
  file_id text not null unique references file
);
grant select, insert on ballot_signature to jiati_app;
create trigger add_only before update or delete on ballot_signature for each row execute function refuse_change();
create trigger add_only_whole before truncate on ballot_signature for each statement execute function refuse_change();

create function refuse_wrong_signature() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if not exists (
      select from ballot b join file f on f.uploaded_by = b.recorded_by
      where b.id = new.ballot_id and b.channel = 'online' and f.id = new.file_id and f.kind = 'signature') then
    raise exception 'file % does not sign ballot %', new.file_id, new.ballot_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger signature_of_voter before insert on ballot_signature
  for each row execute function refuse_wrong_signature();
`.execute(db);
}
