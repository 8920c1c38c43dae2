import { isDeepStrictEqual } from "node:util";
import { isRecountDue } from "#app/domain/recount.ts";
import { checkDocument } from "#app/record/check.ts";
import { castDigest, rollDigest } from "#app/record/row-digests.ts";
import { withTransaction, type Db, type Tx } from "#db/client.server.ts";
import { readConsultationRows } from "#db/queries/consultations.server.ts";
import { findRecountRun, insertRecountRun, listDigests, listRowFaults, type RecountRun } from "#db/queries/record-faults.server.ts";
import { listClosedConsultations, listLogFiles, readRecountFile } from "#db/queries/record.server.ts";
import { tallyInSql } from "#db/queries/tally-sql.server.ts";
import type { Deps } from "../transact.server.ts";

const LOGS_AT_A_TIME = 200;

/**
 * Recounts every closed consultation from its rows by the second way, in SQL, against its certificate and its seal;
 * checks every chain, and every row against the entry of its making. Reads one moment of the database.
 */
export async function checkRecord(db: Db | Tx): Promise<Omit<RecountRun, "at">> {
  const faults: RecountRun["faults"] = [];
  const closed = await listClosedConsultations(db);
  const results = new Map((await tallyInSql(db)).map(({ id, result }) => [id, result]));
  for (const { id, code, certified, sealed, fromArchive } of closed) {
    if (certified !== null && !isDeepStrictEqual(certified, results.get(id))) faults.push({ kind: "result", at: code });
    if (certified === null || fromArchive) continue;
    const file = sealed ? await readRecountFile(db, code) : undefined;
    const checked = checkDocument(file && (JSON.parse(JSON.stringify(file)) as unknown));
    if (!checked.ok) faults.push({ kind: `seal ${checked.code}`, at: code });
  }
  for (const { id, code, roll, cast } of await listDigests(db)) {
    const rows = await readConsultationRows(db, id);
    if (roll !== null && roll !== rollDigest(rows.roll)) faults.push({ kind: "roll", at: code });
    if (cast !== null && cast !== castDigest(rows.ballots)) faults.push({ kind: "ballots", at: code });
  }
  let chains = 0;
  for (let after = 0; ; ) {
    const logs = await listLogFiles(db, { after, limit: LOGS_AT_A_TIME });
    for (const log of logs) {
      const checked = checkDocument(log);
      if (!checked.ok) faults.push({ kind: `log ${checked.code}`, at: log.code });
    }
    chains += logs.length;
    const last = logs.at(-1);
    if (!last) break;
    after = last.stairwell;
  }
  for (const { kind, id, stairwell } of await listRowFaults(db)) faults.push({ kind: `row ${kind}`, at: `${stairwell ?? "?"} ${id}` });
  return { consultations: closed.length, chains, faults };
}

/** The nightly recount: checks the whole record and writes down what was found. */
export async function recountRecord({ db, now }: Pick<Deps, "db" | "now">): Promise<RecountRun> {
  const found = await db.transaction().setIsolationLevel("repeatable read").setAccessMode("read only").execute(checkRecord);
  const run = { at: now, ...found };
  await withTransaction(db, (tx) => insertRecountRun(tx, run));
  return run;
}

/** The same where this night's recount has not been made yet. */
export async function recountWhenDue(deps: Pick<Deps, "db" | "now">): Promise<RecountRun | undefined> {
  const newest = await findRecountRun(deps.db);
  return isRecountDue(newest?.at ?? null, deps.now) ? recountRecord(deps) : undefined;
}
