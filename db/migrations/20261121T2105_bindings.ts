import { sql, type Kysely } from "kysely";

/** How flats come to be bound to people: by the roll, by a slip, or by a request that the committee approves. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
alter table "grant"
  add column way text check (way in ('roll', 'slip', 'request')),
  add column owner_id integer references owner,
  add column revoked_by integer references account,
  add column revoke_reason_cipher bytea;
update "grant" set way = 'roll' where role = 'resident';
alter table "grant"
  add check ((role = 'resident') = (way is not null)),
  add check (case way when 'request' then owner_id is not null when 'slip' then true else owner_id is null end),
  add check (revoked_by is null or revoked_at is not null),
  add check (revoke_reason_cipher is null or revoked_by is not null);
create index grant_flat on "grant" (scope_id) where role = 'resident' and revoked_at is null;
comment on column "grant".way is 'how a flat was bound to its resident: by the phone on the roll, by a slip, by a request that was approved';
comment on column "grant".owner_id is 'for whom the account stands, where the committee has said so';

create table binding_request (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  stairwell_id integer not null references stairwell,
  flat_id integer not null references flat,
  side text not null check (side in ('owner', 'tenant')),
  receipt text not null unique,
  requested_at timestamptz not null
);
create index binding_request_stairwell on binding_request (stairwell_id, id);

create table binding_contact (
  request_id integer primary key references binding_request,
  subdistrict_id integer not null references subdistrict,
  name_cipher bytea not null,
  phone_cipher bytea not null,
  phone_hash bytea not null
);
create index binding_contact_phone on binding_contact (phone_hash);
comment on table binding_contact is 'who asks, sealed; removed once the request is decided';

create table binding_decision (
  request_id integer primary key references binding_request,
  subdistrict_id integer not null references subdistrict,
  verdict text not null check (verdict in ('approved', 'refused')),
  owner_id integer references owner,
  evidence text[] not null check (evidence <@ array['title', 'id-card', 'contract', 'other']),
  note_cipher bytea,
  account_id integer not null references account,
  at timestamptz not null,
  check (owner_id is null or (verdict = 'approved' and cardinality(evidence) > 0)),
  check (verdict = 'approved' or (cardinality(evidence) = 0 and note_cipher is not null)),
  check (not evidence @> array['other'] or note_cipher is not null)
);
comment on column binding_decision.owner_id is 'the owner on the roll for whom it was approved; null where it was turned down, or a tenant was noted';
comment on column binding_decision.evidence is 'what the clerk has seen';
comment on column binding_decision.note_cipher is 'why it was turned down, or what the other evidence was';

create table tenant (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  flat_id integer not null references flat,
  name_cipher bytea not null,
  phone_cipher bytea not null,
  noted_at timestamptz not null,
  noted_by integer not null references account,
  ended_at timestamptz,
  ended_by integer references account,
  check ((ended_at is null) = (ended_by is null))
);
create index tenant_flat on tenant (flat_id) where ended_at is null;
comment on table tenant is 'lives there and does not vote';
grant select, insert, update, delete on tenant to jiati_app;
grant select, insert on binding_request, binding_decision to jiati_app;
grant select, insert, delete on binding_contact to jiati_app;
`.execute(db);

  for (const table of ["binding_request", "binding_decision"]) {
    await sql`
      create trigger add_only before update or delete on ${sql.id(table)} for each row execute function refuse_change()`.execute(db);
    await sql`
      create trigger add_only_whole before truncate on ${sql.id(table)} for each statement execute function refuse_change()`.execute(db);
  }
}
