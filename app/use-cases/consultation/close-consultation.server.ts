import { whyClosingIsRefused, whyReasonIsRefused } from "#app/domain/consultation.ts";
import { tallyRows, type TallyResult } from "#app/domain/tally.ts";
import { listOwnerNames, listUnchecked, lockConsultation, readConsultationRows } from "#db/queries/consultations.server.ts";
import { refuse, transact, type Deps, type Outcome } from "../transact.server.ts";
import { recordClosing } from "./record-closing.server.ts";

export interface Closing {
  consultation: string;
  /** Needed before the deadline only. */
  reason?: string | undefined;
  accountId: number;
  formKey: string;
}

/**
 * Closes a consultation and counts it: every ballot was recorded before or is refused.
 *
 * Refusals: `not_open`, `unchecked`, `before_deadline`, `reason_missing`, `reason_names_owner`.
 */
export function closeConsultation(deps: Deps, { consultation: code, reason, accountId, formKey }: Closing): Promise<Outcome<{ result: TallyResult }>> {
  const { now } = deps;
  return transact(deps, { key: formKey, action: `close ${code}` }, async (tx) => {
    const consultation = await lockConsultation(tx, code, "update");
    if (!consultation) refuse({ code: "not_open" });
    const { id } = consultation;
    // Read under the lock: all who cast before have committed, all who come later find it closed.
    const rows = await readConsultationRows(tx, id);
    const result = tallyRows(rows);
    const unchecked = await listUnchecked(tx, id);
    const closeReason = reason ?? null;
    const problem =
      whyClosingIsRefused(consultation, { result, unchecked, reason: closeReason, now }) ??
      whyReasonIsRefused(closeReason ?? "", await listOwnerNames(tx, id));
    if (problem) refuse(problem);

    await recordClosing(tx, { code, consultation, at: now, accountId, reason: closeReason, ballots: rows.ballots, result });
    return { result };
  });
}
