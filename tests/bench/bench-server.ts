import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { openEmbedded } from "#db/embedded.server.ts";
import { migrate } from "#db/migrate.server.ts";

export interface BenchServer {
  /** A new, migrated, empty database; the address is that of the role that owns the tables. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** A PostgreSQL of its own in a temporary folder, with the settings that the portal gives it. */
export async function startBenchServer(): Promise<BenchServer> {
  const folder = mkdtempSync(path.join(tmpdir(), "jiati-bench-"));
  chmodSync(folder, 0o711);
  const server = await openEmbedded({ dataDir: path.join(folder, "data"), database: "template", holder: "command" });
  await migrate(server.ownerUrl);
  const at = (name: string) => Object.assign(new URL(server.ownerUrl), { pathname: `/${name}` }).href;
  let count = 0;
  return {
    async createDatabase() {
      const name = `bench_${count++}`;
      const admin = new pg.Client({ connectionString: at("postgres") });
      await admin.connect();
      await admin.query(`create database ${name} template template`);
      await admin.query("checkpoint");
      await admin.end();
      return at(name);
    },
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The middle value; of an even number of values the lower of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted[(sorted.length - 1) >> 1];
  if (middle === undefined) throw new RangeError("no values");
  return middle;
}
