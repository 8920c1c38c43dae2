import { sql, type Kysely } from "kysely";

const ADD_ONLY = ["engagement", "agreement", "ledger_entry", "spending_entry"];

/** Which firms work at a stairwell, the agreement of its owners, and the money: due, paid, planned and spent. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
create table engagement (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  stairwell_id integer not null references stairwell,
  firm_id integer not null references firm,
  role text not null check (role in ('agent', 'contractor', 'supervisor', 'designer', 'maker')),
  name text not null check (length(name) between 1 and 60),
  contract_no text not null check (length(contract_no) between 1 and 60),
  signed_on date not null,
  account_id integer not null references account,
  at timestamptz not null
);
create index engagement_stairwell on engagement (stairwell_id, role, id desc);
create index engagement_firm on engagement (firm_id);
comment on table engagement is 'a contract with a firm; of a stairwell and a role the newest holds';

create table agreement (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  stairwell_id integer not null references stairwell,
  signed_on date not null,
  items text[] not null check (cardinality(items) between 1 and 30),
  complete boolean not null,
  account_id integer not null references account,
  at timestamptz not null
);
create index agreement_stairwell on agreement (stairwell_id, id desc);
comment on column agreement.items is 'what it settles of the checklist';

create table ledger_entry (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  stairwell_id integer not null references stairwell,
  flat_id integer not null references flat,
  kind text not null check (kind in ('due', 'paid')),
  amount_fen integer not null check (amount_fen between 0 and 1000000000),
  about text not null check (length(about) between 1 and 100),
  receipt text check (length(receipt) between 1 and 40),
  on_day date not null,
  corrects integer unique references ledger_entry,
  account_id integer not null references account,
  at timestamptz not null,
  check (amount_fen > 0 or corrects is not null),
  check ((kind = 'paid') = (receipt is not null))
);
create index ledger_entry_flat on ledger_entry (stairwell_id, flat_id, id);
comment on column ledger_entry.corrects is 'the entry in whose place this one counts; of a chain of corrections the last';

create table spending_entry (
  id integer generated always as identity primary key,
  subdistrict_id integer not null references subdistrict,
  stairwell_id integer not null references stairwell,
  kind text not null check (kind in ('budget', 'spent')),
  item text not null check (length(item) between 1 and 40),
  amount_fen integer not null check (amount_fen between 0 and 1000000000),
  about text not null check (length(about) between 1 and 100),
  receipt text check (length(receipt) between 1 and 40),
  on_day date not null,
  corrects integer unique references spending_entry,
  account_id integer not null references account,
  at timestamptz not null,
  check (amount_fen > 0 or corrects is not null),
  check ((kind = 'spent') = (receipt is not null))
);
create index spending_entry_stairwell on spending_entry (stairwell_id, id);
`.execute(db);

  for (const table of ADD_ONLY) {
    await sql`create trigger add_only before update or delete on ${sql.id(table)} for each row execute function refuse_change()`.execute(db);
    await sql`create trigger add_only_whole before truncate on ${sql.id(table)} for each statement execute function refuse_change()`.execute(db);
    await sql`grant select, insert on ${sql.id(table)} to jiati_app`.execute(db);
  }
}
