import { z } from "zod";
import { readCode } from "#app/domain/codes.ts";
import { parseConsultationFile } from "#app/domain/consultation-file.ts";
import { rulesetSchema } from "#app/domain/ruleset.ts";
import { choices, tally } from "#app/domain/tally.ts";
import { BEGINNING, canonical, commit, hashEntry } from "./hash.ts";
import { ballotRoot, castCommitment, isSignatureGood, LOG_FORMAT, printedHead, RECOUNT_FORMAT, RESULT_FORMAT, rollRoot } from "./seal.ts";

/** What can be wrong with a document that is checked; `app/i18n` has the sentences. */
export type CheckFault =
  | "format_unknown"
  | "malformed"
  | "signature_bad"
  | "other_key"
  | "roll_root_differs"
  | "ballot_root_differs"
  | "file_malformed"
  | "roll_differs"
  | "cast_differ"
  | "ballots_differ"
  | "result_differs"
  | "entry_missing"
  | "entry_not_following"
  | "entry_changed"
  | "content_changed"
  | "head_differs"
  | "head_not_found";

export type Check =
  | { ok: true; format: string; subject: string; head: string; entries?: number; opened?: number }
  | { ok: false; at: string; code: CheckFault };

/** What an auditor knows from elsewhere: the head printed on paper, the key printed there. */
export interface Known {
  head?: string | undefined;
  key?: string | undefined;
}

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const moment = z.iso.datetime();

const result = z.strictObject({
  format: z.literal(RESULT_FORMAT),
  consultation: z.string(),
  stairwell: z.string(),
  ruleset: z.strictObject({ id: z.string(), source: z.string(), ...rulesetSchema.shape }),
  openedAt: moment,
  closesAt: moment,
  closedAt: moment,
  certifiedAt: moment,
  passed: z.boolean(),
  heads: z.strictObject({ roll: z.int(), participated: z.int(), agree: z.int() }),
  tests: z.array(z.strictObject({ test: z.string(), need: z.string(), strict: z.boolean(), met: z.boolean() })),
  rollRoot: hash,
  ballotRoot: hash,
  castCommitment: hash,
  log: z.strictObject({ seq: z.int().positive(), head: hash }),
  key: hash,
  signature: z.string().regex(/^[0-9a-f]{128}$/),
});

const recount = z.strictObject({
  format: z.literal(RECOUNT_FORMAT),
  result,
  consultation: z.unknown(),
  castSalt: hash,
  roll: z.array(z.strictObject({ unit: z.string(), voter: z.string(), area: z.string(), salt: hash })),
  ballots: z.array(z.strictObject({ unit: z.string(), seq: z.int(), choice: z.enum(choices), receipt: z.string().nullable(), salt: hash })),
});

