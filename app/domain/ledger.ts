import { z } from "zod";
import { withinFloor } from "./cost.ts";
import { percents } from "./cost-estimate.ts";
import { parseYuan } from "./money.ts";
import type { Problem } from "./problem.ts";
import { rowNumber } from "./row-number.ts";
import { isDay } from "./shanghai-day.ts";
import { lineText, optional } from "./text.ts";

/** An entry of a ledger. It never changes: a correction is another entry in its place. */
export interface LedgerEntry {
  id: number;
  kind: string;
  /** In fen. */
  amountFen: number;
  receipt: string | null;
  /** The file of the receipt. */
  scan: string | null;
  /** The entry in whose place this one counts. */
  corrects: number | null;
}

/** The entries that count: those in whose place none other stands. */
export function standingEntries<Entry extends Pick<LedgerEntry, "id" | "corrects">>(entries: readonly Entry[]): Entry[] {
  const corrected = new Set(entries.map(({ corrects }) => corrects));
  return entries.filter(({ id }) => !corrected.has(id));
}

/** The sum of what counts of a kind, in fen. */
export function sumOfKind(entries: readonly LedgerEntry[], kind: string): number {
  return standingEntries(entries).reduce((sum, entry) => (entry.kind === kind ? sum + entry.amountFen : sum), 0);
}

/** What a flat owes and has paid, in fen; `openFen` is below zero where it has paid more than is due. */
export interface FlatSums {
  dueFen: number;
  paidFen: number;
  openFen: number;
}

export function flatSums(entries: readonly LedgerEntry[]): FlatSums {
  const [dueFen, paidFen] = [sumOfKind(entries, "due"), sumOfKind(entries, "paid")];
  return { dueFen, paidFen, openFen: dueFen - paidFen };
}

/** An item of the budget with what was spent on it, in fen. */
export interface ItemSums {
  item: string;
  budgetFen: number;
  spentFen: number;
}

/** Budget and spending item by item, in the order in which the items came up, with their sum. */
export function itemSums(entries: readonly (LedgerEntry & { item: string })[]): { items: ItemSums[]; budgetFen: number; spentFen: number } {
  const items = [...new Set(entries.map(({ item }) => item))].map((item) => {
    const own = entries.filter((entry) => entry.item === item);
    return { item, budgetFen: sumOfKind(own, "budget"), spentFen: sumOfKind(own, "spent") };
  });
  return { items, budgetFen: sumOfKind(entries, "budget"), spentFen: sumOfKind(entries, "spent") };
}

const day = z.string({ error: "missing" }).trim().min(1, { error: "missing" }).refine(isDay, { error: "not-a-day" });

const MOST_FEN = 10_000_000_00;

const fen = (least: number) =>
  z
    .string({ error: "missing" })
    .trim()
    .min(1, { error: "missing" })
    .max(20, { error: "too-long" })
    .transform(parseYuan)
    .refine((amount): amount is number => amount !== null && amount >= least && amount <= MOST_FEN, { error: "not-yuan" });

/** An amount that all flats owe together, shared out by a scheme. */
export const chargeForm = z.object({
  amount: fen(1),
  scheme: z.string({ error: "missing" }).min(1, { error: "missing" }).max(70, { error: "unknown" }),
  percents,
  within: z.enum(withinFloor, { error: "unknown" }),
  purpose: lineText(60),
  onDay: day,
});

/** A payment of one flat, or a correction of one of its entries. */
export const flatEntryForm = z
  .object({ step: z.enum(["pay", "correct"], { error: "missing" }), corrects: optional(rowNumber), amount: fen(0), voucher: optional(lineText(40)), purpose: lineText(60), onDay: day })
  .superRefine(({ step, corrects, amount, voucher }, context) => {
    if (step === "correct" && corrects === undefined) context.addIssue({ code: "custom", path: ["corrects"], message: "unknown" });
    if (step === "pay" && amount === 0) context.addIssue({ code: "custom", path: ["amount"], message: "not-yuan" });
    if (step === "pay" && voucher === undefined) context.addIssue({ code: "custom", path: ["voucher"], message: "missing" });
  });

/** Something planned or spent, or a correction of it. */
export const spendingForm = z
  .object({
    step: z.enum(["budget", "spent", "correct"], { error: "missing" }), corrects: optional(rowNumber), item: lineText(40), amount: fen(0), voucher: optional(lineText(40)), purpose: lineText(60),
    onDay: day,
  })
  .superRefine(({ step, corrects, amount, voucher }, context) => {
    if (step === "correct" && corrects === undefined) context.addIssue({ code: "custom", path: ["corrects"], message: "unknown" });
    if (step !== "correct" && amount === 0) context.addIssue({ code: "custom", path: ["amount"], message: "not-yuan" });
    if (step === "spent" && voucher === undefined) context.addIssue({ code: "custom", path: ["voucher"], message: "missing" });
  });

export type LedgerRefusal = "entry_unknown" | "entry_corrected" | "entry_same" | "receipt_missing" | "receipt_known" | "scan_without_receipt" | "entry_in_future";

/** An entry that is about to be made. */
export interface EnteredEntry {
  kind: string;
  amountFen: number;
  receipt: string | null;
  /** The file of the receipt that was sent with it. */
  scan: string | null;
  corrects: number | null;
  onDay: string;
}

/**
 * Why an entry is refused: a day to come, a receipt that stands already, a scan where there is no receipt, or a correction
 * of what is not there, was corrected before, or would say the same.
 *
 * @param entries all of the ledger; @param withReceipt the kind that has a receipt
 */
export function whyEntryIsRefused(entries: readonly LedgerEntry[], entered: EnteredEntry, { withReceipt, today }: { withReceipt: string; today: string }): Problem<LedgerRefusal> | null {
  if (entered.onDay > today) return { code: "entry_in_future", at: "onDay" };
  const before = entered.corrects === null ? null : entries.find(({ id, kind }) => id === entered.corrects && kind === entered.kind);
  if (before === undefined) return { code: "entry_unknown" };
  const standing = standingEntries(entries);
  if (before && !standing.includes(before)) return { code: "entry_corrected" };
  if (before && before.amountFen === entered.amountFen && before.receipt === entered.receipt && entered.scan === null) return { code: "entry_same", at: "amount" };
  if (entered.kind !== withReceipt) return entered.scan === null ? null : { code: "scan_without_receipt", at: "scan" };
  if (entered.receipt === null) return { code: "receipt_missing", at: "voucher" };
  return standing.some((one) => one !== before && one.receipt === entered.receipt) ? { code: "receipt_known", at: "voucher" } : null;
}
