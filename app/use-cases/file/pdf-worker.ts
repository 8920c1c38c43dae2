import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import { PDFiumLibrary, type PDFiumDocument } from "@hyzyla/pdfium";
import { pageScale } from "#app/domain/files.ts";
import { whyPdfIsRefused } from "./pdf-contents.ts";
import type { PdfAnswer, PdfTask } from "./render-pdf.server.ts";

const { bytes, mostMemory } = workerData as PdfTask;

/** Whether the engine was refused memory: it leaves out then what it has no room for, and the page is not what it shows. */
let exhausted = false;

/** PDFium, which asks for more memory through this import; a refusal ends the document and nothing else. */
async function openEngine(): Promise<PDFiumLibrary> {
  const wasm = await WebAssembly.compile(await readFile(createRequire(import.meta.url).resolve("@hyzyla/pdfium/pdfium.wasm")));
  return PDFiumLibrary.init({
    instantiateWasm(imports, done) {
      const env = imports["env"] ?? {};
      const grow = env["emscripten_resize_heap"] as (bytes: number) => boolean;
      const bounded = (size: number) => {
        if (size >>> 0 <= mostMemory) return grow(size);
        exhausted = true;
        return false;
      };
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
  if (scale === null) return say({ fault: "file_broken" });
  const { width, height, data } = await page.render({ scale, render: "bitmap", renderFormFields: true });
  if (exhausted) return say({ fault: "file_too_complex" });
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
