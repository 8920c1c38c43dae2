import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, unlinkSync } from "node:fs";
import path from "node:path";
import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FILE_LIMITS, THUMBNAIL_BYTES, type FileFault, type FileKind, type FileSize } from "#app/domain/files.ts";
import { problemText } from "#app/i18n/zh-CN/problems.ts";
import { StorageError, type Storage } from "#app/integrations/storage.server.ts";
import { dropFile } from "#app/use-cases/file/drop-file.server.ts";
import type { FileDeps } from "#app/use-cases/file/file-deps.server.ts";
import { readFile } from "#app/use-cases/file/read-file.server.ts";
import { openPdf } from "#app/use-cases/file/render-pdf.server.ts";
import { storeFile } from "#app/use-cases/file/store-file.server.ts";
import { sweepFiles } from "#app/use-cases/file/sweep-files.server.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createStairwell, createSubdistrict, testVault } from "../support/factories.ts";
import {
  animation, apng, cameraPhoto, emptyZip, heic, jpegSaying, jpegWith, noise, objectStream, pdf, photo, png, pngChunk, stream,
} from "../support/files.ts";

let database: TestDatabase;
let subdistrictId: number;

beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  ({ subdistrictId } = await createSubdistrict(database.db));
});

const deps = (): FileDeps => ({ db: database.db, vault: testVault, storage: database.storage, now: new Date() });
const store = (bytes: Uint8Array, kind: FileKind = "photo") => storeFile(deps(), { bytes, kind, subdistrictId, accountId: null });

const minutesFromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000);

async function stored(bytes: Uint8Array, kind: FileKind = "photo"): Promise<string> {
  const outcome = await store(bytes, kind);
  if (!outcome.ok) throw new Error(outcome.problem.code);
  return outcome.fileId;
}

async function read(fileId: string, size: FileSize, page = 1): Promise<Buffer> {
  const found = await readFile(deps(), { fileId, size, page });
  if (!found) throw new Error("not there");
  return found.bytes;
}

/** All that the store has of the subdistrict of this test. */
function kept(): string[] {
  const folder = path.join(database.filesFolder, String(subdistrictId));
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [path.join(entry.parentPath, entry.name)] : []));
}

const rows = () => database.db.selectFrom("file").select("id").where("subdistrictId", "=", subdistrictId).execute();

