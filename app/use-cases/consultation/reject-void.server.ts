import { whyVoidRejectIsRefused } from "#app/domain/ballot-end.ts";
import { whyReasonIsRefused } from "#app/domain/consultation.ts";
import { lockBallot } from "#db/queries/ballots.server.ts";
import { listOwnerNames } from "#db/queries/consultations.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

export interface VoidRejection {
  consultation: string;
  seq: number;
  reason: string;
  accountId: number;
  formKey: string;
}

/**
 * Turns a request to void a ballot down, or takes it back: the ballot stands, and the result can be certified again.
 *
 * Refusals: `ballot_unknown`, `certified`, `already_void`, `not_requested`, `same_person` (who recorded it, where its owner objects), `reason_names_owner`.
 */
export function rejectVoid(deps: Deps, { consultation: code, seq, reason, accountId, formKey }: VoidRejection): Promise<Outcome<{ room: string }>> {
  return transact(deps, { key: formKey, action: `reject void ${code} ${seq}` }, async (tx) => {
    const ballot = await lockBallot(tx, code, seq);
    if (!ballot) refuse({ code: "ballot_unknown" });
    const problem = whyVoidRejectIsRefused(ballot, accountId);
    if (problem || !ballot.request) refuse(problem ?? { code: "not_requested" });
    const { stairwellId, subdistrictId, consultationId } = ballot;
    const named = whyReasonIsRefused(reason, await listOwnerNames(tx, consultationId));
    if (named) refuse(named);

    await tx.insertInto("ballotVoidRejection").values({ requestId: ballot.request.id, reason, accountId, at: deps.now }).execute();
    await appendLog(tx, {
      stairwellId, subdistrictId, at: deps.now, actor: byAccount(accountId),
      verb: "ballot-void-rejected",
      subject: `ballot:${ballot.id}`,
      content: { consultation: code, room: ballot.room, seq, reason },
    });
    return { room: ballot.room };
  });
}
