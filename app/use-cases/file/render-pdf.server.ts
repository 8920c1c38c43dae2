import path from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import sharp from "sharp";
import { whyPagesAreRefused, type FileFault } from "#app/domain/files.ts";
import { makeSizes, type PageSizes } from "./page-sizes.server.ts";

/** What the thread that draws says: how many pages there are, one of them as RGBA, or why not. */
export type PdfAnswer = { pages: number } | { width: number; height: number; pixels: Uint8Array<ArrayBuffer> } | { fault: FileFault };

/** How long the document may take to open, and each page to be drawn. */
const TIMEOUT_MS = 20_000;

/**
 * The thread runs from the sources, as the process itself does, and is no part of the pages' bundle. A thread of Node 20
 * takes no loader from `--import`.
 */
const SOURCE = JSON.stringify(pathToFileURL(path.resolve("app/use-cases/file/pdf-worker.ts")).href);
const START = `import("tsx/esm/api").then(({ tsImport }) => tsImport(${SOURCE}, ${SOURCE}))`;

export interface OpenPdf {
  pages: number;
  /** Draws the pages one by one, the next while the last is being made smaller. A page that cannot be drawn ends it. */
  draw(): AsyncGenerator<PageSizes | FileFault>;
  close(): Promise<void>;
}

/** Opens a PDF in a thread of its own, which is ended when a page takes too long. */
export async function openPdf(bytes: Uint8Array, { timeoutMs = TIMEOUT_MS }: { timeoutMs?: number } = {}): Promise<OpenPdf | FileFault> {
  const thread = startThread(bytes, timeoutMs);
  const opened = await thread.answer();
  const fault = "fault" in opened ? opened.fault : "pages" in opened ? whyPagesAreRefused(opened.pages) : "file_broken";
  if (fault || !("pages" in opened)) {
    await thread.end();
    return fault ?? "file_broken";
  }
  const { pages } = opened;
  return {
    pages,
    async *draw() {
      let next = thread.ask(1);
      for (let page = 1; page <= pages; page++) {
        const drawn = await next;
        if (!("pixels" in drawn)) {
          yield "fault" in drawn ? drawn.fault : "file_broken";
          return;
        }
        if (page < pages) next = thread.ask(page + 1);
        const { width, height, pixels } = drawn;
        yield makeSizes(sharp(pixels, { raw: { width, height, channels: 4 } }));
      }
    },
    close: () => thread.end(),
  };
}

function startThread(bytes: Uint8Array, timeoutMs: number) {
  const worker = new Worker(START, {
    eval: true,
    workerData: bytes,
    execArgv: [],
    env: {},
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  let settle: (given: PdfAnswer) => void = () => {};
  worker.on("message", (given: PdfAnswer) => settle(given));
  for (const event of ["error", "exit"]) worker.on(event, () => settle({ fault: "file_broken" }));
  const answer = () =>
    new Promise<PdfAnswer>((resolve) => {
      const timer = setTimeout(() => resolve({ fault: "file_too_complex" }), timeoutMs);
      settle = (given) => {
        clearTimeout(timer);
        resolve(given);
      };
    });
  return {
    answer,
    ask(page: number): Promise<PdfAnswer> {
      worker.postMessage(page);
      return answer();
    },
    end: async () => void (await worker.terminate()),
  };
}