const log = z.strictObject({
  format: z.literal(LOG_FORMAT),
  stairwell: z.int(),
  code: z.string(),
  entries: z.array(
    z.strictObject({
      seq: z.int(), at: z.string(), actor: z.string(), verb: z.string(), subject: z.string(),
      commitment: hash, previous: hash, hash,
      salt: hash.optional(),
      content: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
  head: hash,
});

const schemas = { [RESULT_FORMAT]: result, [RECOUNT_FORMAT]: recount, [LOG_FORMAT]: log };

type Result = z.infer<typeof result>;
type Fault = { at: string; code: CheckFault };

/**
 * Checks a sealed result, a result with all that it commits to, or an exported log, from the document alone and from
 * what the auditor knows. A log whose tail was cut is found by a head that was printed: give it as `head`.
 */
export function checkDocument(document: unknown, known: Known = {}): Check {
  const format = (document as { format?: unknown } | null)?.format;
  if (format !== RESULT_FORMAT && format !== RECOUNT_FORMAT && format !== LOG_FORMAT) return { ok: false, at: "format", code: "format_unknown" };
  const parsed = schemas[format].safeParse(document);
  if (!parsed.success) return { ok: false, at: parsed.error.issues[0]?.path.join(".") ?? "", code: "malformed" };
  if (parsed.data.format === LOG_FORMAT) return checkLog(parsed.data, known);
  const sealed = parsed.data.format === RESULT_FORMAT ? parsed.data : parsed.data.result;
  const fault = checkResult(sealed, known) ?? (parsed.data.format === RECOUNT_FORMAT ? checkRecount(parsed.data) : null);
  return fault ? { ok: false, ...fault } : { ok: true, format, subject: sealed.consultation, head: printedHead(sealed.log.head) };
}

function checkResult(sealed: Result, known: Known): Fault | null {
  if (!isSignatureGood(sealed)) return { at: "signature", code: "signature_bad" };
  if (known.key !== undefined && known.key.toLowerCase() !== sealed.key) return { at: "key", code: "other_key" };
  if (known.head !== undefined && !isHead(sealed.log.head, known.head)) return { at: "log.head", code: "head_differs" };
  return null;
}

function isHead(head: string, printed: string): boolean {
  return readCode(printed, 16) === printedHead(head);
}

/** The rows are those that the seal commits to, and counted anew they give the result that it states. */
function checkRecount({ result: sealed, consultation, castSalt, roll, ballots }: z.infer<typeof recount>): Fault | null {
  if (rollRoot(roll) !== sealed.rollRoot) return { at: "roll", code: "roll_root_differs" };
  if (ballotRoot(ballots) !== sealed.ballotRoot) return { at: "ballots", code: "ballot_root_differs" };
  const file = parseConsultationFile(consultation);
  if (!file.ok) return { at: `consultation.${file.at}`, code: "file_malformed" };
  const { roll: rows, ballots: cast } = (consultation as { roll: unknown[]; ballots: { unit: string; seq: number; choice: string; void?: string }[] });
  if (!sameRows(rows, roll.map(({ unit, voter, area }) => ({ unit, voter, area })))) return { at: "consultation.roll", code: "roll_differs" };
  if (castCommitment(file.consultation.ballots, castSalt) !== sealed.castCommitment) return { at: "consultation.ballots", code: "cast_differ" };
  const counting = new Map<string, { unit: string; seq: number; choice: string }>();
  for (const { unit, seq, choice, void: reason } of cast) {
    if (reason === undefined && (counting.get(unit)?.seq ?? 0) < seq) counting.set(unit, { unit, seq, choice });
  }
  if (!sameRows([...counting.values()], ballots.map(({ unit, seq, choice }) => ({ unit, seq, choice })))) {
    return { at: "consultation.ballots", code: "ballots_differ" };
  }
  const { quorum, approval } = sealed.ruleset;
  const counted = tally({ ...file.consultation, ruleset: { quorum, approval } });
  const stated = {
    passed: counted.passed,
    heads: { roll: counted.roll.heads, participated: counted.participated.heads, agree: counted.agree.heads },
    tests: counted.tests.map(({ test, need, strict, met }) => ({ test, need, strict, met })),
  };
  const { passed, heads, tests } = sealed;
  return canonical(stated) === canonical({ passed, heads, tests }) ? null : { at: "result", code: "result_differs" };
}

/** The same rows in whatever order. */
function sameRows(one: readonly unknown[], other: readonly unknown[]): boolean {
  const lines = (rows: readonly unknown[]) => rows.map((row) => canonical(row)).sort().join("\n");
  return lines(one) === lines(other);
}

function checkLog({ stairwell, code, entries, head }: z.infer<typeof log>, known: Known): Check {
  let previous = BEGINNING;
  let opened = 0;
  for (const [index, { hash: stated, salt, content, ...entry }] of entries.entries()) {
    const at = `entries.${index}`;
    if (entry.seq !== index + 1) return { ok: false, at, code: "entry_missing" };
    if (entry.previous !== previous) return { ok: false, at, code: "entry_not_following" };
    if (hashEntry({ stairwell, ...entry }).toString("hex") !== stated) return { ok: false, at, code: "entry_changed" };
    if (salt !== undefined && content !== undefined) {
      if (commit(Buffer.from(salt, "hex"), content).toString("hex") !== entry.commitment) return { ok: false, at, code: "content_changed" };
      opened += 1;
    } else if (salt !== undefined || content !== undefined) {
      return { ok: false, at, code: "malformed" };
    }
    previous = stated;
  }
  if (head !== previous) return { ok: false, at: "head", code: "head_differs" };
  const { head: printed } = known;
  if (printed !== undefined && !entries.some((entry) => isHead(entry.hash, printed))) return { ok: false, at: "head", code: "head_not_found" };
  return { ok: true, format: LOG_FORMAT, subject: code, head: printedHead(head), entries: entries.length, opened };
}
