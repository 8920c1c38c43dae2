import { randomBytes } from "node:crypto";
import { writeConsultationFile, type Consultation } from "#app/domain/consultation-file.ts";
import { getRuleset } from "#app/domain/ruleset.ts";
import { tally } from "#app/domain/tally.ts";
import { BEGINNING, commit, hashEntry } from "#app/record/hash.ts";
import { ballotLeaves, castCommitment, LOG_FORMAT, RECOUNT_FORMAT, rollLeaves, sealResult } from "#app/record/seal.ts";
import { testVault } from "./factories.ts";

const newSalt = () => randomBytes(32);

/** A consultation sealed as the portal does it, with all that opens the seal: a `jiati-recount/1` document. */
export function sealedDocument(consultation: Consultation) {
  const rules = typeof consultation.ruleset === "string" ? consultation.ruleset : { ...getRuleset("cn-civil-278-major"), ...consultation.ruleset };
  const ruleset = typeof rules === "string" ? getRuleset(rules) : rules;
  const day = (n: number) => new Date(Date.UTC(2026, 10, n));
  const roll = rollLeaves(consultation.roll, newSalt);
  const ballots = ballotLeaves(consultation.ballots.map((ballot) => ({ ...ballot, receipt: `R${ballot.seq}` })), newSalt);
  const castSalt = newSalt().toString("hex");
  const result = sealResult(
    {
      consultation: "Q2026-T001-001", stairwell: "T001-001", ruleset, result: tally(consultation), roll, ballots, castCommitment: castCommitment(consultation.ballots, castSalt),
      openedAt: day(1), closesAt: day(8), closedAt: day(9), certifiedAt: day(10), log: { seq: 9, head: randomBytes(32) },
    },
    testVault,
  );
  return { format: RECOUNT_FORMAT, result, consultation: writeConsultationFile(consultation), castSalt, roll, ballots };
}

/** An exported log of so many entries, each opened: a `jiati-log/1` document. */
export function logDocument(length: number) {
  let head = BEGINNING;
  const entries = Array.from({ length }, (_, index) => {
    const content = { room: `${index}01`, choice: "agree", seq: index };
    const salt = newSalt();
    const entry = {
      seq: index + 1, at: new Date(Date.UTC(2026, 10, 1, index)).toISOString(), actor: "account:1", verb: "ballot-cast", subject: `ballot:${index}`,
      commitment: commit(salt, content).toString("hex"), previous: head,
    };
    head = hashEntry({ stairwell: 7, ...entry }).toString("hex");
    return { ...entry, hash: head, salt: salt.toString("hex"), content };
  });
  return { format: LOG_FORMAT, stairwell: 7, code: "T001-001", entries, head };
}
