import { createHash } from "node:crypto";
import { formatArea } from "#app/domain/area.ts";
import type { Ballot } from "#app/domain/consultation-file.ts";
import type { RollRow } from "#app/domain/tally.ts";
import { canonical } from "./hash.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** SHA-256 over the canonical form of a roll as the consultation's file has it, so that the file can be checked against the log. */
export function rollDigest(roll: readonly RollRow[]): string {
  return sha256(canonical(roll.map(({ unit, voter, area }) => ({ unit, voter, area: formatArea(area) }))));
}

/** The canonical form of all ballots that were cast, by number, whatever became of them later. */
export function castText(ballots: readonly Ballot[]): string {
  const cast = ballots.map(({ unit, seq, choice, channel }) => ({ unit, seq, choice, channel }));
  return canonical(cast.sort((one, other) => one.seq - other.seq));
}

/** SHA-256 over it, for the log alone, which hides it behind a salt: unsalted it would be found by trying. */
export function castDigest(ballots: readonly Ballot[]): string {
  return sha256(castText(ballots));
}
