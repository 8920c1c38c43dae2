import { sql, type Kysely } from "kysely";

/** Pages of paper ballots, and which ballot each was typed as. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table ballot_page (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  consultation_id integer not null references consultation,
  file_id text not null references file,
  page integer not null,
  uploaded_by integer not null references account,
  at timestamptz not null,
  aside text check (aside in ('not-a-ballot', 'duplicate', 'unreadable')),
  aside_by integer references account,
  aside_at timestamptz,
  unique (file_id, page),
  foreign key (file_id, page) references file_page,
  check ((aside is null) = (aside_by is null) and (aside is null) = (aside_at is null))
);
create index ballot_page_consultation on ballot_page (consultation_id, id);
comment on column ballot_page.aside is 'why no ballot is typed from it';

create table ballot_image (
  ballot_id integer not null references ballot,
  page_id integer not null references ballot_page,
  role text not null check (role in ('ballot', 'authorisation')),
  subdistrict_id integer not null references subdistrict,
  account_id integer not null references account,
  at timestamptz not null,
  primary key (ballot_id, page_id, role)
);
create index ballot_image_page on ballot_image (page_id);

create function refuse_wrong_image() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  perform from consultation c join ballot b on b.consultation_id = c.id where b.id = new.ballot_id for share of c;
  if exists (select from certificate f join ballot b on b.consultation_id = f.consultation_id where b.id = new.ballot_id) then
    raise exception 'ballot % is part of a certified result', new.ballot_id using errcode = 'JT002';
  end if;
  if not exists (select from ballot b join ballot_page p on p.consultation_id = b.consultation_id
        where b.id = new.ballot_id and b.channel <> 'online' and p.id = new.page_id and p.aside is null)
     or exists (select from ballot_check where ballot_id = new.ballot_id) then
    raise exception 'page % is no image of ballot %', new.page_id, new.ballot_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger image_of_ballot before insert on ballot_image
  for each row execute function refuse_wrong_image();

create or replace function refuse_wrong_check() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  perform from consultation c join ballot b on b.consultation_id = c.id where b.id = new.ballot_id for share of c;
  if exists (select from certificate f join ballot b on b.consultation_id = f.consultation_id where b.id = new.ballot_id) then
    raise exception 'ballot % is part of a certified result', new.ballot_id using errcode = 'JT002';
  end if;
  if not exists (select from ballot where id = new.ballot_id and channel <> 'online' and recorded_by <> new.account_id) then
    raise exception 'ballot % is not for account % to check', new.ballot_id, new.account_id using errcode = 'restrict_violation';
  end if;
  -- Confirmed is what was compared with its image, a proxy with the image of its authorisation besides.
  if new.verdict = 'confirmed' and (
        not exists (select from ballot_image where ballot_id = new.ballot_id and role = 'ballot')
        or (exists (select from ballot where id = new.ballot_id and channel = 'proxy')
            and not exists (select from ballot_image where ballot_id = new.ballot_id and role = 'authorisation'))) then
    raise exception 'ballot % has no image to compare it with', new.ballot_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;

create view page_use as
  select distinct on (i.page_id) i.page_id, i.ballot_id
  from ballot_image i
  left join ballot_ended e on e.ballot_id = i.ballot_id
  where i.role = 'ballot' and (e.kind is null or e.kind in ('unchecked', 'void'))
  order by i.page_id, i.ballot_id desc;
comment on view page_use is 'the pages that need no further typing: each with the newest ballot typed from it that was neither taken back nor disagreed with';

create view waiting_page as
  select p.id as page_id, p.consultation_id
  from ballot_page p
  where p.aside is null
    and not exists (select from page_use u where u.page_id = p.id)
    and not exists (select from ballot_image i left join ballot_ended e on e.ballot_id = i.ballot_id
      where i.page_id = p.id and i.role = 'authorisation' and (e.kind is null or e.kind in ('unchecked', 'void')));
comment on view waiting_page is 'the pages from which a ballot is still to be typed';
`.execute(db);

  await sql`
    create trigger add_only before update or delete on ballot_image for each row execute function refuse_change()`.execute(db);
  await sql`
    create trigger add_only_whole before truncate on ballot_image for each statement execute function refuse_change()`.execute(db);
  await sql`grant select, insert on ballot_page, ballot_image to jiati_app`.execute(db);
  await sql`grant update (aside, aside_by, aside_at) on ballot_page to jiati_app`.execute(db);
  await sql`grant select on page_use, waiting_page to jiati_app`.execute(db);
}
