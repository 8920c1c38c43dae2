import { standingEntries, type LedgerEntry } from "#app/domain/ledger.ts";
import { formatYuan } from "#app/domain/money.ts";
import type { Sheet, SheetKind, SheetValue } from "#app/domain/sheet.ts";
import { money } from "#app/i18n/zh-CN/money.ts";
import type { PaymentEntry, SpendingEntry } from "#db/queries/ledger.server.ts";

type Column = keyof typeof money.csvColumns;

const kinds: Partial<Record<Column, SheetKind>> = { id: "number", corrects: "number", amount: "number", onDay: "day" };

function sheet<Entry extends LedgerEntry & { onDay: string; about: string; by: string }>(name: string, columns: readonly Column[], entries: readonly Entry[], more: (entry: Entry) => Partial<Record<Column, SheetValue>>): Sheet {
  const standing = new Set(standingEntries(entries));
  return {
    name,
    columns: columns.map((column) => ({ label: money.csvColumns[column], kind: kinds[column] ?? "text" })),
    rows: entries.map((entry) => {
      const { id, about, receipt, onDay, corrects, by } = entry;
      // Yuan as they are written: a decimal fraction of whole fen, never a rounded one.
      const cells: Partial<Record<Column, SheetValue>> = { id, about, receipt, onDay, corrects, by, amount: formatYuan(entry.amountFen), counts: standing.has(entry) ? money.yes : money.no, ...more(entry) };
      return columns.map((column) => cells[column] ?? null);
    }),
  };
}

/** All entries of what the flats owe and have paid. */
export function paymentsSheet(flats: readonly { id: number; room: string }[], entries: readonly PaymentEntry[]): Sheet {
  const rooms = new Map(flats.map(({ id, room }) => [id, room]));
  return sheet(money.flats, ["id", "room", "kind", "about", "amount", "receipt", "onDay", "corrects", "counts", "by"], entries, ({ kind, flatId }) => ({ kind: money.kinds[kind], room: rooms.get(flatId) ?? "" }));
}

/** All entries of the budget and of what was spent. */
export function spendingSheet(entries: readonly SpendingEntry[]): Sheet {
  return sheet(money.spending.title, ["id", "kind", "item", "about", "amount", "receipt", "onDay", "corrects", "counts", "by"], entries, ({ kind, item }) => ({ kind: money.kinds[kind], item }));
}
