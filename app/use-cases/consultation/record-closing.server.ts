import type { Ballot } from "#app/domain/consultation-file.ts";
import type { TallyResult } from "#app/domain/tally.ts";
import { castDigest } from "#app/record/row-digests.ts";
import type { Tx } from "#db/client.server.ts";
import { appendLog, touchPages } from "#db/queries/log.server.ts";
import { byAccount } from "../transact.server.ts";

export interface ClosingRecord {
  code: string;
  consultation: { id: number; stairwellId: number; subdistrictId: number };
  at: Date;
  /** Null: the portal, at the deadline. */
  accountId: number | null;
  reason: string | null;
  /** All on record, by number. */
  ballots: readonly Ballot[];
  result: TallyResult;
}

/** Ends the taking of ballots and puts the count on record. The caller holds the consultation for update. */
export async function recordClosing(tx: Tx, { code, consultation, at, accountId, reason, ballots, result }: ClosingRecord): Promise<void> {
  const { id, stairwellId, subdistrictId } = consultation;
  await tx.updateTable("consultation").set({ closedAt: at, closedBy: accountId, closeReason: reason }).where("id", "=", id).execute();
  await appendLog(tx, {
    stairwellId, subdistrictId, at, actor: accountId === null ? "portal" : byAccount(accountId),
    verb: "consultation-closed",
    subject: `consultation:${id}`,
    content: { consultation: code, reason, ballots: ballots.length, result, castDigest: castDigest(ballots) },
  });
  await touchPages(tx, ["district", `stairwell:${stairwellId}`]);
}