describe("a photo that is sent", () => {
  it("is kept in three sizes, none larger than it was", async () => {
    const large = await stored(await photo({ width: 6_000, height: 4_000 }));
    for (const [size, width, height] of [["full", 4_096, 2_731], ["screen", 1_600, 1_067], ["thumbnail", 480, 320]] as const) {
      expect(await sharp(await read(large, size)).metadata()).toMatchObject({ format: "jpeg", width, height, space: "srgb" });
    }
    const small = await stored(await photo({ width: 300, height: 200 }));
    expect(await sharp(await read(small, "full")).metadata()).toMatchObject({ width: 300, height: 200 });
  });

  it.each(["png", "webp"] as const)("may be a %s, seen by its content", async (format) => {
    const bytes = await sharp(await photo()).toFormat(format).toBuffer();
    expect(await sharp(await read(await stored(bytes), "full")).metadata()).toMatchObject({ format: "jpeg", width: 1_200 });
  });

  it("stands on white where it was transparent", async () => {
    const bytes = await sharp({ create: { width: 30, height: 30, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } }).png().toBuffer();
    const { dominant } = await sharp(await read(await stored(bytes), "full")).stats();
    expect(Math.min(dominant.r, dominant.g, dominant.b)).toBeGreaterThan(240);
  });

  it("loses place, camera and name that the phone wrote into it, and stands upright", async () => {
    const bytes = await cameraPhoto();
    expect(await sharp(bytes).metadata()).toMatchObject({ orientation: 6, hasProfile: true, exif: expect.any(Buffer), xmp: expect.any(Buffer) });
    const fileId = await stored(bytes);
    for (const size of ["full", "screen", "thumbnail"] as const) {
      const page = await read(fileId, size);
      const seen = await sharp(page).metadata();
      expect(seen).toMatchObject({ space: "srgb", hasProfile: false, isProgressive: false });
      for (const trace of ["exif", "xmp", "iptc", "icc", "orientation", "comments"]) expect(seen).not.toHaveProperty(trace);
      expect(page.includes("Lin Fang") || page.includes("Exif") || page.includes("adobe")).toBe(false);
      expect([seen.width, seen.height]).toEqual(size === "thumbnail" ? [360, 480] : [600, 800]);
    }
    const full = await read(fileId, "full");
    // What stats() looks at is the picture as it comes in.
    const colour = async (top: number) => (await sharp(await sharp(full).extract({ left: 100, top, width: 300, height: 100 }).toBuffer()).stats()).dominant;
    expect((await colour(50)).r).toBeGreaterThan(200);
    expect((await colour(650)).b).toBeGreaterThan(200);
  });

  it("shows as a thumbnail of at most 60 kB, however much there is in it", async () => {
    const fileId = await stored(await noise({ width: 2_400, height: 2_400 }));
    const thumbnail = await read(fileId, "thumbnail");
    expect(thumbnail.length).toBeLessThanOrEqual(THUMBNAIL_BYTES);
    expect((await sharp(thumbnail).metadata()).width).toBeGreaterThan(200);
  });

  it("may have a second picture, a film or nothing but zeros behind it, as phones write them", async () => {
    const bytes = await photo();
    const film = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from("ftypmp42\0\0\0\0mp42isom"), Buffer.alloc(5_000, 7)]);
    for (const behind of [await photo({ seed: 2 }), film, Buffer.alloc(1_000)]) expect((await store(Buffer.concat([bytes, behind]))).ok).toBe(true);
  });

  it("is no file that others of the machine could read, nor one that says what it is", async () => {
    const fileId = await stored(await photo());
    const files = kept();
    expect(files).toHaveLength(3);
    for (const file of files) {
      expect(statSync(file).mode & 0o077).toBe(0);
      expect(readFileSync(file).subarray(0, 3).toString("hex")).not.toBe("ffd8ff");
      expect(file).not.toContain(fileId);
    }
  });

  it("is not shown when the store has lost it or put another in its place", async () => {
    const fileId = await stored(await photo());
    const [own = ""] = kept().filter((file) => file.endsWith("screen"));
    await stored(await photo({ seed: 9 }));
    const [other = ""] = kept().filter((file) => file.endsWith("screen") && file !== own);
    copyFileSync(other, own);
    await expect(readFile(deps(), { fileId, size: "screen" })).rejects.toThrow();
    unlinkSync(own);
    await expect(readFile(deps(), { fileId, size: "screen" })).rejects.toThrow("gone from the store");
  });
});

describe("a PDF that is sent", () => {
  it("is kept page by page, at 200 dots per inch", async () => {
    const outcome = await store(await pdf({ pages: 3 }), "scan");
    expect(outcome).toMatchObject({ ok: true, pages: 3 });
    if (!outcome.ok) return;
    const colours = [];
    for (const page of [1, 2, 3]) {
      const full = await read(outcome.fileId, "full", page);
      expect(await sharp(full).metadata()).toMatchObject({ format: "jpeg", width: 1_652, height: 2_338 });
      colours.push((await sharp(full).stats()).channels[0]?.mean);
    }
    expect(new Set(colours.map((mean) => Math.round((mean ?? 0) / 10))).size).toBe(3);
    expect(await readFile(deps(), { fileId: outcome.fileId, page: 4, size: "full" })).toBeUndefined();
  });

  it("may be a drawing larger than any paper, or a strip smaller than a stamp", async () => {
    const large = await stored(await pdf({ box: [7_000, 3_500], dpi: 10 }), "document");
    expect(await sharp(await read(large, "full")).metadata()).toMatchObject({ width: 4_096, height: 2_048 });
    const strip = await stored(await pdf({ box: [20, 10] }), "document");
    expect((await sharp(await read(strip, "full")).metadata()).width).toBe(55);
  });
});

