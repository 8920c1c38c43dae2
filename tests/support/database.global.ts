import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { openEmbedded } from "#db/embedded.server.ts";
import { migrate } from "#db/migrate.server.ts";

declare module "vitest" {
  export interface ProvidedContext {
    ownerUrl: string;
    appUrl: string;
    /** The files of the database `demo`, once there is one. */
    demoFiles: string;
  }
}

/** One PostgreSQL per run; `template` is migrated once and cloned for each test file. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(path.join(tmpdir(), "jiati-test-"));
  chmodSync(folder, 0o711);
  const server = await openEmbedded({
    dataDir: path.join(folder, "data"),
    database: "template",
    holder: "command",
    settings: ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=400"],
  });
  await migrate(server.ownerUrl);
  project.provide("ownerUrl", server.ownerUrl);
  project.provide("appUrl", server.appUrl);
  project.provide("demoFiles", path.join(folder, "demo-files"));
  return async () => {
    await server.stop();
    for (const place of [server.home, folder]) rmSync(place, { recursive: true, force: true });
  };
}
