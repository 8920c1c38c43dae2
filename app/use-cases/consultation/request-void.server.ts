import { whyVoidIsRefused } from "#app/domain/ballot-end.ts";
import { whyReasonIsRefused } from "#app/domain/consultation.ts";
import { lockBallot } from "#db/queries/ballots.server.ts";
import { listOwnerNames } from "#db/queries/consultations.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

export interface VoidRequest {
  consultation: string;
  /** The ballot's number in its consultation. */
  seq: number;
  reason: string;
  accountId: number;
  formKey: string;
}

/**
 * Asks that a ballot count as never cast; it counts until a second person confirms that.
 *
 * Refusals: `ballot_unknown`, `certified`, `already_void`, `already_requested`, `reason_names_owner`.
 */
export function requestVoid(deps: Deps, { consultation: code, seq, reason, accountId, formKey }: VoidRequest): Promise<Outcome<{ room: string }>> {
  return transact(deps, { key: formKey, action: `request void ${code} ${seq}` }, async (tx) => {
    const ballot = await lockBallot(tx, code, seq);
    if (!ballot) refuse({ code: "ballot_unknown" });
    const problem = whyVoidIsRefused(ballot);
    if (problem) refuse(problem);
    const { stairwellId, subdistrictId, consultationId } = ballot;
    const named = whyReasonIsRefused(reason, await listOwnerNames(tx, consultationId));
    if (named) refuse(named);

    await tx.insertInto("ballotVoidRequest").values({ ballotId: ballot.id, reason, accountId, at: deps.now }).execute();
    await appendLog(tx, {
      stairwellId, subdistrictId, at: deps.now, actor: byAccount(accountId),
      verb: "ballot-void-requested",
      subject: `ballot:${ballot.id}`,
      content: { consultation: code, room: ballot.room, seq, reason },
    });
    return { room: ballot.room };
  });
}
