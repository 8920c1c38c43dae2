import { shareCosts, type CostShareWay } from "#app/domain/cost-shares.ts";
import { whyEntryIsRefused } from "#app/domain/ledger.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { lockProjectOf } from "#db/queries/consultations.server.ts";
import { insertPayment, listCostFlats, listPayments } from "#db/queries/ledger.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { readSetting } from "#db/queries/settings.server.ts";
import { recordEvidence } from "../stage/record-evidence.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

export interface Charge extends CostShareWay {
  stairwell: string;
  /** What all flats owe together, in fen. */
  amountFen: number;
  /** What it is for, as 首期款. */
  purpose: string;
  onDay: string;
  accountId: number;
  formKey: string;
}

/**
 * Shares an amount out over the flats of a stairwell and enters what each owes; the entries add up to the amount exactly.
 * The first charge is the evidence of the cost shares.
 *
 * Refusals: `stairwell_unknown`, `entry_in_future`, those of `shareCosts`.
 */
export function chargeShares(
  deps: Deps,
  { stairwell, amountFen, scheme, percents, within, purpose, onDay, accountId, formKey }: Charge,
): Promise<Outcome<{ flats: number }>> {
  const today = shanghaiDay(deps.now);
  return transact(deps, { key: formKey, action: `charge ${stairwell} ${amountFen} ${purpose} ${onDay}` }, async (tx) => {
    const project = await lockProjectOf(tx, stairwell);
    if (!project) refuse({ code: "stairwell_unknown" });
    const { stairwellId, subdistrictId } = project;
    const due = { kind: "due" as const, receipt: null, scan: null, corrects: null, onDay };
    const problem = whyEntryIsRefused([], { ...due, amountFen }, { withReceipt: "paid", today });
    if (problem) refuse(problem);
    const flats = await listCostFlats(tx, stairwellId);
    const shared = shareCosts(amountFen, flats, { scheme, percents, within }, await readSetting(tx, subdistrictId, "cost-schemes", today));
    if (!shared.ok) refuse(shared.problem);
    const owed = shared.shares.flatMap(({ room, fen }) => {
      const flat = flats.find((one) => one.room === room);
      return flat && fen > 0 ? [{ flat, fen }] : [];
    });
    const isFirst = (await listPayments(tx, { stairwellId })).every(({ kind }) => kind !== "due");
    if (isFirst) await recordEvidence(tx, deps.now, { stairwellId, kind: "cost-shares", text: purpose, day: onDay, account: accountId });
    for (const { flat, fen } of owed) {
      const entry = { ...due, amountFen: fen, about: purpose, flatId: flat.id };
      const id = await insertPayment(tx, { ...entry, subdistrictId, stairwellId, accountId, at: deps.now });
      await appendLog(tx, { stairwellId, subdistrictId, at: deps.now, actor: byAccount(accountId), verb: "ledger-entered", subject: `ledger:${id}`, content: { ...entry, room: flat.room } });
    }
    return { flats: owed.length };
  });
}
