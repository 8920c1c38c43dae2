import { formatArea, parseArea } from "./area.ts";
import { isRulesetId, rulesetSchema, type Ruleset, type RulesetId } from "./ruleset.ts";
import { choices, type BallotRow, type Choice, type RollRow } from "./tally.ts";

export const consultationFileFormat = "jiati-consultation/1";

export const channels = ["online", "paper", "assisted", "proxy"] as const;
export type Channel = (typeof channels)[number];

export interface Ballot extends BallotRow {
  channel: Channel;
}

/** All that a recount needs; areas in hundredths of a square metre. */
export interface Consultation {
  ruleset: RulesetId | Ruleset;
  roll: RollRow[];
  ballots: Ballot[];
}

/** The same as a `jiati-consultation/1` document; areas as text in square metres. */
export interface ConsultationFile {
  format: typeof consultationFileFormat;
  ruleset: RulesetId | Ruleset;
  roll: { unit: string; voter: string; area: string }[];
  ballots: { unit: string; seq: number; choice: Choice; channel: Channel; void?: string }[];
}

/** What can be wrong with a document; `app/i18n` has the sentences. */
export type ConsultationFileFault =
  | "not_an_object"
  | "not_a_list"
  | "not_text"
  | "member_missing"
  | "member_unknown"
  | "format_unknown"
  | "ruleset_unknown"
  | "ruleset_malformed"
  | "fraction_malformed"
  | "base_unknown"
  | "strict_malformed"
  | "roll_empty"
  | "name_unclean"
  | "unit_twice"
  | "area_malformed"
  | "area_zero"
  | "area_sum_too_large"
  | "unit_not_on_roll"
  | "seq_not_whole"
  | "seq_twice"
  | "choice_unknown"
  | "channel_unknown"
  | "void_without_reason";

export type ParsedConsultationFile =
  | { ok: true; consultation: Consultation }
  | { ok: false; at: string; code: ConsultationFileFault };

/**
 * Reads a `jiati-consultation/1` document as JSON.parse gives it. Refuses it with the place of its
 * first fault in the order format, ruleset, roll, ballots: "roll[1].unit", "" for the whole.
 * Further members beside these four are passed over; inside them an unknown member is a fault,
 * since a misspelt `void` would let a ballot count.
 */
export function parseConsultationFile(value: unknown): ParsedConsultationFile {
  try {
    const file = objectAt(value, "");
    if (memberOf(file, "format", "format") !== consultationFileFormat) throw new Refusal("format", "format_unknown");
    const ruleset = readRuleset(memberOf(file, "ruleset", "ruleset"));
    const roll = readRoll(memberOf(file, "roll", "roll"));
    const ballots = readBallots(memberOf(file, "ballots", "ballots"), new Set(roll.map(({ unit }) => unit)));
    return { ok: true, consultation: { ruleset, roll, ballots } };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, at: error.at, code: error.code };
    throw error;
  }
}

/** Writes a consultation as a document, members always in the same order; the inverse of reading it. */
export function writeConsultationFile({ ruleset, roll, ballots }: Consultation): ConsultationFile {
  return {
    format: consultationFileFormat,
    ruleset: typeof ruleset === "string" ? ruleset : writeRuleset(ruleset),
    roll: roll.map(({ unit, voter, area }) => ({ unit, voter, area: formatArea(area) })),
    ballots: ballots.map(({ unit, seq, choice, channel, void: reason }) =>
      typeof reason === "string"
        ? { unit, seq, choice, channel, void: reason }
        : { unit, seq, choice, channel },
    ),
  };
}

function writeRuleset({ quorum, approval }: Ruleset): Ruleset {
  return {
    quorum: quorum === null ? null : { heads: quorum.heads, area: quorum.area },
    approval: { of: approval.of, heads: approval.heads, area: approval.area, strict: approval.strict },
  };
}

/** Leaves the readers at the first fault; never leaves this file. */
class Refusal extends Error {
  constructor(
    readonly at: string,
    readonly code: ConsultationFileFault,
  ) {
    super(code);
  }
}

type Members = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function objectAt(value: unknown, at: string): Members {
  if (!isObject(value)) throw new Refusal(at, "not_an_object");
  return value;
}

function listAt(value: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Refusal(at, "not_a_list");
  return value;
}

/** An own member only: `constructor` and its like are not in the file. */
function memberOf(object: Members, name: string, at: string): unknown {
  if (!Object.hasOwn(object, name)) throw new Refusal(at, "member_missing");
  return object[name];
}

function refuseUnknownMembers(object: Members, known: readonly string[], at: string): void {
  const unknown = Object.keys(object).find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Refusal(`${at}.${unknown}`, "member_unknown");
}

