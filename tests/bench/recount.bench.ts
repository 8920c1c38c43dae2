import { tallyRows } from "#app/domain/tally.ts";
import { districtImport as text } from "#app/i18n/zh-CN/district-import.ts";
import { connect, type Db } from "#db/client.server.ts";
import { importDistrict } from "#db/import/district/import-district.server.ts";
import { listTallyRows } from "#db/queries/tally-rows.server.ts";
import { tallyInSql } from "#db/queries/tally-sql.server.ts";
import { median, startBenchServer } from "./bench-server.ts";
import type { BenchRow } from "./row.ts";

const FOLDER = "../shared/data/district";
const RUNS = 15;

/** The recount of all consultations of the district in TypeScript, rows read from the database, against the SQL statement. */
export async function benchRecount(): Promise<BenchRow[]> {
  const server = await startBenchServer();
  try {
    const ownerUrl = await server.createDatabase();
    const subdistrict = { code: "main", ...text.defaults };
    const { counts } = await importDistrict({ ownerUrl, folder: FOLDER, now: new Date(), subdistrict, wording: text.wording });
    const { db, close } = connect(ownerUrl, { as: "owner", max: 1 });
    try {
      const inTypeScript: number[] = [];
      const inSql: number[] = [];
      for (let run = 0; run <= RUNS; run++) {
        const [a, b] = [await milliseconds(() => recount(db, counts.consultations)), await milliseconds(() => tallyInSql(db))];
        // The first run warms both up.
        if (run === 0) continue;
        inTypeScript.push(a);
        inSql.push(b);
      }
      return [
        {
          what: `recount of all ${counts.consultations} consultations in TypeScript, rows read`,
          reference: "the same in one SQL statement",
          measured: `${median(inTypeScript).toFixed(1)} ms`,
          referenceMeasured: `${median(inSql).toFixed(1)} ms`,
          ratio: (median(inTypeScript) / median(inSql)).toFixed(2),
          aim: "–",
        },
      ];
    } finally {
      await close();
    }
  } finally {
    await server.stop();
  }
}

async function recount(db: Db, count: number): Promise<void> {
  for (const rows of await listTallyRows(db, { after: 0, limit: count })) tallyRows(rows);
}

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
