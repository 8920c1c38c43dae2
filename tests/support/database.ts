import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { inject } from "vitest";
import { folderStorage, type Storage } from "#app/integrations/storage.server.ts";
import { connect, type Client } from "#db/client.server.ts";

export interface TestDatabase extends Client {
  /** The application's role, as the portal connects. */
  url: string;
  /** The owner of the tables, for what the application may not do. */
  owner: Client;
  ownerUrl: string;
  name: string;
  /** Where its files are kept: a folder that goes when it is closed. */
  storage: Storage;
  filesFolder: string;
}

let count = 0;

/** The run's server, as the owner of all its databases sees it. */
export async function asAdmin<T>(work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: Object.assign(new URL(inject("ownerUrl")), { pathname: "/postgres" }).href });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

/** A database of its own for the calling test file, cloned from the migrated template or another one. Close it when done. */
export async function cloneDatabase(template = "template"): Promise<TestDatabase> {
  const name = `t_${process.pid}_${Date.now()}_${count++}`;
  const at = (base: string) => Object.assign(new URL(base), { pathname: `/${name}` }).href;
  await asAdmin((admin) => admin.query(`create database ${name} template ${template}`));
  const [url, ownerUrl] = [at(inject("appUrl")), at(inject("ownerUrl"))];
  const client = connect(url, { max: 20 });
  const owner = connect(ownerUrl, { as: "owner", max: 3 });
  const filesFolder = mkdtempSync(path.join(tmpdir(), "jiati-files-"));
  return {
    ...client,
    url,
    owner,
    ownerUrl,
    name,
    storage: folderStorage(filesFolder),
    filesFolder,
    async close() {
      await client.close();
      await owner.close();
      rmSync(filesFolder, { recursive: true, force: true });
    },
  };
}