function readRuleset(value: unknown): RulesetId | Ruleset {
  if (isRulesetId(value)) return value;
  if (!isObject(value)) throw new Refusal("ruleset", "ruleset_unknown");
  const parsed = rulesetSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  // Issues stand in the order of the schema, unknown members of an object after its known ones.
  const first = parsed.error.issues.slice(0, 1);
  const path = first.flatMap((issue) =>
    issue.code === "unrecognized_keys" ? [...issue.path, ...issue.keys.slice(0, 1)] : issue.path,
  );
  const at = ["ruleset", ...path].join(".");
  throw new Refusal(at, rulesetFaults.get(at) ?? "member_unknown");
}

const rulesetFaults: ReadonlyMap<string, ConsultationFileFault> = new Map([
  ["ruleset.quorum", "ruleset_malformed"],
  ["ruleset.approval", "ruleset_malformed"],
  ["ruleset.quorum.heads", "fraction_malformed"],
  ["ruleset.quorum.area", "fraction_malformed"],
  ["ruleset.approval.of", "base_unknown"],
  ["ruleset.approval.heads", "fraction_malformed"],
  ["ruleset.approval.area", "fraction_malformed"],
  ["ruleset.approval.strict", "strict_malformed"],
]);

function readRoll(value: unknown): RollRow[] {
  const entries = listAt(value, "roll");
  if (entries.length === 0) throw new Refusal("roll", "roll_empty");
  const units = new Set<string>();
  let sum = 0;
  return entries.map((entry, index) => {
    const at = `roll[${index}]`;
    const members = objectAt(entry, at);
    const unit = readName(members, "unit", at);
    if (units.has(unit)) throw new Refusal(`${at}.unit`, "unit_twice");
    units.add(unit);
    const voter = readName(members, "voter", at);
    const area = readArea(members, at);
    // All sums of a tally are parts of this one, so that they stay exact.
    sum += area;
    if (!Number.isSafeInteger(sum)) throw new Refusal(`${at}.area`, "area_sum_too_large");
    refuseUnknownMembers(members, ["unit", "voter", "area"], at);
    return { unit, voter, area };
  });
}

function readBallots(value: unknown, units: ReadonlySet<string>): Ballot[] {
  const seqs = new Set<number>();
  return listAt(value, "ballots").map((entry, index) => {
    const at = `ballots[${index}]`;
    const members = objectAt(entry, at);
    const unit = readName(members, "unit", at);
    if (!units.has(unit)) throw new Refusal(`${at}.unit`, "unit_not_on_roll");
    const seq = readSeq(members, at);
    if (seqs.has(seq)) throw new Refusal(`${at}.seq`, "seq_twice");
    seqs.add(seq);
    const choice = readOneOf(choices, members, "choice", at, "choice_unknown");
    const channel = readOneOf(channels, members, "channel", at, "channel_unknown");
    const reason = readVoid(members, at);
    refuseUnknownMembers(members, ["unit", "seq", "choice", "channel", "void"], at);
    return reason === undefined ? { unit, seq, choice, channel } : { unit, seq, choice, channel, void: reason };
  });
}

/** Controls, invisible and direction-changing characters, halves of a surrogate pair, line separators. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/**
 * A unit or voter. Names are compared as they stand, so two that look the same must be the same:
 * no space at either end and nothing that cannot be seen.
 */
function readName(members: Members, name: "unit" | "voter", at: string): string {
  const place = `${at}.${name}`;
  const value = memberOf(members, name, place);
  if (typeof value !== "string") throw new Refusal(place, "not_text");
  if (value === "" || value !== value.trim() || UNSEEN.test(value)) throw new Refusal(place, "name_unclean");
  return value;
}

function readArea(members: Members, at: string): number {
  const place = `${at}.area`;
  const value = memberOf(members, "area", place);
  const area = typeof value === "string" ? parseArea(value) : null;
  if (area === null) throw new Refusal(place, "area_malformed");
  if (area === 0) throw new Refusal(place, "area_zero");
  return area;
}

function readSeq(members: Members, at: string): number {
  const place = `${at}.seq`;
  const value = memberOf(members, "seq", place);
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 1) throw new Refusal(place, "seq_not_whole");
  return value;
}

function readOneOf<T extends string>(
  known: readonly T[],
  members: Members,
  name: string,
  at: string,
  code: ConsultationFileFault,
): T {
  const place = `${at}.${name}`;
  const value = memberOf(members, name, place);
  const found = known.find((one) => one === value);
  if (found === undefined) throw new Refusal(place, code);
  return found;
}

/** Why a ballot is void, or undefined where it is not; a reason is asked for, so `true` or "" will not do. */
function readVoid(members: Members, at: string): string | undefined {
  if (!Object.hasOwn(members, "void")) return undefined;
  const reason = members["void"];
  if (typeof reason !== "string" || reason.trim() === "") throw new Refusal(`${at}.void`, "void_without_reason");
  return reason;
}
