import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkRecord, recountRecord } from "#app/use-cases/record/recount-record.server.ts";
import { confirmVoid } from "#app/use-cases/consultation/confirm-void.server.ts";
import { extendConsultation } from "#app/use-cases/consultation/extend-consultation.server.ts";
import { requestVoid } from "#app/use-cases/consultation/request-void.server.ts";
import { withdrawConsultation } from "#app/use-cases/consultation/withdraw-consultation.server.ts";
import { fileIntent } from "#app/use-cases/intent/file-intent.server.ts";
import { findRecountRun } from "#db/queries/record-faults.server.ts";
import type { Db, Tx } from "#db/client.server.ts";
import { done, openedConsultation, type OpenedConsultation } from "#tests/support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "#tests/support/database.ts";
import { countedKinds, createDice } from "#tests/support/dice.ts";
import { formKey } from "#tests/support/factories.ts";

/** How many forgeries of rows are tried, each alone, in a transaction that is rolled back; 1 000 more, of exports, stand in app/record/check.test.ts. */
const FORGERIES = Number(process.env["FORGERIES"] ?? 300);
const SEED = Number(process.env["FORGERY_SEED"] ?? 1);
const dice = createDice(SEED);

/** What is on record, column by column; keys and what another row says too are left out. */
const RECORD: Record<string, readonly string[]> = {
  ballot: ["choice", "channel", "cast_at", "received_on", "flat_id"],
  ballot_void: ["reason", "at"],
  ballot_check: ["at"],
  intent: ["choice", "channel", "filed_at", "worry", "flat_id"],
  roll_entry: ["voter", "area", "unit"],
  certificate: ["passed", "certified_at", "result"],
  consultation: ["closed_at", "published_at", "opened_at", "closes_at"],
  consultation_extension: ["reason", "at"],
  log_entry: ["at", "actor", "verb", "subject", "commitment", "previous", "hash", "seq"],
  log_content: ["salt", "content"],
  chain: ["seq", "head"],
  seal: ["document"],
  seal_leaf: ["salt"],
};

let database: TestDatabase;
let certified: OpenedConsultation;

beforeAll(async () => {
  database = await cloneDatabase();
  certified = await openedConsultation(database.db);
  const { deps, consultation, clerk, colleague, stairwell } = certified;
  for (const { room } of stairwell.flats.slice(0, 10)) await done(certified.cast(room, room.startsWith("1") ? "oppose" : "agree", room === "301" ? { channel: "paper" } : undefined));
  await done(certified.cast("201", "abstain"));
  const { seq } = await done(certified.cast("202", "oppose"));
  await done(requestVoid(deps, { consultation, seq, reason: "无书面委托", accountId: clerk, formKey: formKey() }));
  await done(confirmVoid(deps, { consultation, seq, accountId: colleague, formKey: formKey() }));
  await done(certified.close());
  await done(certified.certify());
  await done(certified.publish());
  const withdrawn = await openedConsultation(database.db);
  await done(withdrawConsultation(withdrawn.deps, { consultation: withdrawn.consultation, reason: "选错了楼道", accountId: withdrawn.clerk, formKey: formKey() }));
  const open = await openedConsultation(database.db);
  for (const closesOn of ["2026-12-05", "2026-12-12"]) {
    await done(extendConsultation(open.deps, { consultation: open.consultation, closesOn, reason: "有人在外地", accountId: open.clerk, formKey: formKey() }));
  }
  for (const { room } of open.stairwell.flats.slice(0, 3)) {
    await done(open.cast(room, "agree"));
    await done(
      fileIntent(open.deps, {
        stairwell: open.stairwell.code, room, choice: "willing", worry: "noise", channel: "paper", name: null, phone: null,
        slipCode: null, ownFlatIds: [], accountId: open.clerk, formKey: formKey(),
      }),
    );
  }
});

afterAll(() => database.close());