const html = "<!DOCTYPE html><html><body><script>alert(1)</script></body></html>";
const svg = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
const behind = async (bytes: Promise<Buffer> | Buffer, more: string | Buffer) => Buffer.concat([await bytes, Buffer.from(more)]);

const hostile: [string, FileFault, () => Promise<Buffer> | Buffer][] = [
  ["an empty file", "file_empty", () => Buffer.alloc(0)],
  ["a file above 20 MB", "file_too_large", async () => behind(photo(), Buffer.alloc(FILE_LIMITS.bytes))],
  ["a text", "file_unknown_type", () => Buffer.from("同意")],
  ["a page named photo.jpg", "file_unknown_type", () => Buffer.from(html)],
  ["a drawing with a script named photo.jpg", "file_unknown_type", () => Buffer.from(svg)],
  ["an archive", "file_unknown_type", () => emptyZip],
  ["a HEIC of a phone", "file_heic", () => heic],
  ["an animated GIF", "file_animated", () => animation("gif")],
  ["an animated WebP", "file_animated", () => animation("webp")],
  ["an animated PNG", "file_animated", () => apng()],
  ["a page in a photo's comment", "file_two_in_one", () => jpegWith(0xfe, html)],
  ["a program in a photo's description", "file_two_in_one", () => jpegWith(0xe1, "<?php system($_GET['c']); ?>")],
  ["a page behind a photo", "file_two_in_one", () => behind(photo(), html)],
  ["an archive behind a photo", "file_two_in_one", () => behind(photo(), emptyZip)],
  ["a PDF behind a photo", "file_two_in_one", async () => behind(photo(), await pdf())],
  ["a PDF in a photo's comment", "file_two_in_one", () => jpegWith(0xfe, "%PDF-1.4\n1 0 obj")],
  ["a page in a PNG's text", "file_two_in_one", () => png({ chunks: [pngChunk("tEXt", Buffer.from(`Comment\0${html}`))] })],
  ["a page behind a PNG", "file_two_in_one", () => png({ behind: Buffer.from(html) })],
  ["a page behind a WebP", "file_two_in_one", async () => behind(sharp(await photo()).webp().toBuffer(), html)],
  ["half a photo", "file_broken", async () => (await noise({ width: 600, height: 400 })).subarray(0, 20_000)],
  ["half a photo with an end", "file_broken", async () => behind((await noise({ width: 600, height: 400 })).subarray(0, 20_000), Buffer.from([0xff, 0xd9]))],
  ["the first bytes of a photo", "file_broken", async () => (await photo()).subarray(0, 12)],
  ["half a PNG", "file_broken", () => png({ width: 400, height: 400 }).subarray(0, 60)],
  ["a PNG with half its pixels", "file_broken", () => png({ width: 900, height: 3_000 })],
  ["half a WebP", "file_broken", async () => (await sharp(await noise({ width: 400, height: 400 })).webp().toBuffer()).subarray(0, 2_000)],
  ["a PNG that says it has 4 295 megapixels", "file_too_many_pixels", () => png({ width: 65_535, height: 65_535 })],
  ["a photo that says it has 4 290 megapixels", "file_too_many_pixels", () => jpegSaying(65_500, 65_500)],
  ["a photo of one pixel more than 50 megapixels", "file_too_many_pixels", () => jpegSaying(8_000, 6_251)],
  ["a PDF with a script", "file_active", () => pdf({ catalog: "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>" })],
  ["a PDF with a script under a written-out name", "file_active", () => pdf({ catalog: "/OpenAction << /S /J#61vaScript /J#53 4 0 R >>" })],
  ["a PDF with a script among compressed objects", "file_active", () => pdf({ objects: [objectStream(["<< /S /JavaScript /JS (1) >>"])] })],
  ["a PDF that starts a program", "file_active", () => pdf({ catalog: "/OpenAction << /S /Launch /F (cmd.exe) >>" })],
  ["a PDF that carries a file", "file_active", () => pdf({ catalog: "/Names << /EmbeddedFiles << /Names [(a.exe) 6 0 R] >> >>" })],
  ["a PDF with a password", "file_encrypted", () => pdf({ trailer: "/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -1 /O (0) /U (0) >>" })],
  ["a PDF with an archive behind it", "file_two_in_one", () => behind(pdf(), emptyZip)],
  ["a PDF with a page behind it", "file_two_in_one", () => behind(pdf(), html)],
  ["half a PDF", "file_broken", async () => (await pdf()).subarray(0, 300)],
  ["a PDF without a page", "file_broken", () => pdf({ pages: 0 })],
  ["a PDF of 201 pages", "file_too_many_pages", () => pdf({ pages: 201, dpi: 4 })],
  ["a PDF whose second page is no page", "file_broken", async () => Buffer.from((await pdf({ pages: 2, dpi: 5 })).toString("latin1").replace("/Kids [3 0 R 6 0 R]", "/Kids [3 0 R 9 9 R]"), "latin1")],
];

