import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { formatArea } from "#app/domain/area.ts";
import { summarisePlan, type RollSummary } from "#app/domain/roll-plan.ts";
import { hideNumbers, MOST_REMARKS } from "#app/domain/roll-remarks.ts";
import { ROLL_LIMITS, type RollReading, type RollRemark } from "#app/domain/roll.ts";
import { problemText } from "#app/i18n/zh-CN/problems.ts";
import { rollDesk, rollImport as text } from "#app/i18n/zh-CN/roll-desk.ts";
import { roll as words } from "#app/i18n/zh-CN/roll.ts";
import { readConfig } from "#app/config.server.ts";
import { readRollPlan } from "#app/use-cases/roll/read-roll-plan.server.ts";
import { storeRoll } from "#app/use-cases/roll/store-roll.server.ts";
import type { Deps, Outcome } from "#app/use-cases/transact.server.ts";
import { connect, type Db } from "#db/client.server.ts";
import { readRoll } from "#db/import/roll/read-roll.server.ts";
import { openDatabase } from "#db/open.server.ts";
import { createVault, type Vault } from "#db/personal-data.server.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { findSealed } from "#db/queries/owners.server.ts";
import { findRunning } from "#db/queries/register.server.ts";

const options = {
  stairwell: { type: "string" },
  check: { type: "boolean", default: false },
  sheet: { type: "string" },
  database: { type: "string", default: "jiati" },
} as const;

const say = (lines: readonly string[]) => process.stdout.write(lines.map((line) => `${line}\n`).join(""));
const complain = (lines: readonly string[]) => process.stderr.write(lines.map((line) => `${line}\n`).join(""));

/** `import roll FILE`: 0 when the roll is stored or found to be right, 1 when it was refused, 2 when the command line is wrong. */
export async function run(args: string[], from: string): Promise<number> {
  const given = parse(args);
  if ("wrong" in given) {
    complain([...given.wrong, text.usage]);
    return 2;
  }
  const file = readFile(path.resolve(from, given.file));
  if ("why" in file) {
    complain([text.unreadable[file.why](given.file)]);
    return 1;
  }
  const reading = await readRoll(file.bytes, given.sheet === undefined ? {} : { sheet: given.sheet });
  say(describe(given.file, reading));
  if (reading.faults.length > 0) {
    complain([text.faults(reading.faults.length), ...listRemarks(reading.faults, words.fault)]);
    return 1;
  }
  const fileDigest = createHash("sha256").update(file.bytes).digest();
  return withDatabase(given.database, (deps) => store(deps, { ...given, reading, fileDigest }));
}

interface CommandLine {
  file: string;
  stairwell: string;
  check: boolean;
  sheet?: string;
  database: string;
}

function parse(args: string[]): CommandLine | { wrong: string[] } {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [file] = positionals;
    if (!file || positionals.length > 1) return { wrong: [] };
    const stairwell = values.stairwell?.trim().toUpperCase();
    return stairwell ? { ...values, file, stairwell } : { wrong: [text.stairwellMissing] };
  } catch (error) {
    return { wrong: [text.unknownOption((error as Error).message)] };
  }
}

function readFile(file: string): { bytes: Buffer } | { why: keyof typeof text.unreadable } {
  try {
    const stat = statSync(file);
    if (stat.isDirectory()) return { why: "directory" };
    // A device such as /dev/zero has no end; a pipe has.
    if (!stat.isFile() && !stat.isFIFO()) return { why: "unreadable" };
    if (stat.size > ROLL_LIMITS.fileBytes) return { why: "too_large" };
    return { bytes: readFileSync(file) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return { why: code === "ENOENT" || code === "ENOTDIR" ? "missing" : "unreadable" };
  }
}

function listRemarks<Remark extends RollRemark<string>>(remarks: readonly Remark[], sentence: (remark: Remark) => string): string[] {
  const lines = remarks.slice(0, MOST_REMARKS).map(hideNumbers).map((remark) => text.line(words.place(remark), sentence(remark)));
  return remarks.length > MOST_REMARKS ? [...lines, text.more(remarks.length - MOST_REMARKS)] : lines;
}

/** What was read: where from, the totals, what is to be looked at. */
function describe(file: string, { source, faults, totals, warnings, questions }: RollReading): string[] {
  const lines = source ? [text.file(file, words.source(source))] : [];
  if (faults.length === 0) lines.push(text.read(words.totals(totals.units, totals.voters, formatArea(totals.area))));
  if (warnings.length > 0) lines.push(text.warnings(warnings.length), ...listRemarks(warnings, words.warning));
  if (questions.length > 0) {
    lines.push(text.questions(questions.length), ...questions.map((question) => text.questionLine(words.question(question), rollDesk.advice(question.code))));
  }
  return lines;
}

/** Opens the database for as long as the work takes, and makes sure that it is sealed with the key at hand. */
async function withDatabase(name: string, work: (deps: Deps) => Promise<number>): Promise<number> {
  const config = readConfig(process.env);
  const database = await openDatabase(config, { holder: "command", database: name, say: (line) => say([line]) });
  try {
    const { db, close } = connect(database.url, { max: 2 });
    try {
      const vault = createVault(config.dataKey);
      if (await isSealedOtherwise(db, vault)) {
        complain([text.wrongKey]);
        return 1;
      }
      return await work({ db, vault, now: new Date() });
    } finally {
      await close();
    }
  } finally {
    await database.close();
  }
}

/** Whether what is in the database was sealed with another key: owners would not be found again, nor their phones read. */
async function isSealedOtherwise(db: Db, vault: Vault): Promise<boolean> {
  const sealed = await findSealed(db);
  if (!sealed) return false;
  try {
    vault.open(sealed);
    return false;
  } catch {
    return true;
  }
}

interface ReadFile {
  stairwell: string;
  check: boolean;
  reading: RollReading;
  fileDigest: Buffer;
}

async function store(deps: Deps, { stairwell, check, reading, fileDigest }: ReadFile): Promise<number> {
  const outcome = check ? await tryOut(deps, stairwell, reading) : await storeRoll(deps, { stairwell, reading, accountId: null, formKey: null, fileDigest });
  if (!outcome.ok) {
    complain([outcome.problem.code === "stairwell_unknown" ? text.stairwellUnknown(stairwell) : problemText(outcome.problem)]);
    return 1;
  }
  if (!outcome.changed) {
    say([text.unchanged(stairwell)]);
    return 0;
  }
  say([
    check ? text.wouldChange(stairwell) : text.changed(stairwell),
    text.counts(outcome),
    text.heads(outcome.heads, outcome.openQuestions),
    ...(outcome.running ? [rollDesk.running(outcome.running)] : []),
  ]);
  return 0;
}

/** What storing would come to. */
async function tryOut(deps: Deps, stairwell: string, reading: RollReading): Promise<Outcome<RollSummary & { running: string | null }>> {
  const place = await findPlace(deps.db, stairwell);
  if (!place) return { ok: false, problem: { code: "stairwell_unknown" } };
  const planned = await readRollPlan(deps, { place, reading, forCommittee: false });
  if (!planned.ok) return planned;
  return { ok: true, ...summarisePlan(planned.plan), running: await findRunning(deps.db, place.stairwellId) };
}
