import { missingItems, whyAgreementIsRefused, type AgreementItem } from "#app/domain/agreement.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { insertAgreement } from "#db/queries/agreements.server.ts";
import { lockProjectOf } from "#db/queries/consultations.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { recordEvidence } from "../stage/record-evidence.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

/**
 * Records what the agreement of the owners settles. One that settles all of the checklist is evidence for the next stage.
 *
 * Refusals: `stairwell_unknown`, those of `whyAgreementIsRefused`.
 */
export function recordAgreement(
  deps: Deps,
  { stairwell, signedOn, items, accountId, formKey }: { stairwell: string; signedOn: string; items: readonly AgreementItem[]; accountId: number; formKey: string },
): Promise<Outcome<{ complete: boolean }>> {
  return transact(deps, { key: formKey, action: `agreement ${stairwell} ${signedOn} ${items.join()}` }, async (tx) => {
    const project = await lockProjectOf(tx, stairwell);
    if (!project) refuse({ code: "stairwell_unknown" });
    const { stairwellId, subdistrictId } = project;
    const problem = whyAgreementIsRefused(signedOn, shanghaiDay(deps.now));
    if (problem) refuse(problem);
    const agreement = { signedOn, items: [...new Set(items)].sort(), complete: missingItems(items).length === 0 };
    if (agreement.complete) await recordEvidence(tx, deps.now, { stairwellId, kind: "agreement", day: signedOn, account: accountId });
    const id = await insertAgreement(tx, { ...agreement, subdistrictId, stairwellId, accountId, at: deps.now });
    await appendLog(tx, { stairwellId, subdistrictId, at: deps.now, actor: byAccount(accountId), verb: "agreement-recorded", subject: `agreement:${id}`, content: agreement });
    return { complete: agreement.complete };
  });
}
