import { whyMediationStepIsRefused, type MediationOutcome, type MediationStep, type OfferParty } from "#app/domain/mediation.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { appendLog, lockChain } from "#db/queries/log.server.ts";
import { findOpinion, insertMediationStep, listMediation } from "#db/queries/opinions.server.ts";
import { digestOf } from "../digest.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

export interface MediationEntryToAdd {
  stairwell: string;
  opinion: number;
  step: MediationStep;
  heldOn?: string | undefined;
  party?: OfferParty | undefined;
  outcome?: MediationOutcome | undefined;
  text: string;
  accountId: number;
  formKey: string;
}

/**
 * Adds a session, an offer, the outcome or the agreement to the mediation of an objection. What belongs to another step
 * is left out.
 *
 * Refusals: `opinion_unknown` (also for one of another stairwell), those of `whyMediationStepIsRefused`.
 */
export function addMediationStep(deps: Deps, { stairwell, opinion: id, step, text, accountId, formKey, ...given }: MediationEntryToAdd): Promise<Outcome<{ step: number }>> {
  const { vault, now } = deps;
  return transact(deps, { key: formKey, action: `mediation ${id} ${step} ${text}` }, async (tx) => {
    const place = await findOpinion(tx, id);
    if (place?.stairwell !== stairwell) refuse({ code: "opinion_unknown" });
    const { stairwellId, subdistrictId, kind } = place;
    const chain = await lockChain(tx, stairwellId);
    const entries = (await listMediation(tx, id)).map((one) => ({ step: one.kind, outcome: one.outcome }));
    const heldOn = step === "session" ? given.heldOn : undefined;
    const problem = whyMediationStepIsRefused({ kind, entries }, { step, heldOn }, shanghaiDay(now));
    if (problem) refuse(problem);
    const textCipher = vault.seal(text);
    const party = step === "offer" ? (given.party ?? null) : null;
    const outcome = step === "outcome" ? (given.outcome ?? null) : null;
    const added = await insertMediationStep(tx, { opinionId: id, subdistrictId, kind: step, party, outcome, heldOn: heldOn ?? null, textCipher, accountId, at: now });
    await appendLog(tx, {
      stairwellId, subdistrictId, at: now, actor: byAccount(accountId),
      verb: "mediation-step",
      subject: `mediation:${added}`,
      content: { opinion: id, step, party, outcome, heldOn: heldOn ?? null, text: digestOf(textCipher) },
    }, chain);
    return { step: added };
  });
}
