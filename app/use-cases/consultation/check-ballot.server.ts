import { whyCheckIsRefused } from "#app/domain/ballot-end.ts";
import { whyReasonIsRefused } from "#app/domain/consultation.ts";
import { missingImage } from "#app/domain/paper.ts";
import { lockBallot } from "#db/queries/ballots.server.ts";
import { listOwnerNames } from "#db/queries/consultations.server.ts";
import { appendLog } from "#db/queries/log.server.ts";
import { byAccount, refuse, transact, type Deps, type Outcome } from "../transact.server.ts";
import { settledByDatabase } from "./settled-by-database.server.ts";

/** What the second person finds: the entry is what the paper says, or what is wrong with it. */
export type CheckVerdict = { verdict: "confirmed" } | { verdict: "disagreed"; note: string };

export type BallotCheck = CheckVerdict & {
  consultation: string;
  /** The ballot's number in its consultation. */
  seq: number;
  accountId: number;
  formKey: string;
};

/**
 * A second person compares a ballot from paper with its entry, by its image: confirmed it counts, disagreed with it
 * counts as never cast and goes back to whoever recorded it, with the note.
 *
 * Refusals: `ballot_unknown`, those of `whyCheckIsRefused`, `image_missing`, `reason_names_owner`.
 */
export function checkBallot(deps: Deps, check: BallotCheck): Promise<Outcome<{ room: string }>> {
  const { consultation: code, seq, verdict, accountId, formKey } = check;
  const note = check.verdict === "disagreed" ? check.note : null;
  const checked = transact(deps, { key: formKey, action: `check ${code} ${seq} ${verdict}` }, async (tx) => {
    const ballot = await lockBallot(tx, code, seq);
    if (!ballot) refuse({ code: "ballot_unknown" });
    const { id: ballotId, room, stairwellId, subdistrictId, consultationId } = ballot;
    const problem =
      whyCheckIsRefused(ballot, accountId) ??
      (note === null ? null : whyReasonIsRefused(note, await listOwnerNames(tx, consultationId), "note"));
    if (problem) refuse(problem);
    if (verdict === "confirmed" && missingImage(ballot) !== null) refuse({ code: "image_missing" });

    await tx.insertInto("ballotCheck").values({ ballotId, subdistrictId, verdict, note, accountId, at: deps.now }).execute();
    await appendLog(tx, {
      stairwellId, subdistrictId, at: deps.now, actor: byAccount(accountId),
      verb: "ballot-checked",
      subject: `ballot:${ballotId}`,
      content: { consultation: code, room, seq, verdict, note },
    });
    return { room };
  });
  return settledByDatabase(checked);
}