/** Another value of the same type, which the table's checks would allow. */
async function forgedValue(tx: Tx, table: string, column: string, ctid: string): Promise<string> {
  const { rows } = await sql<{ value: string; type: string }>`
    select ${sql.ref(column)}::text as value, pg_typeof(${sql.ref(column)})::text as type from ${sql.table(table)} where ctid = ${ctid}::tid`.execute(tx);
  const { value, type } = rows[0] ?? { value: "", type: "text" };
  const others: Record<string, readonly string[]> = {
    choice: table === "intent" ? ["willing", "unwilling", "undecided"] : ["agree", "oppose", "abstain"],
    channel: ["online", "paper", "assisted"],
    worry: ["cost", "light", "noise"],
  };
  const listed = others[column]?.filter((one) => one !== value);
  if (listed) return dice.one(listed);
  if (type === "boolean") return value === "true" ? "false" : "true";
  if (type === "integer") {
    if (column !== "flat_id") return String(Number(value) + 1);
    const flats = await sql<{ id: number }>`select id from flat where id <> ${Number(value)}`.execute(tx);
    return String(dice.one(flats.rows).id);
  }
  if (type.startsWith("timestamp")) return new Date(new Date(value).getTime() + 60_000).toISOString();
  if (type === "date") return value === "2026-11-22" ? "2026-11-23" : "2026-11-22";
  if (type === "bytea") return `\\x${value.slice(2, -1)}${value.endsWith("0") ? "1" : "0"}`;
  if (type === "jsonb") return value.includes('"passed": true') ? value.replace('"passed": true', '"passed": false') : value.replace(/("[a-zA-Z]+": )("[^"]*"|\d+|true|false|null)/, '$1"forged"');
  return `${value}x`;
}

/** One forgery by somebody who owns the database and puts all its triggers out of action; says what was done. */
async function forge(tx: Tx): Promise<string> {
  const way = dice.below(10);
  if (way === 9) {
    // A clean cut: the newest entry is gone, and the chain's head says so too; only what is printed on paper would tell, and the rows.
    const { rows } = await sql<{ stairwellId: number; seq: number; verb: string }>`select stairwell_id, seq, verb from log_entry where (stairwell_id, seq) in (select stairwell_id, seq from chain)`.execute(tx);
    const { stairwellId, seq, verb } = dice.one(rows);
    await sql`delete from log_content where stairwell_id = ${stairwellId} and seq = ${seq}`.execute(tx);
    await sql`delete from log_entry where stairwell_id = ${stairwellId} and seq = ${seq}`.execute(tx);
    await sql`update chain set seq = ${seq - 1}, head = (select hash from log_entry where stairwell_id = ${stairwellId} and seq = ${seq - 1}) where stairwell_id = ${stairwellId}`.execute(tx);
    return `cut ${verb}`;
  }
  const tables = Object.keys(RECORD).filter((table) => way !== 8 || !["chain"].includes(table));
  const table = dice.one(tables);
  const { rows } = await sql<{ ctid: string }>`select ctid::text from ${sql.table(table)}`.execute(tx);
  if (rows.length === 0) return forge(tx);
  const row = dice.one(rows).ctid;
  if (way === 8) {
    await sql`delete from ${sql.table(table)} where ctid = ${row}::tid`.execute(tx);
    return `delete ${table}`;
  }
  const column = dice.one(RECORD[table] ?? []);
  if (way === 7) {
    const other = dice.one(rows).ctid;
    const { rows: pair } = await sql<{ same: boolean }>`
      select a.${sql.ref(column)} is not distinct from b.${sql.ref(column)} as same from ${sql.table(table)} a, ${sql.table(table)} b
      where a.ctid = ${row}::tid and b.ctid = ${other}::tid`.execute(tx);
    if (pair[0]?.same !== false || ["seq", "unit", "flat_id"].includes(column)) return forge(tx);
    await sql`
      update ${sql.table(table)} t set ${sql.ref(column)} = s.${sql.ref(column)} from ${sql.table(table)} s
      where (t.ctid, s.ctid) in ((${row}::tid, ${other}::tid), (${other}::tid, ${row}::tid))`.execute(tx);
    return `swap ${table}.${column}`;
  }
  const value = await forgedValue(tx, table, column, row);
  await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${sql.lit(value)} where ctid = ${row}::tid`.execute(tx);
  return `edit ${table}.${column}`;
}

class Undo extends Error {}

async function caught(owner: Db): Promise<{ what: string; faults: number } | "refused"> {
  let seen: { what: string; faults: number } | "refused" = "refused";
  try {
    await owner.transaction().execute(async (tx) => {
      await sql`set local session_replication_role = replica`.execute(tx);
      const what = await forge(tx);
      seen = { what, faults: (await checkRecord(tx)).faults.length };
      throw new Undo();
    });
  } catch (error) {
    // A constraint that nobody can put out of action refused it: it did not happen.
    if (!(error instanceof Undo) && !/^(22|23)/.test((error as { code?: string }).code ?? "")) throw error;
  }
  return seen;
}

describe("the nightly recount", () => {
  it("finds nothing wrong in what the portal wrote, and writes that down for the office", async () => {
    const run = await recountRecord({ db: database.db, now: certified.later.now });
    expect(run).toEqual({ at: certified.later.now, consultations: 2, chains: 3, faults: [] });
    expect(await findRecountRun(database.db)).toEqual(run);
  });

  it(`catches each of ${FORGERIES} random edits, deletions, swaps and cut tails by the owner of the database`, async () => {
    const missed: string[] = [];
    const kinds = new Map<string, number>();
    for (let tried = 0; tried < FORGERIES; ) {
      const found = await caught(database.owner.db);
      if (found === "refused") continue;
      tried += 1;
      kinds.set(found.what, (kinds.get(found.what) ?? 0) + 1);
      if (found.faults === 0) missed.push(found.what);
    }
    console.info(`forgeries of rows, seed ${SEED}: ${countedKinds(kinds)}`);
    expect(missed).toEqual([]);
    expect(kinds.size).toBeGreaterThan(30);
  }, FORGERIES * 400);
});
