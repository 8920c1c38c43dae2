import { PDFiumLibrary } from "@hyzyla/pdfium";
import type { Page } from "playwright-core";
import { encode } from "uqr";
import { site } from "#app/i18n/zh-CN/site.ts";
import { qrPath } from "#app/ui/qr-code.tsx";

/** What comes out of the printer for the page that is open, A4 unless the page asks for another size. */
export interface Printed {
  /** Millimetres of each kind of sheet. */
  sizes: string[];
  pages: number;
  /** What stands on each, without its spaces. */
  texts: string[];
  /** Pages that do not say that nothing in the demo counts. */
  unmarked: number[];
  /** Pages with nothing on them but that. */
  empty: number[];
  /** The smallest text, in points. */
  smallest: number;
  /** Of text; a laser printer makes dots of all but black. */
  colours: string[];
  /** Sheets and quarters with more on them than they hold. */
  cut: number;
  /** The smallest code without its quiet margin, in millimetres; null without any. */
  code: number | null;
  /** The modules of each code, as they are drawn. */
  codes: string[];
}

/** One for all prints of a file: starting it takes longer than reading a print. */
let reader: Promise<PDFiumLibrary> | undefined;

/** Prints the page that is open as a printer would, and reads each sheet of it. */
export async function readPrinted(page: Page): Promise<Printed> {
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const engine = await (reader ??= PDFiumLibrary.init());
  const file = await engine.loadDocument(pdf);
  const sheets = [...file.pages()].map((sheet) => {
    const { originalWidth: width, originalHeight: height } = sheet.getOriginalSize();
    return { text: sheet.getText().replaceAll(/\s+/g, ""), size: [width, height].map((pt) => Math.round((pt / 72) * 25.4)).join("×") };
  });
  file.destroy();
  const numbers = (wanted: (text: string) => boolean) => sheets.flatMap(({ text }, index) => (wanted(text) ? [index + 1] : []));
  await page.emulateMedia({ media: "print" });
  const seen = await page.evaluate(() => {
    const texts = document.createTreeWalker(document.querySelector("main") ?? document.body, NodeFilter.SHOW_TEXT);
    const points: number[] = [];
    const colours = new Set<string>();
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const at = text.parentElement;
      if (!at?.checkVisibility() || text.textContent?.trim() === "" || at.closest(".unseen, svg")) continue;
      points.push(Number.parseFloat(getComputedStyle(at).fontSize) * 0.75);
      colours.add(getComputedStyle(at).color);
    }
    const codes = [...document.querySelectorAll<SVGSVGElement>(".qr")].map((qr) => {
      const modules = qr.viewBox.baseVal.width;
      return ((qr.getBoundingClientRect().width * 25.4) / 96) * ((modules - 8) / modules);
    });
    return {
      smallest: Math.round(Math.min(...points) * 100) / 100,
      colours: [...colours],
      cut: [...document.querySelectorAll(".sheet:not([data-flow]), .quarter")].filter((one) => one.scrollHeight > one.clientHeight + 1).length,
      code: codes.length === 0 ? null : Math.min(...codes),
      codes: [...document.querySelectorAll(".qr-dark")].map((path) => path.getAttribute("d") ?? ""),
    };
  });
  await page.emulateMedia({ media: null });
  const marked = (text: string) => text.includes(site.demoPaper);
  return {
    ...seen,
    sizes: [...new Set(sheets.map(({ size }) => size))],
    pages: sheets.length,
    texts: sheets.map(({ text }) => text),
    unmarked: numbers((text) => !marked(text)),
    empty: numbers((text) => text.replaceAll(site.demoPaper, "").replace(/\d+\/\d+$/, "") === ""),
  };
}

/** The modules of the code that leads there. */
export const codeOf = (url: string) => qrPath(encode(url, { ecc: "M", border: 4 }).data);
