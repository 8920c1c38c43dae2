import { whyClosingWaits } from "#app/domain/consultation-course.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { tallyRows } from "#app/domain/tally.ts";
import { listUnchecked, lockConsultation, readConsultationRows } from "#db/queries/consultations.server.ts";
import { listUnsplitOf } from "#db/queries/paper-uploads.server.ts";
import { countWaitingPages } from "#db/queries/paper.server.ts";
import { readSetting } from "#db/queries/settings.server.ts";
import { refuse, transact, type Deps, type Outcome } from "../transact.server.ts";
import { recordClosing } from "./record-closing.server.ts";

/**
 * Closes a consultation whose deadline is over, by the portal itself. May be tried by several processes at once and
 * again after a crash: only the first that comes finds it open.
 *
 * Refusals: `not_open`, `before_deadline` (it was extended in the meantime), `paper_waits`.
 */
export function closeAtDeadline(deps: Deps, code: string): Promise<Outcome<{ consultation: string }>> {
  const { now } = deps;
  return transact(deps, null, async (tx) => {
    const consultation = await lockConsultation(tx, code, "update");
    if (!consultation) refuse({ code: "not_open" });
    const graceDays = await readSetting(tx, consultation.subdistrictId, "paper-grace", shanghaiDay(consultation.closesAt));
    const unsplit = await listUnsplitOf(tx, consultation.id);
    const waitingPaper = unsplit.length + (await countWaitingPages(tx, consultation.id)) + (await listUnchecked(tx, consultation.id)).length;
    const problem = whyClosingWaits(consultation, { waitingPaper, graceDays }, now);
    if (problem) refuse(problem);
    const rows = await readConsultationRows(tx, consultation.id);
    await recordClosing(tx, { code, consultation, at: now, accountId: null, reason: null, ballots: rows.ballots, result: tallyRows(rows) });
    return { consultation: code };
  });
}
