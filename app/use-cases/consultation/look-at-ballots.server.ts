import type { LookPurpose } from "#app/domain/ballot-look.ts";
import { whyReasonIsRefused } from "#app/domain/consultation.ts";
import { insertLook } from "#db/queries/ballot-looks.server.ts";
import { listOwnerNames, lockConsultation } from "#db/queries/consultations.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

export interface LookAtBallots {
  consultation: string;
  purpose: LookPurpose;
  /** In the person's own words, for another purpose than the usual ones. */
  reason: string | undefined;
  /** Whether the person records ballots: a clerk of the committee, not the office. */
  mayRecord: boolean;
  accountId: number;
  formKey: string;
}

/**
 * Writes down why somebody is about to look at the single ballots of a consultation.
 *
 * Refusals: `look_without_recording` for somebody who does not record ballots, `reason_names_owner`.
 *
 * @throws Error for a consultation that there is not
 */
export function lookAtBallots(deps: Deps, { consultation: code, purpose, reason, mayRecord, accountId, formKey }: LookAtBallots): Promise<Outcome<object>> {
  const { now: at } = deps;
  return transact(deps, { key: formKey, action: `look at ballots ${code} ${purpose} ${accountId}` }, async (tx) => {
    const consultation = await lockConsultation(tx, code, "share");
    if (!consultation) throw new Error("no such consultation");
    if (purpose === "record" && !mayRecord) refuse({ code: "look_without_recording" });
    const { id: consultationId, stairwellId, subdistrictId } = consultation;
    const named = whyReasonIsRefused(reason ?? "", await listOwnerNames(tx, consultationId));
    if (named) refuse(named);
    const look = await insertLook(tx, { subdistrictId, consultationId, accountId, purpose, reason: reason ?? null, at });
    await appendLog(tx, {
      stairwellId, subdistrictId, at, actor: byAccount(accountId),
      verb: "ballots-looked-at",
      subject: `look:${look}`,
      content: { consultation: code, purpose, reason: reason ?? null },
    });
    return {};
  });
}
