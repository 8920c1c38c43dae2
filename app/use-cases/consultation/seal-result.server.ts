import { randomBytes } from "node:crypto";
import type { Ballot } from "#app/domain/consultation-file.ts";
import type { NamedRuleset } from "#app/domain/ruleset.ts";
import type { RollRow, TallyResult } from "#app/domain/tally.ts";
import { castDigest } from "#app/record/row-digests.ts";
import { ballotLeaves, ballotRoot, rollLeaves, rollRoot, sealResult, type BallotLeaf, type RollLeaf } from "#app/record/seal.ts";
import type { Tx } from "#db/client.server.ts";
import { lockChain } from "#db/queries/log.server.ts";
import { insertSeal } from "#db/queries/record.server.ts";
import type { Deps } from "../transact.server.ts";

/** The leaves that a seal commits to, with their roots for the log. */
export interface Leaves {
  roll: RollLeaf[];
  ballots: BallotLeaf[];
  roots: { roll: string; ballots: string };
  castDigest: string;
}

const newSalt = () => randomBytes(32);

/** Salts the roll and the ballots that count. */
export function makeLeaves(rows: { roll: readonly RollRow[]; ballots: readonly (Ballot & { receipt: string | null })[] }): Leaves {
  const [roll, ballots] = [rollLeaves(rows.roll, newSalt), ballotLeaves(rows.ballots, newSalt)];
  return { roll, ballots, roots: { roll: rollRoot(roll), ballots: ballotRoot(ballots) }, castDigest: castDigest(rows.ballots) };
}

/** Seals a result in the transaction that certifies it: its document ends with the chain as it stands after that entry. */
export async function storeSeal(
  tx: Tx,
  { vault, now }: Deps,
  { consultation, result, leaves }: {
    consultation: { id: number; code: string; stairwellId: number; subdistrictId: number; stairwell: string; ruleset: NamedRuleset; openedAt: Date; closesAt: Date; closedAt: Date };
    result: TallyResult;
    leaves: Leaves;
  },
): Promise<void> {
  const { id, code, stairwell, stairwellId, subdistrictId, ruleset, openedAt, closesAt, closedAt } = consultation;
  const { roll, ballots, castDigest: cast } = leaves;
  const log = await lockChain(tx, stairwellId);
  const document = sealResult({ consultation: code, stairwell, ruleset, openedAt, closesAt, closedAt, certifiedAt: now, result, roll, ballots, castDigest: cast, log }, vault);
  await insertSeal(tx, { consultationId: id, subdistrictId, document, roll, ballots, at: now });
}