describe("a file that is refused", () => {
  it.each(hostile)("%s: %s", async (_, fault, make) => {
    const outcome = await store(await make());
    expect(outcome).toEqual({ ok: false, problem: { code: fault } });
    expect(problemText({ code: fault })).toMatch(/\p{Script=Han}/u);
    expect(kept()).toEqual([]);
    expect(await rows()).toEqual([]);
  });
});
describe("a hostile PDF", () => {
  it("that takes too long for a page, or as a whole, is refused", async () => {
    expect(await openPdf(await pdf(), { timeoutMs: 1 })).toBe("file_too_complex");
    const opened = await openPdf(await pdf({ pages: 2 }), { wholeMs: 0 });
    if (typeof opened === "string") throw new Error(opened);
    const drawn = [];
    for await (const page of opened.draw()) drawn.push(page);
    await opened.close();
    expect(drawn).toEqual(["file_too_complex"]);
  });

  it("that takes too much memory is refused, and not kept with an empty page", async () => {
    const side = 3_000;
    const picture = stream(
      `/Type /XObject /Subtype /Image /Width ${side} /Height ${side} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode`,
      deflateSync(Buffer.alloc(side * side * 3, 77)),
    );
    const opened = await openPdf(await pdf({ picture: () => Promise.resolve(picture) }), { mostMemory: 24 * 1024 * 1024 });
    if (typeof opened === "string") throw new Error(opened);
    const drawn = [];
    for await (const page of opened.draw()) drawn.push(page);
    await opened.close();
    expect(drawn).toEqual(["file_too_complex"]);
  });
});

describe("pages of the same content", () => {
  it("are stored once, whoever sends them and as whatever", async () => {
    const bytes = await photo({ seed: 21 });
    const [one, two] = [await stored(bytes), await stored(bytes, "scan")];
    expect(one).not.toBe(two);
    expect(kept()).toHaveLength(3);
    expect((await read(two, "full")).equals(await read(one, "full"))).toBe(true);
    await stored(await pdf({ pages: 2, dpi: 20, picture: async () => stream("/Type /XObject /Subtype /Image /Width 9 /Height 9 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode", await photo({ width: 9, height: 9 })) }), "scan");
    expect(kept()).toHaveLength(6);
  });

  it("stay while one file that has them is dropped, and go with the last", async () => {
    const bytes = await photo({ seed: 22 });
    const [one, two] = [await stored(bytes), await stored(bytes)];
    expect(await dropFile(deps(), one)).toBe(true);
    expect(kept()).toHaveLength(3);
    expect((await read(two, "screen")).length).toBeGreaterThan(0);
    expect(await dropFile(deps(), two)).toBe(true);
    expect(kept()).toEqual([]);
    expect(await rows()).toEqual([]);
  });

  it("are there for one who sends them while another's are dropped", async () => {
    const bytes = await photo({ seed: 23, width: 60, height: 40 });
    let last = await stored(bytes);
    for (let round = 0; round < 15; round++) {
      const [next] = await Promise.all([stored(bytes), dropFile(deps(), last)]);
      expect((await read(next, "full")).length).toBeGreaterThan(0);
      last = next;
    }
  });
});

