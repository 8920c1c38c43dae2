import { whenToClose } from "#app/domain/consultation-course.ts";
import { tallyRows } from "#app/domain/tally.ts";
import { lockConsultation, readConsultationRows } from "#db/queries/consultations.server.ts";
import { refuse, transact, type Deps, type Outcome } from "../transact.server.ts";
import { recordClosing } from "./record-closing.server.ts";

/**
 * Closes a consultation whose deadline is over, by the portal itself. May be tried by several processes at once and
 * again after a crash: only the first that comes finds it open.
 *
 * Refusals: `not_open`, `before_deadline` (extended in the meantime, or paper in time waits to be typed).
 */
export function closeAtDeadline(deps: Deps, code: string): Promise<Outcome<{ consultation: string }>> {
  const { now } = deps;
  return transact(deps, null, async (tx) => {
    const consultation = await lockConsultation(tx, code, "update");
    if (!consultation || consultation.closedAt) refuse({ code: "not_open" });
    if (now <= whenToClose(consultation.closesAt, 0)) refuse({ code: "before_deadline" });
    const rows = await readConsultationRows(tx, consultation.id);
    await recordClosing(tx, { code, consultation, at: now, accountId: null, reason: null, ballots: rows.ballots, result: tallyRows(rows) });
    return { consultation: code };
  });
}
