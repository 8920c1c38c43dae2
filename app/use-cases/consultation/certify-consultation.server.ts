import { whyCertifyingIsRefused } from "#app/domain/consultation.ts";
import { tallyRows, type TallyResult } from "#app/domain/tally.ts";
import { lockConsultation, readCertification, readConsultationRows } from "#db/queries/consultations.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { makeLeaves, storeSeal } from "./seal-result.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

/**
 * A second person certifies the result of a closed consultation, as it is counted at that moment, and seals it; from
 * then on no ballot of it can be void any more.
 *
 * Refusals: those of `whyCertifyingIsRefused`.
 */
export function certifyConsultation(
  deps: Deps,
  { consultation: code, accountId, formKey }: { consultation: string; accountId: number; formKey: string },
): Promise<Outcome<{ result: TallyResult }>> {
  return transact(deps, { key: formKey, action: `certify ${code}` }, async (tx) => {
    const consultation = await lockConsultation(tx, code, "update");
    if (!consultation) refuse({ code: "not_closed" });
    const { id, stairwellId, subdistrictId } = consultation;
    const rows = await readConsultationRows(tx, id);
    const result = tallyRows(rows);
    const problem = whyCertifyingIsRefused({
      ...consultation, ...(await readCertification(tx, id)), accountId, roll: rows.roll, unresolved: result.unresolved,
    });
    const { closedAt } = consultation;
    if (problem || !closedAt) refuse(problem ?? { code: "not_closed" });

    await tx
      .insertInto("certificate")
      .values({
        consultationId: id, result: JSON.stringify(result), passed: result.passed, source: "portal", certifiedBy: accountId, certifiedAt: deps.now,
      })
      .execute();
    const leaves = makeLeaves(rows);
    await appendLog(tx, {
      stairwellId, subdistrictId, at: deps.now, actor: byAccount(accountId),
      verb: "consultation-certified",
      subject: `consultation:${id}`,
      content: { consultation: code, result, roots: leaves.roots },
    });
    await storeSeal(tx, deps, { consultation: { ...consultation, code, closedAt, ruleset: rows.ruleset }, result, leaves });
    return { result };
  });
}
