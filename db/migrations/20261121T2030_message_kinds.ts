import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  // Which kinds there are is known to the application, whose types demand a template and a text for each.
  await sql`
alter table outbox drop constraint outbox_kind_check;
alter table outbox add constraint outbox_kind_check check (kind ~ '^[a-z][a-z-]{0,39}$');
alter table outbox add column phone_hash bytea;
alter table phone_code drop constraint phone_code_purpose_check;
alter table phone_code add constraint phone_code_purpose_check check (purpose ~ '^[a-z][a-z-]{0,39}$');
comment on column outbox.phone_hash is 'by which people find what was sent to their own phone';
create index outbox_phone on outbox (phone_hash, id desc) where phone_hash is not null;
`.execute(db);
}
