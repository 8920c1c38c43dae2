import { sql, type Kysely } from "kysely";

/** The receipts themselves, beside their numbers: of what a flat has paid, and of what was spent. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
alter table file drop constraint file_kind_check;
alter table file add constraint file_kind_check check (kind in ('scan', 'authorisation', 'signature', 'photo', 'document', 'receipt'));
alter table ledger_entry add column scan text references file, add check (scan is null or kind = 'paid');
alter table spending_entry add column scan text references file, add check (scan is null or kind = 'spent');
create index ledger_entry_scan on ledger_entry (scan) where scan is not null;
create index spending_entry_scan on spending_entry (scan) where scan is not null;
comment on column ledger_entry.scan is 'photo or PDF of the receipt';
comment on column spending_entry.scan is 'photo or PDF of the receipt';
`.execute(db);
}
