import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table ballot_look (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  consultation_id integer not null references consultation,
  account_id integer not null references account,
  purpose text not null check (purpose in ('record', 'check', 'answer', 'other')),
  reason text check (length(reason) between 1 and 500),
  at timestamptz not null,
  check ((purpose = 'other') = (reason is not null))
);
create index ballot_look_newest on ballot_look (consultation_id, account_id, at desc);
comment on table ballot_look is 'why somebody looked at the single ballots of a consultation; holds for a working day of twelve hours';

create trigger add_only before update or delete on ballot_look for each row execute function refuse_change();
create trigger add_only_whole before truncate on ballot_look for each statement execute function refuse_change();
grant select, insert on ballot_look to jiati_app;
`.execute(db);
}
