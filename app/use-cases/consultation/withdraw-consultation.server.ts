import { whyWithdrawalIsRefused } from "#app/domain/consultation-course.ts";
import { whyReasonIsRefused } from "#app/domain/consultation.ts";
import { countBallots } from "#db/queries/ballots.server.ts";
import { listOwnerNames, lockConsultation } from "#db/queries/consultations.server.ts";
import { appendLog, touchPages } from "#db/queries/log.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

export interface Withdrawal {
  consultation: string;
  reason: string;
  accountId: number;
  formKey: string;
}

/**
 * Takes back a consultation that was opened by mistake, before anybody has voted: it stays on record, is no result, and
 * another may be opened. The project stays at its stage.
 *
 * Refusals: those of `whyWithdrawalIsRefused`, `reason_names_owner`.
 */
export function withdrawConsultation(deps: Deps, { consultation: code, reason, accountId, formKey }: Withdrawal): Promise<Outcome<{ consultation: string }>> {
  const { now } = deps;
  return transact(deps, { key: formKey, action: `withdraw ${code}` }, async (tx) => {
    const consultation = await lockConsultation(tx, code, "update");
    if (!consultation) refuse({ code: "not_open" });
    const { id, stairwellId, subdistrictId } = consultation;
    const problem =
      whyWithdrawalIsRefused(consultation, await countBallots(tx, id)) ?? whyReasonIsRefused(reason, await listOwnerNames(tx, id));
    if (problem) refuse(problem);

    await tx
      .updateTable("consultation")
      .set({ closedAt: now, withdrawnAt: now, withdrawnBy: accountId, withdrawReason: reason })
      .where("id", "=", id)
      .execute();
    await appendLog(tx, {
      stairwellId, subdistrictId, at: now, actor: byAccount(accountId),
      verb: "consultation-withdrawn",
      subject: `consultation:${id}`,
      content: { consultation: code, reason },
    });
    await touchPages(tx, ["district", `stairwell:${stairwellId}`]);
    return { consultation: code };
  });
}
