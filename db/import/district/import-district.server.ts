import { createHash, type Hash } from "node:crypto";
import { stat } from "node:fs/promises";
import path from "node:path";
import { sql } from "kysely";
import type pg from "pg";
import { districtFiles, type DistrictCounts, type DistrictFile, type DistrictStep } from "#app/domain/district.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { withTransaction, type Tx } from "../../client.server.ts";
import { touchPages } from "../../queries/log.server.ts";
import { checkRows, placeChecks, recordChecks, unitChecks, type Check } from "./check-rows.server.ts";
import { storedPlaceChecks, storedRecordChecks, storedUnitChecks } from "./check-stored.server.ts";
import { connectForCopy } from "./connection.server.ts";
import { DistrictRefused, FaultList, TooManyFaults } from "./faults.ts";
import { describeFiles, type Stairwells } from "./files.ts";
import { readRows, stageRows } from "./read-file.server.ts";
import { RowDigests } from "./row-digests.ts";
import { storeConsultations } from "./store-consultations.server.ts";
import { listTouched, makeEntries, storeEntries, type Touched } from "./store-log.server.ts";
import { findTouched, storeProjects } from "./store-projects.server.ts";
import { findNewest, storeFlats, storeIntents, storePlaces, type Newest } from "./store-register.server.ts";
import { withoutIndexes } from "./without-indexes.server.ts";

export interface DistrictImport {
  /** The role that owns the tables. */
  ownerUrl: string;
  /** Where the seven files are. */
  folder: string;
  now: Date;
  /** Name and phone are for a subdistrict that is new; its committees get the same phone. */
  subdistrict: { code: string; name: string; phone: string };
  /** Written into records that have no words of their own. */
  wording: {
    /** The authorisation of proxy ballots. */
    authorisation: string;
    /** The reason of stage moves. */
    reason: string;
  };
  onProgress?: (progress: { step: DistrictStep; done: number }) => void;
}

export interface DistrictSummary {
  /** Whether there was anything new. */
  changed: boolean;
  /** Stairwells for which there was anything new. */
  touched: number;
  counts: DistrictCounts;
}

/** Tables that a first import fills with many rows. */
const FILLED = ["stairwell", "flat", "owner", "ownership", "intent", "project", "stage_move"];
/** More tables that get so many rows that the statistics must follow. */
const ANALYZED = [...FILLED, "community", "consultation", "roll_entry", "ballot", "chain", "log_entry", "log_content"];

/** The steps in their order, with about how many parts of a hundred each takes. */
const STEPS: readonly [DistrictStep, number][] = [
  ["communities.csv", 3], ["stairwells.csv", 5], ["units.csv", 18], ["register", 34], ["intents.csv", 3], ["consultations.csv", 1],
  ["ballots.csv", 1], ["lifts.csv", 1], ["intents", 7], ["consultations", 7], ["projects", 5], ["log", 12], ["finish", 3],
];

/**
 * Imports the register, the intents, the consultations and the lifts of a district in one transaction. What is stored
 * already is left as it is, new rows are added, a row that contradicts what is stored is a fault.
 *
 * @throws DistrictRefused with the faults; then nothing is stored
 */
export async function importDistrict(given: DistrictImport): Promise<DistrictSummary> {
  const connection = await connectForCopy(given.ownerUrl);
  try {
    return await withTransaction(connection.db, (tx) => importInto(tx, connection.client, given));
  } finally {
    await connection.close();
  }
}

