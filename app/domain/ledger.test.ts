import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { chargeForm, flatEntryForm, flatSums, itemSums, spendingForm, standingEntries, whyEntryIsRefused, type LedgerEntry } from "./ledger.ts";

const entry = (id: number, kind: string, amountFen: number, change: Partial<LedgerEntry> = {}): LedgerEntry => ({ id, kind, amountFen, receipt: kind === "paid" ? `R${id}` : null, scan: null, corrects: null, ...change });

describe("a ledger", () => {
  it("counts an entry until another stands in its place, of a chain of corrections the last", () => {
    const entries = [entry(1, "due", 500), entry(2, "paid", 200), entry(3, "paid", 250, { corrects: 2 }), entry(4, "paid", 240, { corrects: 3 }), entry(5, "paid", 10)];
    expect(standingEntries(entries).map(({ id }) => id)).toEqual([1, 4, 5]);
    expect(flatSums(entries)).toEqual({ dueFen: 500, paidFen: 250, openFen: 250 });
    expect(flatSums([])).toEqual({ dueFen: 0, paidFen: 0, openFen: 0 });
    expect(flatSums([entry(1, "paid", 100)]).openFen).toBe(-100);
  });

  it("adds up to the fen however it was corrected: the last word on each entry is what counts", () => {
    const history = fc.array(fc.tuple(fc.constantFrom("due", "paid"), fc.array(fc.integer({ min: 0, max: 1_000_000_000 }), { minLength: 1, maxLength: 5 })), { maxLength: 20 });
    fc.assert(
      fc.property(history, (all) => {
        let id = 0;
        const entries = all.flatMap(([kind, amounts]) => amounts.map((amount, index) => entry(++id, kind, amount, { corrects: index === 0 ? null : id - 1 })));
        const last = (kind: string) => all.filter(([one]) => one === kind).reduce((sum, [, amounts]) => sum + (amounts.at(-1) ?? 0), 0);
        const { dueFen, paidFen, openFen } = flatSums(entries);
        expect([dueFen, paidFen, openFen]).toEqual([last("due"), last("paid"), last("due") - last("paid")]);
      }),
    );
  });

  it("holds spending against the budget, item by item, and the items add up to the whole", () => {
    const entries = [
      { ...entry(1, "budget", 900), item: "土建" }, { ...entry(2, "spent", 300), item: "土建" }, { ...entry(3, "spent", 50), item: "管线" }, { ...entry(4, "spent", 350, { corrects: 2 }), item: "土建" },
    ];
    expect(itemSums(entries)).toEqual({
      items: [{ item: "土建", budgetFen: 900, spentFen: 350 }, { item: "管线", budgetFen: 0, spentFen: 50 }], budgetFen: 900, spentFen: 400,
    });
  });
});

describe("an entry is refused", () => {
  const entries = [entry(1, "due", 500), entry(2, "paid", 200), entry(3, "paid", 250, { corrects: 2 })];
  const why = (change: object) =>
    whyEntryIsRefused(entries, { kind: "paid", amountFen: 100, receipt: "R9", scan: null, corrects: null, onDay: "2026-11-20", ...change }, { withReceipt: "paid", today: "2026-11-21" })?.code ?? null;

  it("for a day to come, without a receipt, or with one that stands already", () => {
    expect(why({})).toBeNull();
    expect(why({ onDay: "2026-11-22" })).toBe("entry_in_future");
    expect(why({ receipt: null })).toBe("receipt_missing");
    expect(why({ receipt: "R3" })).toBe("receipt_known");
    // That of a corrected entry stands no more.
    expect(why({ receipt: "R2" })).toBeNull();
    expect(why({ kind: "due", receipt: null })).toBeNull();
    expect(why({ scan: "f1" })).toBeNull();
    expect(why({ kind: "due", receipt: null, scan: "f1" })).toBe("scan_without_receipt");
  });

  it("as a correction of what is not there, was corrected, is of another kind, or would stay the same", () => {
    expect(why({ corrects: 3 })).toBeNull();
    expect(why({ corrects: 3, receipt: "R3" })).toBeNull();
    expect(why({ corrects: 9 })).toBe("entry_unknown");
    expect(why({ corrects: 1 })).toBe("entry_unknown");
    expect(why({ corrects: 2 })).toBe("entry_corrected");
    expect(why({ corrects: 3, receipt: "R3", amountFen: 250 })).toBe("entry_same");
    expect(why({ corrects: 3, receipt: "R3", amountFen: 250, scan: "f1" })).toBeNull();
    expect(why({ corrects: 3, receipt: null })).toBe("receipt_missing");
  });
});

it("forms of money name what is missing", () => {
  const faults = (parsed: { error?: { issues: { path: PropertyKey[] }[] } | undefined }) => parsed.error?.issues.map(({ path }) => path[0]) ?? [];
  const common = { amount: "100", purpose: "首期款", onDay: "2026-11-20", voucher: "", corrects: "" };
  expect(faults(flatEntryForm.safeParse({ ...common, step: "pay", amount: "0" }))).toEqual(["amount", "voucher"]);
  expect(faults(flatEntryForm.safeParse({ ...common, step: "correct" }))).toEqual(["corrects"]);
  expect(flatEntryForm.parse({ ...common, step: "correct", corrects: "3", amount: "0" })).toMatchObject({ corrects: 3, amount: 0 });
  expect(flatEntryForm.parse({ ...common, step: "pay", voucher: "R1" })).toMatchObject({ amount: 10_000, voucher: "R1" });
  expect(faults(spendingForm.safeParse({ ...common, item: "土建", step: "spent", amount: "0" }))).toEqual(["amount", "voucher"]);
  expect(faults(spendingForm.safeParse({ ...common, item: "土建", step: "correct" }))).toEqual(["corrects"]);
  expect(faults(spendingForm.safeParse({ ...common, item: "土建", step: "budget" }))).toEqual([]);
  expect(faults(chargeForm.safeParse({ amount: "-1", scheme: "shanghai", percents: "", within: "equal", purpose: "首期款", onDay: "x" }))).toEqual(["amount", "onDay"]);
});
