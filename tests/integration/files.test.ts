import { afterAll, beforeAll, describe, expect, it } from "vitest";
import sharp from "sharp";
import type { FileDeps } from "#app/use-cases/file/file-deps.server.ts";
import { readFile } from "#app/use-cases/file/read-file.server.ts";
import { storeFile } from "#app/use-cases/file/store-file.server.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createSubdistrict, testVault } from "../support/factories.ts";
import { pdf, photo } from "../support/files.ts";

let database: TestDatabase;
let subdistrictId: number;

beforeAll(async () => {
  database = await cloneDatabase();
  ({ subdistrictId } = await createSubdistrict(database.db));
});
afterAll(() => database.close());

const deps = (): FileDeps => ({ db: database.db, vault: testVault, storage: database.storage, now: new Date() });

describe("a photo that is sent", () => {
  it("is kept in three sizes", async () => {
    const stored = await storeFile(deps(), { bytes: await photo({ width: 6_000, height: 4_000 }), kind: "photo", subdistrictId, accountId: null });
    if (!stored.ok) throw new Error(stored.problem.code);
    for (const [size, width, height] of [["full", 4_096, 2_731], ["screen", 1_600, 1_067], ["thumbnail", 480, 320]] as const) {
      const page = await readFile(deps(), { fileId: stored.fileId, size });
      expect(await sharp(page?.bytes).metadata()).toMatchObject({ format: "jpeg", width, height });
    }
  });
});

describe("a PDF that is sent", () => {
  it("is kept page by page", async () => {
    const stored = await storeFile(deps(), { bytes: await pdf({ pages: 3 }), kind: "scan", subdistrictId, accountId: null });
    expect(stored).toMatchObject({ ok: true, pages: 3 });
    if (!stored.ok) return;
    const page = await readFile(deps(), { fileId: stored.fileId, page: 3, size: "full" });
    expect(await sharp(page?.bytes).metadata()).toMatchObject({ format: "jpeg", width: 1652, height: 2338 });
  });
});
