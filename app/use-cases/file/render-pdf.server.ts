import path from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import sharp from "sharp";
import { whyPagesAreRefused, type FileFault } from "#app/domain/files.ts";
import { makeSizes, type PageSizes } from "./page-sizes.server.ts";

/** What the thread that draws says: how many pages there are, one of them as RGBA, or why not. */
export type PdfAnswer = { pages: number } | { width: number; height: number; pixels: Uint8Array<ArrayBuffer> } | { fault: FileFault };

/** What the thread is given: the document, and the bytes of memory that the engine may take for it. */
export interface PdfTask {
  bytes: Uint8Array;
  mostMemory: number;
}

/** How much a document may take, so that a hostile one is refused and does not bring the machine down. */
const LIMITS = {
  /** To open, and for each page. */
  timeoutMs: 20_000,
  /** From the first page to the last. */
  wholeMs: 300_000,
  mostMemory: 768 * 1024 * 1024,
};

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
export async function openPdf(bytes: Uint8Array, given: Partial<typeof LIMITS> = {}): Promise<OpenPdf | FileFault> {
  const limits = { ...LIMITS, ...given };
  const thread = startThread(bytes, limits);
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
      const start = performance.now();
      let next = thread.ask(1);
      for (let page = 1; page <= pages; page++) {
        const drawn = await next;
        if (!("pixels" in drawn)) {
          yield "fault" in drawn ? drawn.fault : "file_broken";
          return;
        }
        if (performance.now() - start > limits.wholeMs) {
          yield "file_too_complex";
          return;
        }
        if (page < pages) next = thread.ask(page + 1);
        const { width, height, pixels } = drawn;
        yield makeSizes(sharp(pixels, { raw: { width, height, channels: 4 } })).catch(() => "file_too_complex" as const);
      }
    },
    close: () => thread.end(),
  };
}

function startThread(bytes: Uint8Array, { timeoutMs, mostMemory }: typeof LIMITS) {
  const task: PdfTask = { bytes, mostMemory };
  const worker = new Worker(START, {
    eval: true,
    workerData: task,
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
