import { createReadStream, createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { districtImport as text } from "#app/i18n/zh-CN/district-import.ts";
import { importDistrict } from "#db/import/district/import-district.server.ts";
import { median, startBenchServer } from "./bench-server.ts";
import type { BenchRow } from "./row.ts";

const FOLDER = "../shared/data/district";
const RUNS = 5;

/** The tables that the import fills, each after those that it refers to. */
const TABLES = [
  "subdistrict", "committee", "community", "stairwell", "flat", "owner", "ownership", "project", "stage_move", "intent",
  "consultation", "roll_entry", "ballot", "ballot_void", "certificate", "chain", "log_entry", "log_content", "import_run",
];
const FROZEN = ["roll_entry", "ballot", "ballot_void"];

/**
 * The import of the district – read, checked, related, counted, logged, indexed – against PostgreSQL's COPY of the rows
 * that it leaves behind, from CSV files, into the same tables with nothing on them but their primary keys; and for
 * comparison into the tables as they are. Each with its commit.
 */
export async function benchImport(): Promise<BenchRow[]> {
  const server = await startBenchServer();
  const folder = mkdtempSync(path.join(tmpdir(), "jiati-bench-rows-"));
  try {
    const imports: number[] = [];
    const bare: number[] = [];
    const full: number[] = [];
    let rows = 0;
    for (let run = 0; run < RUNS; run++) {
      const ownerUrl = await server.createDatabase();
      const subdistrict = { code: "main", ...text.defaults };
      imports.push(await seconds(() => importDistrict({ ownerUrl, folder: FOLDER, now: new Date(), subdistrict, wording: text.wording })));
      await withClient(ownerUrl, async (client) => {
        rows = await writeTables(client, folder);
        bare.push(await seconds(() => copyTables(client, folder, (table) => `bare_${table}`)));
      });
      await withClient(await server.createDatabase(), async (client) => {
        // Certified consultations take no roll and no ballots any more: their tables stay out here.
        full.push(await seconds(() => copyTables(client, folder, (table) => (FROZEN.includes(table) ? undefined : table))));
      });
    }
    const measured = median(imports);
    const row = (reference: string, values: number[], aim: string): BenchRow => ({
      what: "import of the district",
      reference,
      measured: `${measured.toFixed(2)} s`,
      referenceMeasured: `${median(values).toFixed(2)} s`,
      ratio: (measured / median(values)).toFixed(1),
      aim,
    });
    return [
      row(`COPY of the ${rows} rows it stores into bare tables with their primary keys`, bare, "≤ 4"),
      row("COPY of the same rows into the tables as they are", full, "–"),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
  }
}

/** Writes each table into a CSV file, and makes a bare table for it; answers with the number of rows. */
async function writeTables(client: pg.Client, folder: string): Promise<number> {
  let rows = 0;
  for (const table of TABLES) {
    const copy = client.query(copyTo(`copy ${table} to stdout (format csv)`));
    await pipeline(copy, createWriteStream(path.join(folder, `${table}.csv`)));
    rows += copy.rowCount;
    await client.query(`create table bare_${table} (like ${table})`);
    const key = await client.query<{ definition: string }>(
      `select pg_get_constraintdef(oid) as definition from pg_constraint where contype = 'p' and conrelid = '${table}'::regclass`,
    );
    for (const { definition } of key.rows) await client.query(`alter table bare_${table} add ${definition}`);
  }
  await client.query("checkpoint");
  return rows;
}

async function copyTables(client: pg.Client, folder: string, target: (table: string) => string | undefined): Promise<void> {
  await client.query("begin");
  for (const table of TABLES) {
    const name = target(table);
    if (!name) continue;
    await pipeline(createReadStream(path.join(folder, `${table}.csv`)), client.query(copyFrom(`copy ${name} from stdin (format csv)`)));
  }
  await client.query("commit");
}

async function withClient(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
