import { createHash } from "node:crypto";

/** The Merkle tree of RFC 9162: leaves and nodes are hashed apart, the left half is the largest power of two below the size. */

const hashLeaf = (leaf: Uint8Array) => createHash("sha256").update(Buffer.of(0)).update(leaf).digest();
const hashNode = (left: Uint8Array, right: Uint8Array) => createHash("sha256").update(Buffer.of(1)).update(left).update(right).digest();

function leftHalf(size: number): number {
  let half = 1;
  while (half * 2 < size) half *= 2;
  return half;
}

/** The root over leaves in their order (RFC 9162, 2.1.1); without leaves the hash of nothing. */
export function merkleRoot(leaves: readonly Uint8Array[]): Buffer {
  const [only] = leaves;
  if (only === undefined) return createHash("sha256").digest();
  if (leaves.length === 1) return hashLeaf(only);
  const half = leftHalf(leaves.length);
  return hashNode(merkleRoot(leaves.slice(0, half)), merkleRoot(leaves.slice(half)));
}

/** The hashes that lead from a leaf to the root, from the bottom up (RFC 9162, 2.1.3.1). */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Buffer[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) throw new RangeError(`no such leaf: ${index}`);
  if (leaves.length === 1) return [];
  const half = leftHalf(leaves.length);
  return index < half
    ? [...inclusionProof(leaves.slice(0, half), index), merkleRoot(leaves.slice(half))]
    : [...inclusionProof(leaves.slice(half), index - half), merkleRoot(leaves.slice(0, half))];
}
