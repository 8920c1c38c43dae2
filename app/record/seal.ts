import { createPublicKey, verify } from "node:crypto";
import { formatArea } from "#app/domain/area.ts";
import { writeCode } from "#app/domain/codes.ts";
import type { Ballot } from "#app/domain/consultation-file.ts";
import type { NamedRuleset, Ruleset } from "#app/domain/ruleset.ts";
import type { BallotRow, Choice, RollRow, TallyResult } from "#app/domain/tally.ts";
import { canonical, digest } from "./hash.ts";
import { merkleRoot } from "./merkle.ts";
import { castText } from "./row-digests.ts";

/**
 * The seal of a result: what is public of it, with commitments to the roll, to the ballots that count and to the log,
 * signed with Ed25519. The leaves are salted, so that nobody finds a choice by trying all three, and stand in the order
 * of their hashes, so that no place tells a flat.
 */

export const RESULT_FORMAT = "jiati-result/1";
export const RECOUNT_FORMAT = "jiati-recount/1";
export const LOG_FORMAT = "jiati-log/1";

/** Letters of a chain's head as it is printed on paper: 80 bits. */
const PRINTED_HEAD_LENGTH = 16;

/** One flat of the frozen roll, opened by its salt. */
export interface RollLeaf {
  unit: string;
  voter: string;
  /** Square metres as text. */
  area: string;
  /** 32 bytes as hex. */
  salt: string;
}

/** One ballot that counts, opened by its salt. */
export interface BallotLeaf {
  unit: string;
  seq: number;
  choice: Choice;
  receipt: string | null;
  salt: string;
}

export interface SealedResult {
  format: typeof RESULT_FORMAT;
  consultation: string;
  /** The public code of the stairwell. */
  stairwell: string;
  ruleset: Ruleset & { id: string; source: string };
  openedAt: string;
  closesAt: string;
  closedAt: string;
  certifiedAt: string;
  passed: boolean;
  heads: { roll: number; participated: number; agree: number };
  tests: { test: string; need: string; strict: boolean; met: boolean }[];
  rollRoot: string;
  ballotRoot: string;
  /** Over all ballots that were cast, those included that do not count; salted, or it could be found by trying. */
  castCommitment: string;
  /** The chain of the stairwell with the entry that certifies this result as its last. */
  log: { seq: number; head: string };
  /** The public key as 32 bytes in hex. */
  key: string;
}

export interface SignedResult extends SealedResult {
  /** Ed25519 over the canonical form of all other members, as hex. */
  signature: string;
}

const fromHex = (text: string) => Buffer.from(text, "hex");

export function rollLeaf({ salt, unit, voter, area }: RollLeaf): Buffer {
  return digest("jiati-roll-leaf/1", fromHex(salt), canonical({ unit, voter, area }));
}

export function ballotLeaf({ salt, unit, seq, choice, receipt }: BallotLeaf): Buffer {
  return digest("jiati-ballot-leaf/1", fromHex(salt), canonical({ unit, seq, choice, receipt }));
}

/** Binds a result to all ballots that were cast, by number, whatever became of them later; the salt is 32 bytes as hex. */
export function castCommitment(ballots: readonly Ballot[], salt: string): string {
  return digest("jiati-cast/1", fromHex(salt), castText(ballots)).toString("hex");
}

/** Leaves in the order of their hashes. */
export function shuffled(leaves: readonly Buffer[]): Buffer[] {
  return [...leaves].sort(Buffer.compare);
}

export const rollRoot = (roll: readonly RollLeaf[]): string => merkleRoot(shuffled(roll.map(rollLeaf))).toString("hex");
export const ballotRoot = (ballots: readonly BallotLeaf[]): string => merkleRoot(shuffled(ballots.map(ballotLeaf))).toString("hex");

/** The leaves of a roll, each with a new salt. */
export function rollLeaves(roll: readonly RollRow[], newSalt: () => Buffer): RollLeaf[] {
  return roll.map(({ unit, voter, area }) => ({ unit, voter, area: formatArea(area), salt: newSalt().toString("hex") }));
}

/** The leaves of the ballots that count: of each flat the newest without an end; each with a new salt. */
export function ballotLeaves(ballots: readonly (BallotRow & { receipt: string | null })[], newSalt: () => Buffer): BallotLeaf[] {
  const newest = new Map<string, (typeof ballots)[number]>();
  for (const ballot of ballots) {
    const held = newest.get(ballot.unit);
    if (typeof ballot.void !== "string" && (held === undefined || held.seq < ballot.seq)) newest.set(ballot.unit, ballot);
  }
  return [...newest.values()].map(({ unit, seq, choice, receipt }) => ({ unit, seq, choice, receipt, salt: newSalt().toString("hex") }));
}

export interface Sealing {
  consultation: string;
  stairwell: string;
  ruleset: NamedRuleset;
  openedAt: Date;
  closesAt: Date;
  closedAt: Date;
  certifiedAt: Date;
  result: TallyResult;
  roll: readonly RollLeaf[];
  ballots: readonly BallotLeaf[];
  castCommitment: string;
  log: { seq: number; head: Buffer };
}

/** What signs: the private key never leaves it. */
export interface Signer {
  publicKey: Buffer;
  sign(bytes: Uint8Array): Buffer;
}

/** Writes and signs what is public of a result. */
export function sealResult(sealing: Sealing, signer: Signer): SignedResult {
  const { consultation, stairwell, ruleset, result, roll, ballots, log } = sealing;
  const { id, source, quorum, approval } = ruleset;
  const sealed: SealedResult = {
    format: RESULT_FORMAT,
    consultation,
    stairwell,
    ruleset: { id, source, quorum, approval },
    openedAt: sealing.openedAt.toISOString(),
    closesAt: sealing.closesAt.toISOString(),
    closedAt: sealing.closedAt.toISOString(),
    certifiedAt: sealing.certifiedAt.toISOString(),
    passed: result.passed,
    heads: { roll: result.roll.heads, participated: result.participated.heads, agree: result.agree.heads },
    tests: result.tests.map(({ test, need, strict, met }) => ({ test, need, strict, met })),
    rollRoot: rollRoot(roll),
    ballotRoot: ballotRoot(ballots),
    castCommitment: sealing.castCommitment,
    log: { seq: log.seq, head: log.head.toString("hex") },
    key: signer.publicKey.toString("hex"),
  };
  return { ...sealed, signature: signer.sign(Buffer.from(canonical(sealed))).toString("hex") };
}

/** A public key of 32 bytes as node wants it: DER with the fixed head of Ed25519 (RFC 8410). */
const ED25519_HEAD = Buffer.from("302a300506032b6570032100", "hex");

/** Whether the signature of a result is that of the key that it names. */
export function isSignatureGood({ signature, ...sealed }: SignedResult): boolean {
  const key = createPublicKey({ key: Buffer.concat([ED25519_HEAD, fromHex(sealed.key)]), format: "der", type: "spki" });
  return verify(null, Buffer.from(canonical(sealed)), key, fromHex(signature));
}

/** The head of a chain as it is printed: its first 80 bits, in groups of four letters. */
export function printedHead(head: string): string {
  return writeCode(fromHex(head), PRINTED_HEAD_LENGTH);
}
