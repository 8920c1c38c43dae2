import { whyUndoIsRefused } from "#app/domain/ballot-end.ts";
import { lockBallot } from "#db/queries/ballots.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";
import { settledByDatabase } from "./settled-by-database.server.ts";

export interface BallotUndo {
  consultation: string;
  /** The ballot's number in its consultation. */
  seq: number;
  accountId: number;
  formKey: string;
}

/**
 * Takes a ballot back within ten minutes, by whoever recorded it: it counts as never cast, and the flat's ballot before
 * it stands again. Both stay on record.
 *
 * Refusals: `ballot_unknown` and those of `whyUndoIsRefused`.
 */
export function undoBallot(deps: Deps, { consultation: code, seq, accountId, formKey }: BallotUndo): Promise<Outcome<{ room: string }>> {
  const { now } = deps;
  const undone = transact(deps, { key: formKey, action: `undo ${code} ${seq}` }, async (tx) => {
    const ballot = await lockBallot(tx, code, seq);
    if (!ballot) refuse({ code: "ballot_unknown" });
    const problem = whyUndoIsRefused(ballot, ballot, { accountId, now });
    if (problem) refuse(problem);

    const { id: ballotId, room, stairwellId, subdistrictId } = ballot;
    await tx.insertInto("ballotUndo").values({ ballotId, subdistrictId, accountId, at: now }).execute();
    await appendLog(tx, {
      stairwellId, subdistrictId, at: now, actor: byAccount(accountId),
      verb: "ballot-undone",
      subject: `ballot:${ballotId}`,
      content: { consultation: code, room, seq },
    });
    return { room };
  });
  return settledByDatabase(undone);
}
