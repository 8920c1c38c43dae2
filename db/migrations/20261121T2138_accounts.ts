import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
-- An account begins without a password: whoever it is for sets one with a setup code.
alter table account drop constraint account_check;
alter table account add check (password_hash is null or login is not null);

create table setup_code (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  account_id integer not null references account,
  number integer not null check (number > 0),
  code_hash bytea not null unique,
  made_by integer not null references account,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz,
  unique (account_id, number),
  check (made_by <> account_id),
  check (expires_at > made_at)
);
create unique index setup_code_open on setup_code (account_id) where used_at is null and revoked_at is null;
comment on table setup_code is 'codes with which somebody sets password and authenticator; a second person makes them, once for each need';
comment on column setup_code.code_hash is 'keyed hash; the code itself is derived from the data key, the account and the number';

create table account_event (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  account_id integer not null references account,
  by_account_id integer references account,
  kind text not null check (kind in
    ('added', 'granted', 'revoked', 'deactivated', 'activated', 'setup-code', 'password', 'authenticator', 'signed-out')),
  role text check (role in ('resident', 'committee', 'assessor', 'contractor', 'agent', 'office', 'admin')),
  scope text check (scope in ('flat', 'committee', 'stairwell', 'subdistrict', 'installation')),
  scope_id integer,
  at timestamptz not null,
  check ((kind in ('granted', 'revoked')) = (role is not null)),
  check ((role is null) = (scope is null))
);
create index account_event_account on account_event (account_id, id desc);
comment on column account_event.by_account_id is 'null: by the command line of the installation';

create trigger add_only before update or delete on account_event for each row execute function refuse_change();
create trigger add_only_whole before truncate on account_event for each statement execute function refuse_change();
grant select, insert, update on setup_code to jiati_app;
grant select, insert on account_event to jiati_app;
`.execute(db);
}
