import { whyPublishingIsRefused } from "#app/domain/consultation.ts";
import { lockConsultation, readCertification } from "#db/queries/consultations.server.ts";
import { appendLog, touchPages } from "#db/queries/log.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

/**
 * Publishes a certified result; the stairwell's page shows it from then on.
 *
 * Refusals: `not_certified`, `already_published`.
 */
export function publishResult(
  deps: Deps,
  { consultation: code, accountId, formKey }: { consultation: string; accountId: number; formKey: string },
): Promise<Outcome<{ consultation: string }>> {
  const { now } = deps;
  return transact(deps, { key: formKey, action: `publish ${code}` }, async (tx) => {
    const consultation = await lockConsultation(tx, code, "update");
    if (!consultation) refuse({ code: "not_certified" });
    const { id, stairwellId, subdistrictId, publishedAt } = consultation;
    const problem = whyPublishingIsRefused({ publishedAt, ...(await readCertification(tx, id)) });
    if (problem) refuse(problem);

    await tx.updateTable("consultation").set({ publishedAt: now, publishedBy: accountId }).where("id", "=", id).execute();
    await appendLog(tx, {
      stairwellId, subdistrictId, at: now, actor: byAccount(accountId),
      verb: "result-published",
      subject: `consultation:${id}`,
      content: { consultation: code },
    });
    await touchPages(tx, ["district", `stairwell:${stairwellId}`]);
    return { consultation: code };
  });
}
