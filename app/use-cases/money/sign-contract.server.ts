import { whyContractIsRefused } from "#app/domain/agreement.ts";
import { firmStanding, type FirmKind } from "#app/domain/firm.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { insertEngagement } from "#db/queries/agreements.server.ts";
import { lockProjectOf } from "#db/queries/consultations.server.ts";
import { findFirm } from "#db/queries/firms.server.ts";
import { appendLog, touchPages } from "#db/queries/log.server.ts";
import { findConsent } from "#db/queries/plans.server.ts";
import { recordEvidence } from "../stage/record-evidence.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

/**
 * Records a contract with a firm of the register: from then on it works at the stairwell, where everybody sees it. The
 * contract with the agent is evidence for the next stage.
 *
 * Refusals: `stairwell_unknown`, those of `whyContractIsRefused`.
 */
export function signContract(
  deps: Deps,
  { stairwell, firmId, role, contractNo, signedOn, accountId, formKey }: {
    stairwell: string; firmId: number; role: FirmKind; contractNo: string; signedOn: string; accountId: number; formKey: string;
  },
): Promise<Outcome<object>> {
  return transact(deps, { key: formKey, action: `contract ${stairwell} ${firmId} ${role} ${contractNo} ${signedOn}` }, async (tx) => {
    const project = await lockProjectOf(tx, stairwell);
    if (!project) refuse({ code: "stairwell_unknown" });
    const { stairwellId, subdistrictId } = project;
    const firm = await findFirm(tx, subdistrictId, firmId);
    const standing = firm && { kind: firm.kind, standing: firmStanding(firm, signedOn) };
    const consent = await findConsent(tx, stairwellId);
    const problem = whyContractIsRefused({ role, firmId, signedOn, today: shanghaiDay(deps.now) }, standing, consent && consent.newest);
    if (problem) refuse(problem);
    if (role === "agent") await recordEvidence(tx, deps.now, { stairwellId, kind: "agent-contract", text: contractNo, day: signedOn, account: accountId });
    const contract = { firmId, role, name: firm?.name ?? "", contractNo, signedOn };
    const id = await insertEngagement(tx, { ...contract, subdistrictId, stairwellId, accountId, at: deps.now });
    await appendLog(tx, { stairwellId, subdistrictId, at: deps.now, actor: byAccount(accountId), verb: "contract-signed", subject: `engagement:${id}`, content: contract });
    await touchPages(tx, ["district", `stairwell:${stairwellId}`]);
    return {};
  });
}
