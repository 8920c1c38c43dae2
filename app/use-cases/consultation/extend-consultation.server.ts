import { whyExtensionIsRefused } from "#app/domain/consultation-course.ts";
import { whyReasonIsRefused } from "#app/domain/consultation.ts";
import { endOfDay } from "#app/domain/shanghai-day.ts";
import { listOwnerNames, lockConsultation } from "#db/queries/consultations.server.ts";
import { appendLog, touchPages } from "#db/queries/log.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

export interface Extension {
  consultation: string;
  /** The new last day for ballots, in Shanghai. */
  closesOn: string;
  reason: string;
  accountId: number;
  formKey: string;
}

/**
 * Moves the deadline of an open consultation to a later day; the deadline before and the reason stay on record.
 *
 * Refusals: those of `whyExtensionIsRefused`, `reason_names_owner`.
 */
export function extendConsultation(deps: Deps, { consultation: code, closesOn, reason, accountId, formKey }: Extension): Promise<Outcome<{ closesOn: string }>> {
  const { now } = deps;
  return transact(deps, { key: formKey, action: `extend ${code} ${closesOn}` }, async (tx) => {
    const consultation = await lockConsultation(tx, code, "update");
    if (!consultation) refuse({ code: "not_open" });
    const { id, stairwellId, subdistrictId, closesAt: closesAtBefore } = consultation;
    const problem = whyExtensionIsRefused(consultation, { closesOn, now }) ?? whyReasonIsRefused(reason, await listOwnerNames(tx, id));
    if (problem) refuse(problem);

    const closesAt = endOfDay(closesOn);
    await tx.insertInto("consultationExtension").values({ consultationId: id, subdistrictId, closesAtBefore, closesAt, reason, accountId, at: now }).execute();
    await tx.updateTable("consultation").set({ closesAt }).where("id", "=", id).execute();
    await appendLog(tx, {
      stairwellId, subdistrictId, at: now, actor: byAccount(accountId),
      verb: "consultation-extended",
      subject: `consultation:${id}`,
      content: { consultation: code, from: closesAtBefore.toISOString(), until: closesAt.toISOString(), reason },
    });
    await touchPages(tx, ["district", `stairwell:${stairwellId}`]);
    return { closesOn };
  });
}
