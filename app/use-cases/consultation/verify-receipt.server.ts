import { OPENING_LENGTH } from "#app/domain/receipt.ts";
import { writeCode } from "#app/domain/codes.ts";
import type { Choice } from "#app/domain/tally.ts";
import { inclusionProof } from "#app/record/merkle.ts";
import { ballotLeaf, shuffled, type BallotLeaf } from "#app/record/seal.ts";
import type { Vault } from "#db/personal-data.server.ts";
import { findIntentReceipt, findReceipt, readSeal } from "#db/queries/record.server.ts";
import type { Deps } from "../transact.server.ts";

/** The code that opens a ballot to whoever cast it; made from the data key, so that it stands nowhere. */
export function openingCode(vault: Vault, receipt: string): string {
  return writeCode(vault.hash("ballot-opening", receipt), OPENING_LENGTH);
}

interface Place {
  stairwell: string;
  entrance: string;
  community: string;
  phone: string;
}

/** Where the leaf of a ballot stands in the sealed list, and the hashes that lead from it to the root. */
export interface Sealed {
  leaf: string;
  index: number;
  size: number;
  proof: string[];
  root: string;
}

export type Verified =
  | { kind: "intent"; place: Place; at: Date }
  | {
      kind: "ballot";
      place: Place;
      consultation: string;
      /** `kept`: on record, the result is not out yet; `sealed`: in the list of the result; `not-counted`: on record, another one counts or it is void. */
      state: "kept" | "sealed" | "not-counted";
      sealed: Sealed | null;
      /** Only with the opening code. */
      opened: { unit: string; choice: Choice; at: Date; leaf: BallotLeaf | null } | null;
    };

/**
 * What a receipt stands for. Without the ballot's opening code it never says what was chosen, nor for which flat; a
 * wrong opening code is told as such.
 */
export async function verifyReceipt(
  { db, vault }: Deps,
  { receipt, opening }: { receipt: string; opening?: string | undefined },
): Promise<{ ok: true; verified: Verified } | { ok: false; problem: { code: "receipt_unknown" | "opening_wrong"; at: string } }> {
  const ballot = await findReceipt(db, receipt);
  if (!ballot) {
    const intent = await findIntentReceipt(db, receipt);
    if (!intent) return { ok: false, problem: { code: "receipt_unknown", at: "receipt" } };
    const { filedAt, ...place } = intent;
    return { ok: true, verified: { kind: "intent", place, at: filedAt } };
  }
  if (opening !== undefined && opening !== openingCode(vault, receipt)) return { ok: false, problem: { code: "opening_wrong", at: "opening" } };
  const { code, stairwell, entrance, community, phone, publishedAt, unit, seq, choice, castAt } = ballot;
  const seal = publishedAt ? await readSeal(db, code) : undefined;
  const own = seal?.ballots.find((leaf) => leaf.receipt === receipt && leaf.seq === seq);
  return {
    ok: true,
    verified: {
      kind: "ballot",
      place: { stairwell, entrance, community, phone },
      consultation: code,
      state: !seal ? "kept" : own ? "sealed" : "not-counted",
      sealed: seal && own ? whereIn(seal.ballots, own, seal.document.ballotRoot) : null,
      opened: opening === undefined ? null : { unit, choice, at: castAt, leaf: own ?? null },
    },
  };
}

function whereIn(ballots: readonly BallotLeaf[], own: BallotLeaf, root: string): Sealed {
  const leaves = shuffled(ballots.map(ballotLeaf));
  const leaf = ballotLeaf(own);
  const index = leaves.findIndex((other) => other.equals(leaf));
  const proof = inclusionProof(leaves, index).map((step) => step.toString("hex"));
  return { leaf: leaf.toString("hex"), index, size: leaves.length, proof, root };
}
