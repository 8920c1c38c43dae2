import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import { PDFiumLibrary, type PDFiumDocument } from "@hyzyla/pdfium";
import { pageScale } from "#app/domain/files.ts";
import { whyPdfIsRefused } from "./pdf-contents.ts";
import type { PdfAnswer } from "./render-pdf.server.ts";

/** What the engine may take for one document: a hostile one is refused and not the machine brought down. */
const MOST_MEMORY = 768 * 1024 * 1024;

const bytes = workerData as Uint8Array;

/** PDFium, which asks for more memory through this import; a refusal ends the document and nothing else. */
async function openEngine(): Promise<PDFiumLibrary> {
  const wasm = await WebAssembly.compile(await readFile(createRequire(import.meta.url).resolve("@hyzyla/pdfium/pdfium.wasm")));
  return PDFiumLibrary.init({
    instantiateWasm(imports, done) {
      const env = imports["env"] ?? {};
      const grow = env["emscripten_resize_heap"] as (bytes: number) => boolean;
      const bounded = (size: number) => size >>> 0 <= MOST_MEMORY && grow(size);
      const instance = new WebAssembly.Instance(wasm, { ...imports, env: { ...env, emscripten_resize_heap: bounded } });
      // Emscripten hands over the instance, whatever its type says.
      done(instance as unknown as WebAssembly.Module);
      return instance.exports;
    },
  });
}

function say(answer: PdfAnswer, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(answer, transfer);
}

/** Draws one page, with what was filled into it and written upon it. */
async function draw(document: PDFiumDocument, number: number): Promise<void> {
  const page = document.getPage(number - 1);
  const { originalWidth, originalHeight } = page.getOriginalSize();
  const scale = pageScale({ width: originalWidth, height: originalHeight });
  if (!Number.isFinite(scale)) return say({ fault: "file_broken" });
  const { width, height, data } = await page.render({ scale, render: "bitmap", renderFormFields: true });
  const pixels = new Uint8Array(data);
  say({ width, height, pixels }, [pixels.buffer]);
}

async function start(): Promise<void> {
  const fault = whyPdfIsRefused(bytes);
  if (fault) return say({ fault });
  const engine = await openEngine();
  const document = await engine.loadDocument(bytes);
  document.initializeFormFields();
  parentPort?.on("message", (page: number) => void draw(document, page).catch(() => say({ fault: "file_broken" })));
  say({ pages: document.getPageCount() });
}

start().catch((error: unknown) => {
  say({ fault: /password|security/i.test(String(error)) ? "file_encrypted" : "file_broken" });
});
