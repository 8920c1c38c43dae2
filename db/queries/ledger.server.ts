import { sql } from "kysely";
import type { FileOwner } from "#app/domain/file-access.ts";
import { flatSums, type LedgerEntry } from "#app/domain/ledger.ts";
import type { Db, Tx } from "../client.server.ts";

/** An entry as it is read: what it is for, the day it speaks of, when and by whom it was entered. */
interface ReadEntry extends LedgerEntry {
  about: string;
  onDay: string;
  at: Date;
  by: string;
}

/** An entry of the payments: what a flat owes or has paid. */
export interface PaymentEntry extends ReadEntry {
  kind: "due" | "paid";
  flatId: number;
}

/** An entry of the budget or of what was spent. */
export interface SpendingEntry extends ReadEntry {
  kind: "budget" | "spent";
  item: string;
}

/** The payments of a stairwell, or of some of its flats, in the order of entering. */
export function listPayments(db: Db | Tx, at: { stairwellId: number } | { flatIds: readonly number[] }): Promise<PaymentEntry[]> {
  return db
    .selectFrom("ledgerEntry")
    .innerJoin("account", "account.id", "ledgerEntry.accountId")
    .select([
      "ledgerEntry.id", "ledgerEntry.flatId", "ledgerEntry.kind", "ledgerEntry.amountFen", "ledgerEntry.about", "ledgerEntry.receipt", "ledgerEntry.scan", "ledgerEntry.onDay",
      "ledgerEntry.corrects", "ledgerEntry.at", "account.name as by",
    ])
    .$if("stairwellId" in at, (q) => q.where("ledgerEntry.stairwellId", "=", "stairwellId" in at ? at.stairwellId : 0))
    .$if("flatIds" in at, (q) => q.where("ledgerEntry.flatId", "in", "flatIds" in at ? [0, ...at.flatIds] : [0]))
    .orderBy("ledgerEntry.id")
    .execute();
}

export function listSpending(db: Db | Tx, stairwellId: number): Promise<SpendingEntry[]> {
  return db
    .selectFrom("spendingEntry")
    .innerJoin("account", "account.id", "spendingEntry.accountId")
    .select([
      "spendingEntry.id", "spendingEntry.kind", "spendingEntry.item", "spendingEntry.amountFen", "spendingEntry.about", "spendingEntry.receipt", "spendingEntry.scan",
      "spendingEntry.onDay", "spendingEntry.corrects", "spendingEntry.at", "account.name as by",
    ])
    .where("spendingEntry.stairwellId", "=", stairwellId)
    .orderBy("spendingEntry.id")
    .execute();
}

interface NewEntry extends Omit<ReadEntry, "id" | "by"> {
  subdistrictId: number;
  stairwellId: number;
  accountId: number;
}

export async function insertPayment(tx: Tx, entry: NewEntry & { flatId: number; kind: "due" | "paid" }): Promise<number> {
  const { id } = await tx.insertInto("ledgerEntry").values(entry).returning("id").executeTakeFirstOrThrow();
  return id;
}

export async function insertSpending(tx: Tx, entry: NewEntry & { item: string; kind: "budget" | "spent" }): Promise<number> {
  const { id } = await tx.insertInto("spendingEntry").values(entry).returning("id").executeTakeFirstOrThrow();
  return id;
}

/** The flats of a stairwell with floor and area, from the ground floor up, as costs are shared out over them. */
export function listCostFlats(db: Db | Tx, stairwellId: number) {
  return db
    .selectFrom("flat")
    .select(["id", "room", "floor", "area"])
    .where("stairwellId", "=", stairwellId)
    .orderBy("floor")
    .orderBy(sql`room collate "C"`)
    .execute();
}

/** Whose the receipt of a payment is: the flat's that paid. */
export async function listPaymentReceiptOwners(db: Db, { fileId }: { fileId: string }): Promise<FileOwner[]> {
  const entries = await db
    .selectFrom("ledgerEntry")
    .innerJoin("stairwell", "stairwell.id", "ledgerEntry.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .select(["community.committeeId", "stairwell.id as stairwellId", "ledgerEntry.flatId"])
    .where("ledgerEntry.scan", "=", fileId)
    .execute();
  return entries.map(({ flatId, ...owner }) => ({ ...owner, subdistrictId: null, flatIds: [flatId] }));
}

/** Whose the receipt for what was spent is: that of all flats that have paid. */
export async function listSpendingReceiptOwners(db: Db, { fileId }: { fileId: string }): Promise<FileOwner[]> {
  const entries = await db
    .selectFrom("spendingEntry")
    .innerJoin("stairwell", "stairwell.id", "spendingEntry.stairwellId")
    .innerJoin("community", "community.id", "stairwell.communityId")
    .select(["community.committeeId", "stairwell.id as stairwellId"])
    .distinct()
    .where("spendingEntry.scan", "=", fileId)
    .execute();
  return Promise.all(
    entries.map(async (owner) => {
      const payments = await listPayments(db, owner);
      const paid = (flatId: number) => flatSums(payments.filter((one) => one.flatId === flatId)).paidFen > 0;
      return { ...owner, subdistrictId: null, flatIds: [...new Set(payments.map(({ flatId }) => flatId))].filter(paid) };
    }),
  );
}
