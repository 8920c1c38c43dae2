import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { ServerBuild } from "@remix-run/node";
import { CamelCasePlugin, Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { pino } from "pino";
import { Live } from "#app/http/live.server.ts";
import type { createPortal as CreatePortal } from "#app/http/portal.server.ts";
import { districtImport as text } from "#app/i18n/zh-CN/district-import.ts";
import { folderStorage } from "#app/integrations/storage.server.ts";
import { connect } from "#db/client.server.ts";
import { importDistrict } from "#db/import/district/import-district.server.ts";
import { createVault } from "#db/personal-data.server.ts";
import type { DB } from "#db/schema.d.ts";
import { median, startBenchServer } from "./bench-server.ts";
import type { BenchRow } from "./row.ts";

const FOLDER = "../shared/data/district";
const RUNS = 30;

/**
 * The progress page of the full district, rendered anew each time: its queries and their time in the database, against
 * one bare statement that counts every stairwell's flats and counting intents.
 */
export async function benchProgress(): Promise<BenchRow[]> {
  const server = await startBenchServer();
  try {
    const ownerUrl = await server.createDatabase();
    const subdistrict = { code: "main", ...text.defaults };
    await importDistrict({ ownerUrl, folder: FOLDER, now: new Date(), subdistrict, wording: text.wording });
    const client = connect(ownerUrl, { as: "owner", max: 2 });
    const pool = new pg.Pool({ connectionString: ownerUrl, max: 1 });
    const seen: number[] = [];
    const db = new Kysely<DB>({
      dialect: new PostgresDialect({ pool }),
      plugins: [new CamelCasePlugin()],
      log: (event) => void seen.push(event.queryDurationMillis),
    });
    try {
      const build = (await import(pathToFileURL(path.resolve("build/server/index.js")).href)) as ServerBuild;
      const { createPortal } = build.entry.module as unknown as { createPortal: typeof CreatePortal };
      const portal = createPortal({
        build, db, pool, vault: createVault("bench"), storage: folderStorage(tmpdir()), cookieSecret: "bench", log: pino({ level: "silent" }), mode: "production", demo: false,
        publicOrigin: "http://portal.test", front: () => () => ({ hotline: "", subdistrictName: "" }), live: new Live(),
      });
      const page: number[] = [];
      const bare: number[] = [];
      let queries = 0;
      for (let run = 0; run <= RUNS; run++) {
        seen.length = 0;
        const response = await portal(new Request("http://portal.test/progress"));
        if (response.status !== 200) throw new Error(`/progress answered ${response.status}`);
        queries = seen.length;
        const inDatabase = seen.reduce((sum, ms) => sum + ms, 0);
        const start = performance.now();
        await sql`
          select s.id, (select count(*) from flat f where f.stairwell_id = s.id), count(i.flat_id)
          from stairwell s left join counting_intent i on i.stairwell_id = s.id group by s.id`.execute(client.db);
        if (run === 0) continue;
        page.push(inDatabase);
        bare.push(performance.now() - start);
      }
      return [
        {
          what: `/progress of the full district, ${queries} ${queries === 1 ? "query" : "queries"}`,
          reference: "one statement counting flats and intents of every stairwell",
          measured: `${median(page).toFixed(1)} ms in the database`,
          referenceMeasured: `${median(bare).toFixed(1)} ms`,
          ratio: (median(page) / median(bare)).toFixed(2),
          aim: "at most 5 queries",
        },
      ];
    } finally {
      await db.destroy();
      await client.close();
    }
  } finally {
    await server.stop();
  }
}
