import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import sharp from "sharp";
import { folderStorage } from "#app/integrations/storage.server.ts";
import type { FileDeps } from "#app/use-cases/file/file-deps.server.ts";
import { storeFile } from "#app/use-cases/file/store-file.server.ts";
import { connect } from "#db/client.server.ts";
import { createVault } from "#db/personal-data.server.ts";
import { noise, pdf, stream } from "../support/files.ts";
import { median, startBenchServer } from "./bench-server.ts";
import type { BenchRow } from "./row.ts";

const RUNS = 3;
const PAGES = 40;
/** A4 at 200 dots per inch. */
const PAGE = { width: 1_654, height: 2_339 };

/**
 * Storing a photo of 12 megapixels and a stack of 40 scanned pages – checked, decoded, made anew in three sizes, sealed,
 * written, recorded – against bare sharp making the same three sizes of the same pictures; how long the event loop stood
 * still, and what the process took of memory beyond what it had.
 */
export async function benchFiles(): Promise<BenchRow[]> {
  const server = await startBenchServer();
  const folder = mkdtempSync(path.join(tmpdir(), "jiati-bench-files-"));
  try {
    const { db, close } = connect(await server.createDatabase(), { as: "owner", max: 2 });
    const { id: subdistrictId } = await db.insertInto("subdistrict").values({ code: "bench", name: "街道", phone: "1" }).returning("id").executeTakeFirstOrThrow();
    const deps: FileDeps = { db, vault: createVault("bench"), storage: folderStorage(folder), now: new Date() };
    const photo = await noise({ width: 4_000, height: 3_000 });
    const page = await sharp(await noise(PAGE)).blur(2).jpeg({ quality: 80 }).toBuffer();
    const head = `/Type /XObject /Subtype /Image /Width ${PAGE.width} /Height ${PAGE.height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode`;
    const scan = await pdf({ pages: PAGES, picture: () => Promise.resolve(stream(head, page)) });
    try {
      return [
        await row("storing a photo of 12 megapixels", "≤ 2", () => store(deps, photo, subdistrictId), () => threeSizes(photo)),
        await row(`storing a PDF of ${PAGES} scanned pages`, "≤ 4", () => store(deps, scan, subdistrictId), async () => {
          for (let i = 0; i < PAGES; i++) await threeSizes(page);
        }),
      ];
    } finally {
      await close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
  }
}

async function store(deps: FileDeps, bytes: Uint8Array, subdistrictId: number): Promise<void> {
  const stored = await storeFile(deps, { bytes, kind: "scan", subdistrictId, accountId: null });
  if (!stored.ok) throw new Error(stored.problem.code);
}

async function threeSizes(picture: Buffer): Promise<void> {
  for (const edge of [4_096, 1_600, 480]) await sharp(picture).resize({ width: edge, height: edge, fit: "inside", withoutEnlargement: true }).jpeg().toBuffer();
}

async function row(what: string, aim: string, ours: () => Promise<void>, bare: () => Promise<void>): Promise<BenchRow> {
  const [times, bareTimes, delays, memory]: number[][] = [[], [], [], []];
  for (let run = 0; run < RUNS; run++) {
    bareTimes?.push(await seconds(bare));
    const before = process.memoryUsage().rss;
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
    const loop = monitorEventLoopDelay({ resolution: 5 });
    loop.enable();
    times?.push(await seconds(ours));
    loop.disable();
    clearInterval(watch);
    delays?.push(loop.max / 1e6);
    memory?.push((most - before) / 1e6);
  }
  const [measured, reference] = [median(times ?? []), median(bareTimes ?? [])];
  return {
    what,
    reference: "bare sharp making three sizes of the same pictures",
    measured: `${measured.toFixed(2)} s, loop still for ${median(delays ?? []).toFixed(0)} ms at most, ${median(memory ?? []).toFixed(0)} MB more`,
    referenceMeasured: `${reference.toFixed(2)} s`,
    ratio: (measured / reference).toFixed(2),
    aim: `${aim}, loop ≤ 100 ms, ≤ 500 MB`,
  };
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
