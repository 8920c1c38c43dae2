import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { printedHead } from "#app/record/seal.ts";
import { checkRecord } from "#app/use-cases/record/recount-record.server.ts";
import { restoreBackup } from "#db/backup/restore-backup.server.ts";
import { writeBackup } from "#db/backup/write-backup.server.ts";
import { createVault } from "#db/personal-data.server.ts";
import { readSeal } from "#db/queries/record.server.ts";
import { done, openedConsultation, type OpenedConsultation } from "#tests/support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "#tests/support/database.ts";
import { createStairwell, testVault } from "#tests/support/factories.ts";
import { openPortal } from "#tests/support/portal.ts";

const folder = mkdtempSync(path.join(tmpdir(), "jiati-backup-"));
const stored = new Map([["1/ab/abcd/full", Buffer.from("a sealed page")]]);

let source: TestDatabase;
let opened: OpenedConsultation;
let printed = "";

const backUp = (to: string) =>
  writeBackup(to, {
    ownerUrl: source.ownerUrl,
    publicKey: testVault.publicKey,
    listFileKeys: () => Promise.resolve([...stored.keys()]),
    getFile: (key) => Promise.resolve(stored.get(key) ?? null),
    now: opened.later.now,
  });

beforeAll(async () => {
  source = await cloneDatabase();
  opened = await openedConsultation(source.db);
  for (const { room } of opened.stairwell.flats) await done(opened.cast(room, room === "101" ? "oppose" : "agree"));
  await done(opened.close());
  await done(opened.certify());
  await done(opened.publish());
  const running = await openedConsultation(source.db);
  await done(running.cast("101", "agree"));
  printed = printedHead((await readSeal(source.db, opened.consultation))?.document.log.head ?? "");
  await backUp(path.join(folder, "good"));
});

afterAll(async () => {
  await source.close();
  rmSync(folder, { recursive: true, force: true });
});

async function restore(from: string, vault = testVault, into?: TestDatabase) {
  const database = into ?? (await cloneDatabase());
  const files = new Map<string, Buffer>();
  try {
    const manifest = await restoreBackup(path.join(folder, from), {
      ownerUrl: database.ownerUrl,
      publicKey: vault.publicKey,
      putFile: (key, bytes) => Promise.resolve(void files.set(key, bytes)),
    });
    return { database, files, manifest, refused: null };
  } catch (error) {
    const { rows } = await database.pool.query("select from stairwell");
    return { database, files, manifest: null, refused: { code: (error as { code?: string }).code, rows: rows.length } };
  }
}

describe("a backup that is restored into an empty database", () => {
  it("has every row, every file, every chain and the head that was printed; the portal starts on it and goes on", async () => {
    const { database, files, manifest } = await restore("good");
    try {
      expect(manifest?.tables.find(({ name }) => name === "ballot")?.rows).toBe(13);
      expect(files).toEqual(stored);
      for (const { name, rows } of manifest?.tables ?? []) {
        expect([name, (await database.owner.pool.query(`select from "${name}"`)).rowCount]).toEqual([name, rows]);
      }
      expect((await checkRecord(database.db)).faults).toEqual([]);
      expect(printedHead((await readSeal(database.db, opened.consultation))?.document.log.head ?? "")).toBe(printed);

      const portal = await openPortal(database);
      expect((await portal.get(`/s/${opened.stairwell.code}`)).status).toBe(200);
      expect((await portal.get(`/api/v1/results/${opened.consultation}.json`)).status).toBe(200);
      await createStairwell(database.db);
      await expect(database.owner.pool.query("update ballot set choice = 'agree'")).rejects.toMatchObject({ code: "23001" });
      await expect(database.pool.query("insert into roll_entry select consultation_id, flat_id, 'x', voter, area from roll_entry limit 1")).rejects.toMatchObject({ code: "JT003" });
    } finally {
      await database.close();
    }
  });

  it("is refused into a database that has rows, and changes nothing there", async () => {
    const busy = await cloneDatabase();
    try {
      await createStairwell(busy.db);
      expect((await restore("good", testVault, busy)).refused).toEqual({ code: "not_empty", rows: 1 });
    } finally {
      await busy.close();
    }
  });

  it("is refused with another key, cut short, damaged or of another version, and leaves the database empty", async () => {
    const made = async (name: string, spoil: (place: string) => void) => {
      await backUp(path.join(folder, name));
      spoil(path.join(folder, name));
      const { database, refused } = await restore(name, name === "key" ? createVault("another key that nobody knows of") : testVault);
      await database.close();
      return refused;
    };
    const edit = (place: string, change: (manifest: { migrations: string[] }) => void) => {
      const file = path.join(place, "manifest.json");
      const manifest = JSON.parse(readFileSync(file, "utf8")) as { migrations: string[] };
      change(manifest);
      writeFileSync(file, JSON.stringify(manifest));
    };
    expect(await made("key", () => {})).toEqual({ code: "other_key", rows: 0 });
    expect(await made("cut", (place) => rmSync(path.join(place, "manifest.json")))).toEqual({ code: "no_manifest", rows: 0 });
    expect(await made("damaged", (place) => appendFileSync(path.join(place, "tables", "ballot.gz"), "x"))).toEqual({ code: "damaged", rows: 0 });
    expect(await made("file", (place) => writeFileSync(path.join(place, "files", "1/ab/abcd/full"), "another page"))).toEqual({ code: "damaged", rows: 0 });
    expect(await made("version", (place) => edit(place, ({ migrations }) => migrations.push("29990101T0000_later")))).toEqual({ code: "other_version", rows: 0 });
    expect(existsSync(path.join(folder, "good", "manifest.json.part"))).toBe(false);
  });
});
