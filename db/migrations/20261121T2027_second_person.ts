import { sql, type Kysely } from "kysely";

/** Ballots from paper count once a second person has confirmed them; a ballot can be taken back for ten minutes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table ballot_check (
  ballot_id integer primary key references ballot,
  subdistrict_id integer not null references subdistrict,
  verdict text not null check (verdict in ('confirmed', 'disagreed')),
  note text check (length(note) between 1 and 500),
  account_id integer not null references account,
  at timestamptz not null,
  check ((verdict = 'disagreed') = (note is not null))
);

create table ballot_undo (
  ballot_id integer primary key references ballot,
  subdistrict_id integer not null references subdistrict,
  account_id integer not null references account,
  at timestamptz not null
);

create function refuse_wrong_check() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  perform from consultation c join ballot b on b.consultation_id = c.id where b.id = new.ballot_id for share of c;
  if exists (select from certificate f join ballot b on b.consultation_id = f.consultation_id where b.id = new.ballot_id) then
    raise exception 'ballot % is part of a certified result', new.ballot_id using errcode = 'JT002';
  end if;
  if not exists (select from ballot where id = new.ballot_id and channel <> 'online' and recorded_by <> new.account_id) then
    raise exception 'ballot % is not for account % to check', new.ballot_id, new.account_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger check_by_second before insert on ballot_check
  for each row execute function refuse_wrong_check();

create function refuse_wrong_undo() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  perform from consultation c join ballot b on b.consultation_id = c.id where b.id = new.ballot_id and c.closed_at is null for share of c;
  if not found then
    raise exception 'the consultation of ballot % is closed', new.ballot_id using errcode = 'JT001';
  end if;
  if not exists (select from ballot where id = new.ballot_id and recorded_by = new.account_id
        and new.at between cast_at and cast_at + interval '10 minutes')
     or exists (select from ballot_check where ballot_id = new.ballot_id) then
    raise exception 'ballot % cannot be taken back like this', new.ballot_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger undo_in_time before insert on ballot_undo
  for each row execute function refuse_wrong_undo();

create view ballot_ended as
  select ballot_id, kind, case kind when 'void' then reason when 'disagreed' then note else kind end as ended
  from (
    select b.id as ballot_id, v.reason, k.note,
      case
        when v.ballot_id is not null then 'void'
        when u.ballot_id is not null then 'undone'
        when k.verdict = 'disagreed' then 'disagreed'
        when k.ballot_id is null and b.channel <> 'online' and b.recorded_by is not null then 'unchecked'
      end as kind
    from ballot b
    left join ballot_void v on v.ballot_id = b.id
    left join ballot_undo u on u.ballot_id = b.id
    left join ballot_check k on k.ballot_id = b.id
  ) e
  where kind is not null;
comment on view ballot_ended is 'the ballots that do not count, and why: the one place that says so';

create or replace view counting_ballot as
  select distinct on (b.consultation_id, b.flat_id)
    b.consultation_id, b.flat_id, b.id as ballot_id, b.seq, b.choice, b.channel
  from ballot b
  left join ballot_ended e on e.ballot_id = b.id
  where e.ballot_id is null
  order by b.consultation_id, b.flat_id, b.seq desc;

create view pending_check as
  select consultation_id, flat_id, ballot_id, seq, choice, channel, recorded_by
  from (
    select distinct on (b.consultation_id, b.flat_id)
      b.consultation_id, b.flat_id, b.id as ballot_id, b.seq, b.choice, b.channel, b.recorded_by, e.kind
    from ballot b
    left join ballot_ended e on e.ballot_id = b.id
    where e.kind is null or e.kind = 'unchecked'
    order by b.consultation_id, b.flat_id, b.seq desc
  ) newest
  where kind = 'unchecked';
comment on view pending_check is 'the ballots that would count if a second person confirmed them: at most one a flat, newer than the one that counts';

create or replace function refuse_early_certificate() returns trigger language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  -- Two people and a closed consultation; results from the archive come in by the owner of the tables alone.
  if not exists (select from consultation where id = new.consultation_id and closed_at is not null
        and (new.source = 'import' or closed_by is distinct from new.certified_by))
     or (new.source = 'import' and current_user = 'jiati_app')
     or exists (select from pending_check where consultation_id = new.consultation_id) then
    raise exception 'consultation % cannot be certified like this', new.consultation_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
`.execute(db);

  for (const table of ["ballot_check", "ballot_undo"]) {
    await sql`
      create trigger add_only before update or delete on ${sql.id(table)} for each row execute function refuse_change()`.execute(db);
    await sql`
      create trigger add_only_whole before truncate on ${sql.id(table)} for each statement execute function refuse_change()`.execute(db);
  }
  await sql`grant select, insert on ballot_check, ballot_undo to jiati_app`.execute(db);
  await sql`grant select on ballot_ended, pending_check to jiati_app`.execute(db);
}
