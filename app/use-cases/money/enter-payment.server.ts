import { whyEntryIsRefused } from "#app/domain/ledger.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { lockProjectOf } from "#db/queries/consultations.server.ts";
import { insertPayment, listCostFlats, listPayments } from "#db/queries/ledger.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import type { FileDeps } from "../file/file-deps.server.ts";
import { byAccount, refuse, transact, type Outcome } from "../transact.server.ts";
import { holdReceipt, withReceipt } from "./with-receipt.server.ts";

export interface PaymentEntering {
  stairwell: string;
  room: string;
  /** The entry that it corrects; null for a payment. */
  corrects: number | null;
  /** In fen; a correction to 0 takes the entry back. */
  amountFen: number;
  /** Of a payment always. */
  receipt: string | null;
  /** A photo or PDF of it; a correction without one keeps that of the entry before. */
  scan: Uint8Array | null;
  /** What it is for; of a correction why. */
  purpose: string;
  onDay: string;
  accountId: number;
  formKey: string;
}

/**
 * Enters what a flat has paid, with the number of its receipt, or corrects an entry of the flat by another that counts in
 * its place. Nothing is ever overwritten.
 *
 * Refusals: `stairwell_unknown`, those of `whyEntryIsRefused`, FileFault at `scan`.
 */
export function enterPayment(
  deps: FileDeps,
  { stairwell, room, corrects, amountFen, receipt, scan, purpose, onDay, accountId, formKey }: PaymentEntering,
): Promise<Outcome<{ entryId: number }>> {
  return withReceipt(deps, { stairwell, scan, accountId }, (sent) =>
    transact(deps, { key: formKey, action: `pay ${stairwell} ${room} ${corrects} ${amountFen} ${receipt} ${onDay}` }, async (tx) => {
      const project = await lockProjectOf(tx, stairwell);
      if (!project) refuse({ code: "stairwell_unknown" });
      const { stairwellId, subdistrictId } = project;
      const flat = (await listCostFlats(tx, stairwellId)).find((one) => one.room === room);
      if (!flat) refuse({ code: "entry_unknown" });
      const entries = await listPayments(tx, { stairwellId });
      const before = entries.find(({ id, flatId }) => id === corrects && flatId === flat.id);
      if (corrects !== null && !before) refuse({ code: "entry_unknown" });
      const kind = before?.kind ?? "paid";
      const entered = { kind, amountFen, receipt: kind === "paid" ? receipt : null, corrects, onDay, scan: sent };
      const problem = whyEntryIsRefused(entries, entered, { withReceipt: "paid", today: shanghaiDay(deps.now) });
      if (problem) refuse(problem);
      const receipted = await holdReceipt(tx, { scan: sent ?? before?.scan ?? null, subdistrictId });
      const entry = { ...entered, scan: receipted.scan, about: purpose, flatId: flat.id };
      const entryId = await insertPayment(tx, { ...entry, subdistrictId, stairwellId, accountId, at: deps.now });
      await appendLog(tx, { stairwellId, subdistrictId, at: deps.now, actor: byAccount(accountId), verb: "ledger-entered", subject: `ledger:${entryId}`, content: { ...entry, ...receipted, room } });
      return { entryId };
    }),
  );
}
