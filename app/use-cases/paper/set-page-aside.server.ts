import { whyAsideIsRefused, whyTakingBackIsRefused, type AsideReason } from "#app/domain/paper.ts";
import { lockConsultation } from "#db/queries/consultations.server.ts";
import { appendLog, lockChain } from "#db/queries/log.server.ts";
import { readPageState, updateAside } from "#db/queries/paper.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

export interface PageStep {
  consultation: string;
  page: number;
  accountId: number;
  formKey: string;
}

/**
 * Sets a page aside from which no ballot is to be typed, or, without a reason, takes it back from there.
 *
 * Refusals: `consultation_unknown`, `page_unknown`, `page_aside`, `page_taken`, `page_not_aside`.
 */
export function setPageAside(deps: Deps, { consultation: code, page, reason, accountId, formKey }: PageStep & { reason: AsideReason | null }): Promise<Outcome<object>> {
  return transact(deps, { key: formKey, action: `set aside ${code} ${page} ${reason}` }, async (tx) => {
    const consultation = await lockConsultation(tx, code, "share");
    if (!consultation) refuse({ code: "consultation_unknown" });
    const { id: consultationId, stairwellId, subdistrictId } = consultation;
    const chain = await lockChain(tx, stairwellId);
    const state = await readPageState(tx, { consultationId, pageId: page });
    const problem = reason === null ? whyTakingBackIsRefused(state) : whyAsideIsRefused(state);
    if (problem) refuse(problem);

    await updateAside(tx, page, reason === null ? null : { reason, accountId, at: deps.now });
    const entry = {
      stairwellId, subdistrictId, at: deps.now, actor: byAccount(accountId),
      verb: reason === null ? "page-taken-back" : "page-set-aside",
      subject: `page:${page}`,
      content: { consultation: code, page, reason },
    };
    await appendLog(tx, entry, chain);
    return {};
  });
}
