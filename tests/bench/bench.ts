import { benchBallots } from "./ballots.bench.ts";
import { benchFiles } from "./files.bench.ts";
import { benchImport } from "./import.bench.ts";
import { benchInference } from "./inference.bench.ts";
import { benchProgress } from "./progress.bench.ts";
import { benchRecount } from "./recount.bench.ts";
import type { BenchRow } from "./row.ts";

/** One table, each row a ratio against a reference measured in the same run. */
const rows: BenchRow[] = [];
for (const bench of [benchImport, benchRecount, benchBallots, benchProgress, benchFiles, benchInference]) {
  for (const row of await bench()) {
    rows.push(row);
    console.log(`${row.what}: ${row.measured} | ${row.reference}: ${row.referenceMeasured} | ${row.ratio} (aim: ${row.aim})`);
  }
}
console.table(rows);
