import { whyEntryIsRefused } from "#app/domain/ledger.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { lockProjectOf } from "#db/queries/consultations.server.ts";
import { insertSpending, listSpending } from "#db/queries/ledger.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import type { FileDeps } from "../file/file-deps.server.ts";
import { byAccount, refuse, transact, type Outcome } from "../transact.server.ts";
import { holdReceipt, withReceipt } from "./with-receipt.server.ts";

export interface SpendingEntering {
  stairwell: string;
  /** Whether it is planned or was spent, or the number of the entry that it corrects. */
  what: "budget" | "spent" | number;
  /** The item of the budget. */
  item: string;
  /** In fen; a correction to 0 takes the entry back. */
  amountFen: number;
  /** Of what was spent always. */
  receipt: string | null;
  /** A photo or PDF of it; a correction without one keeps that of the entry before. */
  scan: Uint8Array | null;
  purpose: string;
  onDay: string;
  accountId: number;
  formKey: string;
}

/**
 * Enters an amount of the budget, or one that was spent with the number of its receipt, or corrects an entry by another
 * that counts in its place.
 *
 * Refusals: `stairwell_unknown`, those of `whyEntryIsRefused`, FileFault at `scan`.
 */
export function enterSpending(
  deps: FileDeps,
  { stairwell, what, item, amountFen, receipt, scan, purpose, onDay, accountId, formKey }: SpendingEntering,
): Promise<Outcome<{ entryId: number }>> {
  return withReceipt(deps, { stairwell, scan, accountId }, (sent) =>
    transact(deps, { key: formKey, action: `spend ${stairwell} ${what} ${item} ${amountFen} ${receipt} ${onDay}` }, async (tx) => {
      const project = await lockProjectOf(tx, stairwell);
      if (!project) refuse({ code: "stairwell_unknown" });
      const { stairwellId, subdistrictId } = project;
      const entries = await listSpending(tx, stairwellId);
      const corrects = typeof what === "number" ? what : null;
      const before = entries.find(({ id }) => id === corrects);
      if (corrects !== null && !before) refuse({ code: "entry_unknown" });
      const kind = before?.kind ?? (what === "budget" ? "budget" : "spent");
      const entered = { kind, amountFen, receipt: kind === "spent" ? receipt : null, corrects, onDay, scan: sent };
      const problem = whyEntryIsRefused(entries, entered, { withReceipt: "spent", today: shanghaiDay(deps.now) });
      if (problem) refuse(problem);
      const receipted = await holdReceipt(tx, { scan: sent ?? before?.scan ?? null, subdistrictId });
      const entry = { ...entered, scan: receipted.scan, item: before?.item ?? item, about: purpose };
      const entryId = await insertSpending(tx, { ...entry, subdistrictId, stairwellId, accountId, at: deps.now });
      await appendLog(tx, { stairwellId, subdistrictId, at: deps.now, actor: byAccount(accountId), verb: "spending-entered", subject: `spending:${entryId}`, content: { ...entry, ...receipted } });
      return { entryId };
    }),
  );
}
