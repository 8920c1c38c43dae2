import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table setting (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  key text not null check (key ~ '^[a-z][a-z-]{0,39}$'),
  value jsonb not null,
  from_day date not null,
  account_id integer not null references account,
  at timestamptz not null
);
create index setting_newest on setting (subdistrict_id, key, from_day desc, id desc);
comment on table setting is 'what the subdistrict has set; of one key, the newest from_day not later than a day holds on it, of one day the last row';

create trigger add_only before update or delete on setting for each row execute function refuse_change();
create trigger add_only_whole before truncate on setting for each statement execute function refuse_change();
grant select, insert on setting to jiati_app;
`.execute(db);
}
