import { copyFileSync, existsSync, readdirSync, readFileSync, statSync, unlinkSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FILE_LIMITS, THUMBNAIL_BYTES, type FileFault, type FileKind, type FileSize } from "#app/domain/files.ts";
import { problemText } from "#app/i18n/zh-CN/problems.ts";
import type { FileDeps } from "#app/use-cases/file/file-deps.server.ts";
import { readFile } from "#app/use-cases/file/read-file.server.ts";
import { storeFile } from "#app/use-cases/file/store-file.server.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createSubdistrict, testVault } from "../support/factories.ts";
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
void stream;
