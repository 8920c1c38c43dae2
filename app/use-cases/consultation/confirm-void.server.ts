import { whyVoidConfirmIsRefused } from "#app/domain/ballot-end.ts";
import { lockBallot } from "#db/queries/ballots.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";
import { settledByDatabase } from "./settled-by-database.server.ts";

export interface VoidConfirmation {
  consultation: string;
  seq: number;
  accountId: number;
  formKey: string;
}

/**
 * A second person confirms that a ballot is void: it counts as never cast, and the flat's ballot before it stands again.
 *
 * Refusals: `ballot_unknown`, `certified`, `already_void`, `not_requested`, `same_person`.
 */
export function confirmVoid(deps: Deps, { consultation: code, seq, accountId, formKey }: VoidConfirmation): Promise<Outcome<{ room: string }>> {
  const confirmed = transact(deps, { key: formKey, action: `confirm void ${code} ${seq}` }, async (tx) => {
    const ballot = await lockBallot(tx, code, seq);
    if (!ballot) refuse({ code: "ballot_unknown" });
    const problem = whyVoidConfirmIsRefused(ballot, accountId);
    if (problem || !ballot.request) refuse(problem ?? { code: "not_requested" });

    const { stairwellId, subdistrictId, request: { reason, accountId: requestedBy } } = ballot;
    await tx
      .insertInto("ballotVoid")
      .values({ ballotId: ballot.id, reason, requestedBy, confirmedBy: accountId, at: deps.now })
      .execute();
    await appendLog(tx, {
      stairwellId, subdistrictId, at: deps.now, actor: byAccount(accountId),
      verb: "ballot-voided",
      subject: `ballot:${ballot.id}`,
      content: { consultation: code, room: ballot.room, seq, reason, requestedBy: requestedBy === null ? "resident" : byAccount(requestedBy) },
    });
    return { room: ballot.room };
  });
  return settledByDatabase(confirmed);
}