async function importInto(tx: Tx, client: pg.PoolClient, given: DistrictImport): Promise<DistrictSummary> {
  // Before the first snapshot: imports stand in one order, and each sees all of the one before it.
  await sql`set transaction isolation level repeatable read`.execute(tx);
  await sql`lock table import_run in share row exclusive mode`.execute(tx);
  await sql`set local work_mem = '64MB'`.execute(tx);
  await sql`set local jit = off`.execute(tx);
  // A sample of 3 000 rows does for planning the next statements; autovacuum looks closer later.
  await sql`set local default_statistics_target = 10`.execute(tx);

  const faults = new FaultList();
  try {
    const subdistrictId = await findOrAddSubdistrict(tx, given.subdistrict);
    const run: Run = {
      ...given, tx, client, faults, subdistrictId, first: await isFirst(tx), before: await findNewest(tx),
      digests: new RowDigests(), digest: createHash("sha256"), report: reporter(given.onProgress),
    };
    const hash = (touched: readonly Touched[]) => makeEntries(touched, run.digests, given.now);
    const entries = run.first ? await withoutIndexes(tx, FILLED, () => store(run), hash) : hash(await store(run));
    await storeEntries(tx, client, entries);
    run.report("finish");
    const touched = entries.entries.length;
    const changed = touched > 0 || (await findNewest(tx)).community > run.before.community;
    const counts = await countDistrict(tx, subdistrictId);
    if (changed) {
      await sql`analyze ${sql.join(ANALYZED.map((name) => sql.table(name)))}`.execute(tx);
      await tx
        .insertInto("importRun")
        .values({ kind: "district", digest: run.digest.digest(), summary: JSON.stringify({ touched, counts }), at: given.now })
        .execute();
      await touchPages(tx, ["district"]);
    }
    return { changed, touched, counts };
  } catch (error) {
    if (error instanceof TooManyFaults) throw new DistrictRefused(faults.sorted(), faults.more);
    throw error;
  }
}

interface Run extends DistrictImport {
  tx: Tx;
  client: pg.PoolClient;
  faults: FaultList;
  subdistrictId: number;
  /** Whether nothing is stored yet that the files could contradict. */
  first: boolean;
  before: Newest;
  digests: RowDigests;
  /** Of the bytes of all files, one after the other. */
  digest: Hash;
  report: (step: DistrictStep, part?: number) => void;
}

/** Stores all that is new in the files but the entries of the log, and answers with the stairwells that it concerns. */
async function store(run: Run): Promise<Touched[]> {
  const { tx, faults, before, report } = run;
  await stageAndStoreFlats(run);
  report("intents");
  await storeIntents(tx);
  report("consultations");
  await storeConsultations(tx, { before, authorisation: run.wording.authorisation, faults });
  refuseFaults(faults);
  report("projects");
  await findTouched(tx, before);
  await storeProjects(tx, { now: run.now, reason: run.wording.reason });
  report("log");
  return listTouched(tx, before);
}

/**
 * Streams all files into their temporary tables and checks them. Communities and stairwells are stored on the way when
 * nothing is wrong with them, because the other files name them; likewise the flats, while intents are being read.
 */
async function stageAndStoreFlats(run: Run): Promise<void> {
  const { tx, client, subdistrictId, first, before, faults, folder, digests } = run;
  const complete = new Set<DistrictFile>();
  let stairwells: Stairwells = { idOf: new Map(), whole: false };
  const specs = describeFiles(shanghaiDay(run.now), () => stairwells);
  const sizes = await fileSizes(folder);
  const bytesRead = new Map<DistrictFile, number>();
  let current: DistrictFile | undefined;
  const onBytes = (file: DistrictFile, bytes: Buffer) => {
    run.digest.update(bytes);
    const read = (bytesRead.get(file) ?? 0) + bytes.length;
    bytesRead.set(file, read);
    if (file === current) run.report(file, read / Math.max(read, sizes.get(file) ?? 0));
  };
  const read = (file: DistrictFile) => readRows({ folder, faults, digests, onBytes }, specs[file]);
  const stage = async (file: DistrictFile, rows = read(file)) => {
    run.report((current = file));
    if (await stageRows(tx, client, rows)) complete.add(file);
  };
  const check = (checks: readonly Check[]) => checkRows(tx, checks, { complete, faults });

  await stage("communities.csv");
  await stage("stairwells.csv");
  await check([...placeChecks, ...(first ? [] : storedPlaceChecks(subdistrictId))]);
  if (faults.size === 0) await storePlaces(tx, subdistrictId);
  stairwells = { idOf: await listStairwells(tx, subdistrictId), whole: complete.has("stairwells.csv") };
  await stage("units.csv");
  const intents = read("intents.csv");
  try {
    run.report("register");
    await check([...unitChecks, ...(first ? [] : storedUnitChecks(subdistrictId))]);
    const flatsRight = faults.hasNoneIn(["communities.csv", "stairwells.csv", "units.csv"]);
    if (flatsRight) await storeFlats(tx, subdistrictId, before);
    await stage("intents.csv", intents);
    await stage("consultations.csv");
    await stage("ballots.csv");
    await stage("lifts.csv");
    await check([...recordChecks(flatsRight), ...(first ? [] : storedRecordChecks())]);
  } finally {
    intents.text.destroy();
  }
  refuseFaults(faults);
}

