import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
alter table account
  add column totp_cipher bytea,
  add column totp_confirmed_at timestamptz,
  add check ((totp_cipher is null) = (totp_confirmed_at is null)),
  add check (totp_cipher is null or login is not null);
comment on column account.totp_cipher is 'the secret of the authenticator app (RFC 6238), sealed; none until it was confirmed by a code';

create table code_use (
  account_id integer not null references account,
  step integer not null check (step > 0),
  subdistrict_id integer not null references subdistrict,
  form_key text not null check (length(form_key) between 16 and 64),
  at timestamptz not null,
  primary key (account_id, step)
);
create index code_use_form on code_use (account_id, form_key);
comment on table code_use is 'codes of authenticator apps that were accepted: each once, for one form (RFC 6238, 5.2)';

create trigger add_only before update or delete on code_use for each row execute function refuse_change();
create trigger add_only_whole before truncate on code_use for each statement execute function refuse_change();
grant select, insert on code_use to jiati_app;
`.execute(db);
}
