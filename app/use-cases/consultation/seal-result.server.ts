import { randomBytes } from "node:crypto";
import type { Ballot } from "#app/domain/consultation-file.ts";
import type { NamedRuleset } from "#app/domain/ruleset.ts";
import type { RollRow, TallyResult } from "#app/domain/tally.ts";
import { ballotLeaves, ballotRoot, castCommitment, rollLeaves, rollRoot, sealResult, type BallotLeaf, type RollLeaf } from "#app/record/seal.ts";
import type { Tx } from "#db/client.server.ts";
import { lockChain } from "#db/queries/log.server.ts";
import { insertSeal } from "#db/queries/record.server.ts";
import type { Deps } from "../transact.server.ts";

/** The leaves that a seal commits to, with their roots for the log. */
export interface Leaves {
  roll: RollLeaf[];
  ballots: BallotLeaf[];
  roots: { roll: string; ballots: string };
  cast: { salt: string; commitment: string };
}

const newSalt = () => randomBytes(32);

/** Salts the roll and the ballots that count. */
export function makeLeaves(rows: { roll: readonly RollRow[]; ballots: readonly (Ballot & { receipt: string | null })[] }): Leaves {
  const [roll, ballots] = [rollLeaves(rows.roll, newSalt), ballotLeaves(rows.ballots, newSalt)];
  const salt = newSalt().toString("hex");
  return { roll, ballots, roots: { roll: rollRoot(roll), ballots: ballotRoot(ballots) }, cast: { salt, commitment: castCommitment(rows.ballots, salt) } };
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
  const { roll, ballots, cast } = leaves;
  const log = await lockChain(tx, stairwellId);
  const document = sealResult({ consultation: code, stairwell, ruleset, openedAt, closesAt, closedAt, certifiedAt: now, result, roll, ballots, castCommitment: cast.commitment, log }, vault);
  await insertSeal(tx, { consultationId: id, subdistrictId, document, roll, ballots, castSalt: cast.salt, at: now });
}