function refuseFaults(faults: FaultList): void {
  if (faults.size > 0) throw new DistrictRefused(faults.sorted(), faults.more);
}

/** Tells how far the whole is from the step, and from the part of it that is done. */
function reporter(onProgress: DistrictImport["onProgress"]): Run["report"] {
  return (step, part = 0) => {
    const at = STEPS.findIndex(([name]) => name === step);
    const before = STEPS.slice(0, at).reduce((sum, [, share]) => sum + share, 0);
    onProgress?.({ step, done: (before + part * (STEPS[at]?.[1] ?? 0)) / 100 });
  };
}

async function findOrAddSubdistrict(tx: Tx, { code, name, phone }: DistrictImport["subdistrict"]): Promise<number> {
  const known = await tx.selectFrom("subdistrict").select("id").where("code", "=", code).executeTakeFirst();
  if (known) return known.id;
  const added = await tx.insertInto("subdistrict").values({ code, name, phone }).returning("id").executeTakeFirstOrThrow();
  return added.id;
}

/** Whether nobody has stored anything yet that this import could contradict or get in the way of. */
async function isFirst(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ first: boolean }>`
    select not (exists (select from community) or exists (select from stairwell) or exists (select from flat)
      or exists (select from owner) or exists (select from consultation)) as first`.execute(tx);
  return rows[0]?.first ?? false;
}

async function fileSizes(folder: string): Promise<Map<DistrictFile, number>> {
  const sizeOf = (file: DistrictFile) => stat(path.join(folder, file)).then(({ size }) => size, () => 0);
  return new Map(await Promise.all(districtFiles.map(async (file): Promise<[DistrictFile, number]> => [file, await sizeOf(file)])));
}

/** The stairwells by code; those that are not stored, because of faults, with numbers that are no ids. */
async function listStairwells(tx: Tx, subdistrictId: number): Promise<Map<string, number>> {
  const { rows } = await sql<{ code: string; id: number }>`
    select code, id from stairwell where subdistrict_id = ${subdistrictId}
    union all
    select code, -min(line) from staged_stairwell
    where code is not null and code not in (select code from stairwell where subdistrict_id = ${subdistrictId}) group by code`.execute(tx);
  return new Map(rows.map(({ code, id }) => [code, id]));
}

async function countDistrict(tx: Tx, subdistrictId: number): Promise<DistrictCounts> {
  const of = sql`where subdistrict_id = ${subdistrictId}`;
  const { rows } = await sql<DistrictCounts>`
    select (select count(*) from community ${of}) as communities, (select count(*) from stairwell ${of}) as stairwells,
      (select count(*) from flat ${of}) as flats, (select count(*) from owner ${of}) as owners,
      (select count(*) from intent ${of}) as intents, (select count(*) from ballot ${of}) as ballots,
      p.in_reserve, p.in_use, c.consultations, c.passed, c.failed
    from (select count(reserve_since) as in_reserve, count(*) filter (where stage = 'in-use') as in_use from project ${of}) p
    cross join (select count(*) as consultations, count(*) filter (where k.passed) as passed, count(*) filter (where not k.passed) as failed
      from consultation left join certificate k on k.consultation_id = id ${of}) c`.execute(tx);
  const counts = rows[0];
  if (!counts) throw new Error("the counts of the subdistrict are missing");
  return counts;
}