describe("when the store fails", () => {
  const away = () => Promise.reject(new StorageError("http-503"));
  /** Takes so many pieces and is away from then on. */
  const failing = (takes: number): Storage => ({
    ...database.storage,
    put: (key, bytes) => (takes-- > 0 ? database.storage.put(key, bytes) : away()),
    remove: away,
  });

  it("a file that cannot be kept is refused and leaves nothing", async () => {
    const once = { ...database.storage, put: away };
    const outcome = await storeFile({ ...deps(), storage: once }, { bytes: await photo({ seed: 31 }), kind: "photo", subdistrictId, accountId: null });
    expect(outcome).toEqual({ ok: false, problem: { code: "file_store_away" } });
    expect(kept()).toEqual([]);
    expect(await rows()).toEqual([]);
  });

  it("what a crash in the middle leaves is never seen, and swept away an hour later", async () => {
    const outcome = await storeFile({ ...deps(), storage: failing(4) }, { bytes: await pdf({ pages: 3, dpi: 20 }), kind: "scan", subdistrictId, accountId: null });
    expect(outcome.ok).toBe(false);
    const [left] = await rows();
    expect(kept().length).toBeGreaterThan(0);
    expect(await readFile(deps(), { fileId: left?.id ?? "", size: "full" })).toBeUndefined();

    await sweepFiles({ ...deps(), now: minutesFromNow(59) });
    expect(await rows()).toHaveLength(1);
    await expect(sweepFiles({ ...deps(), storage: failing(0), now: minutesFromNow(61) })).rejects.toThrow("http-503");
    expect(await rows()).toHaveLength(1);
    expect(await sweepFiles({ ...deps(), now: minutesFromNow(61) })).toMatchObject({ dropped: 1 });
    expect(await rows()).toEqual([]);
    expect(kept()).toEqual([]);
  });
});

describe("the sweep", () => {
  it("removes what nothing refers to a day later, and leaves what something does", async () => {
    const { stairwellId, subdistrictId: own, committeeId } = await createStairwell(database.db);
    subdistrictId = own;
    const [lost, used] = [await stored(await photo({ seed: 41 })), await stored(await photo({ seed: 42 }))];
    const accountId = await createAccount(database.db, "committee", { subdistrictId: own, scopeId: committeeId });
    await database.db.insertInto("stairwellPhoto").values({ fileId: used, subdistrictId: own, stairwellId, caption: "井道", accountId, at: new Date() }).execute();
    await sweepFiles({ ...deps(), now: minutesFromNow(24 * 60 - 1) });
    expect(await rows()).toHaveLength(2);
    await sweepFiles({ ...deps(), now: minutesFromNow(24 * 60 + 1) });
    expect(await rows()).toEqual([{ id: used }]);
    expect(lost).not.toBe(used);
    expect(kept()).toHaveLength(3);
    expect(await dropFile(deps(), used)).toBe(false);
  });

  it("erases what the store could not at the time", async () => {
    const { stairwellId, subdistrictId: own, committeeId } = await createStairwell(database.db);
    subdistrictId = own;
    const file = await stored(await photo({ seed: 43 }));
    const accountId = await createAccount(database.db, "committee", { subdistrictId: own, scopeId: committeeId });
    await database.db.insertInto("stairwellPhoto").values({ fileId: file, subdistrictId: own, stairwellId, caption: "井道", accountId, at: new Date() }).execute();
    await database.db.updateTable("file").set({ removedAt: new Date(), removedBy: accountId }).where("id", "=", file).execute();
    expect(kept()).toHaveLength(3);
    expect(await sweepFiles(deps())).toMatchObject({ erased: 1 });
    expect(kept()).toEqual([]);
    expect(await sweepFiles(deps())).toEqual({ dropped: 0, erased: 0, unfinished: 0 });
  });
});
