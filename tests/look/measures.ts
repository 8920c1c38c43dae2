import { get } from "node:http";
import type { Page } from "playwright-core";

/** What a page is measured against; lengths in CSS pixels. */
export interface Limits {
  /** Least contrast of text with what it stands on (WCAG 2.2). */
  contrast: number;
  /** Least width and height of what is pressed. */
  target: number;
  /** Smallest text. */
  text: number;
  /** Whether that holds for sheets to be printed, too: at the desk they are measured on paper. */
  sheets: boolean;
}

/** What was found at one width: the worst of each measure, and all that falls short, in words that find the place. */
export interface Measured {
  contrast: number;
  target: number;
  text: number;
  /** By how many pixels the page is wider than its window. */
  wider: number;
  faults: string[];
}

export type View = "normal" | "elder";

/** Public pages and those of residents; a desk at an office screen has 16 px and 15 px for what stands aside. */
export function limitsOf({ view, desk, width }: { view: View; desk: boolean; width: number }): Limits {
  const elder = view === "elder";
  return { contrast: 7, target: elder ? 60 : 48, text: elder ? 24 : desk && width >= 960 ? 15 : 18, sheets: !desk };
}

/**
 * Measures the page as it stands, with all that can be unfolded unfolded: every text that is seen against the colour
 * behind it, its size, everything that can be pressed, and whether anything has to be scrolled sideways.
 *
 * A link within a sentence may be as high as its line (WCAG 2.5.8, inline); a box to tick is as large as its label;
 * a link that leads where a larger one on the page leads too counts by that one (equivalent), and so does one that only
 * a mouse comes to.
 */
export function measure(page: Page, limits: Limits): Promise<Measured> {
  return page.evaluate(measureHere, limits);
}

/** Runs in the page: nothing from outside is in its reach. */
function measureHere(limits: Limits): Measured {
  type Colour = [red: number, green: number, blue: number, alpha: number];
  const faults: string[] = [];
  for (const fold of document.querySelectorAll("details:not([open])")) if (!fold.closest(".page-menu")) fold.setAttribute("open", "");
  const menu = document.querySelector<HTMLDetailsElement>(".page-menu");

  const colourOf = (text: string): Colour => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = (text.match(/-?[\d.]+(e-?\d+)?/g) ?? []).map(Number);
    return text.startsWith("color(srgb") ? [red * 255, green * 255, blue * 255, alpha] : [red, green, blue, alpha];
  };
  const over = (top: Colour, under: Colour): Colour => {
    const mix = (index: 0 | 1 | 2) => top[index] * top[3] + under[index] * (1 - top[3]);
    return [mix(0), mix(1), mix(2), 1];
  };
  const luminance = (colour: Colour) => {
    const [red = 0, green = 0, blue = 0] = colour.slice(0, 3).map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one: Colour, other: Colour) => {
    const [bright = 0, dim = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (bright + 0.05) / (dim + 0.05);
  };

  const known = new Map<Element, Colour[]>();
  /** The colours behind what stands in this element: more than one where it is striped. */
  const groundsOf = (at: Element | null): Colour[] => {
    if (!at) return [colourOf(getComputedStyle(document.documentElement).colorScheme === "dark" ? "rgb(18, 18, 18)" : "rgb(255, 255, 255)")];
    const found = known.get(at);
    if (found) return found;
    const { backgroundColor, backgroundImage } = getComputedStyle(at);
    const own = [backgroundColor, ...(backgroundImage.match(/(?:rgba?|color)\([^)]*\)/g) ?? [])].map(colourOf).filter(([, , , alpha]) => alpha > 0);
    const grounds = own.length > 0 && own.every(([, , , alpha]) => alpha === 1) ? own : groundsOf(at.parentElement).flatMap((under) => (own.length > 0 ? own.map((top) => over(top, under)) : [under]));
    known.set(at, grounds);
    return grounds;
  };
  /** What is painted behind a text of a drawing: the last shape before it that holds its middle. */
  const groundsInDrawing = (text: SVGGraphicsElement): Colour[] => {
    const box = text.getBoundingClientRect();
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    let behind: Colour | undefined;
    for (const shape of text.ownerSVGElement?.querySelectorAll<SVGGeometryElement>("rect, circle, ellipse, path, polygon") ?? []) {
      if (!(text.compareDocumentPosition(shape) & Node.DOCUMENT_POSITION_PRECEDING) || shape.closest("defs, symbol")) continue;
      const { fill, fillOpacity } = getComputedStyle(shape);
      const matrix = shape.getScreenCTM();
      if (fill === "none" || Number(fillOpacity) < 1 || !matrix) continue;
      if (shape.isPointInFill(new DOMPoint(x, y).matrixTransform(matrix.inverse()))) behind = colourOf(fill);
    }
    return behind ? [behind] : groundsOf(text.ownerSVGElement);
  };

  const name = (at: Element) => {
    const classes = at.getAttribute("class") ?? "";
    const own = `${at.tagName.toLowerCase()}${classes && `.${classes.split(" ")[0] ?? ""}`}`;
    const near = at.parentElement?.closest("[class]");
    return `${near ? `.${near.getAttribute("class")?.split(" ")[0] ?? ""} ` : ""}${own}“${(at.textContent ?? "").trim().slice(0, 18) || at.getAttribute("name") || ""}”`;
  };
  const isSeen = (at: Element) => at.checkVisibility({ visibilityProperty: true }) && !at.closest(".unseen, [aria-hidden='true'] text") && at.getClientRects().length > 0;
  const rounded = (value: number) => Math.floor(value * 100) / 100;

  let [worstContrast, smallestText, smallestTarget] = [21, 999, 999];
  const readText = (at: Element, colour: string, size: number, what: string) => {
    const grounds = at instanceof SVGGraphicsElement ? groundsInDrawing(at) : groundsOf(at);
    const ratio = Math.min(...grounds.map((ground) => contrast(over(colourOf(colour), ground), ground)));
    worstContrast = Math.min(worstContrast, ratio);
    const counts = limits.sheets || !at.closest(".sheet");
    if (counts) smallestText = Math.min(smallestText, size);
    if (ratio < limits.contrast - 0.005) faults.push(`contrast ${rounded(ratio)} ${what}`);
    if (counts && size < limits.text - 0.05) faults.push(`text ${rounded(size)} px ${what}`);
  };

  const measureTexts = (root: Element) => {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const done = new Set<Element>();
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const at = text.parentElement;
      if (!at || done.has(at) || text.textContent?.trim() === "" || /^(script|style|noscript|option|title|desc|template)$/i.test(at.tagName) || !isSeen(at)) continue;
      done.add(at);
      const style = getComputedStyle(at);
      const scale = at instanceof SVGGraphicsElement ? Math.abs(at.getScreenCTM()?.a ?? 1) : 1;
      readText(at, at instanceof SVGElement ? style.fill : style.color, Number.parseFloat(style.fontSize) * scale, name(at));
    }
    for (const field of root.querySelectorAll<HTMLInputElement>("input:not([type='hidden']), select, textarea")) {
      if (!isSeen(field) || /^(radio|checkbox|file|range)$/.test(field.type)) continue;
      const size = Number.parseFloat(getComputedStyle(field).fontSize);
      readText(field, getComputedStyle(field).color, size, name(field));
      if (field.placeholder) readText(field, getComputedStyle(field, "::placeholder").color, size, `placeholder of ${name(field)}`);
    }
  };

  /** Whether it stands among words of a sentence, not by itself. */
  const isInSentence = (at: Element) => {
    if (getComputedStyle(at).display !== "inline") return false;
    let block = at.parentElement;
    while (block && getComputedStyle(block).display === "inline") block = block.parentElement;
    const around = (block?.textContent ?? "").replace(/\s/g, "").length;
    const linked = [...(block?.querySelectorAll("a, button") ?? [])].reduce((sum, one) => sum + (one.textContent ?? "").replace(/\s/g, "").length, 0);
    return around - linked >= 2;
  };
  const sizeOf = (at: Element) => {
    const boxes = [at, ...(at instanceof HTMLInputElement && /^(radio|checkbox)$/.test(at.type) ? (at.labels ?? []) : [])].map((one) => one.getBoundingClientRect());
    return Math.min(Math.max(...boxes.map((box) => box.width)), Math.max(...boxes.map((box) => box.height)));
  };
  const measureTargets = (root: Element) => {
    const pressed = [...root.querySelectorAll("a[href], button, input:not([type='hidden']), select, textarea, summary, [role='button']")].filter(
      (at) => isSeen(at) && getComputedStyle(at).pointerEvents !== "none",
    );
    const reached = new Set(pressed.filter((at) => sizeOf(at) >= limits.target - 0.5).map((at) => at.getAttribute("href")));
    for (const at of pressed) {
      const size = sizeOf(at);
      if (size <= 1 || isInSentence(at) || at.getAttribute("tabindex") === "-1") continue;
      const href = at.getAttribute("href");
      if (href !== null && size < limits.target - 0.5 && reached.has(href)) continue;
      smallestTarget = Math.min(smallestTarget, size);
      if (size < limits.target - 0.5) faults.push(`target ${rounded(size)} px ${name(at)}`);
    }
  };

  measureTexts(document.body);
  measureTargets(document.body);
  // What the menu holds is measured unfolded, and folded again before the width is.
  if (menu && isSeen(menu)) {
    menu.open = true;
    measureTexts(menu);
    measureTargets(menu);
    menu.open = false;
  }
  const { documentElement: html } = document;
  const wider = html.scrollWidth - html.clientWidth;
  if (wider > 0) faults.push(`${wider} px sideways at ${innerWidth} px`);
  return { contrast: rounded(worstContrast), target: rounded(smallestTarget), text: rounded(smallestText), wider, faults: [...new Set(faults)] };
}

/** What a page weighs as it comes over the line, in bytes. */
export interface Weight {
  /** The page and its styles. */
  page: number;
  scripts: number;
  /** Photos and other pictures that people have uploaded. */
  photos: number;
}

/** Not every browser tells the size of what it loaded: each file is asked for once more, compressed as browsers get it. */
export async function weigh(page: Page): Promise<Weight> {
  const { html, files } = await page.evaluate(() => {
    const [page] = performance.getEntriesByType("navigation") as PerformanceResourceTiming[];
    return { html: page?.encodedBodySize ?? 0, files: [...new Set(performance.getEntriesByType("resource").map(({ name }) => name))] };
  });
  const weight: Weight = { page: html, scripts: 0, photos: 0 };
  for (const file of files) {
    const { pathname } = new URL(file);
    const kind = /\/files\/|\.(jpe?g|png|webp|avif)$/.test(pathname) ? "photos" : /\.m?js$/.test(pathname) ? "scripts" : "page";
    weight[kind] += await sizeOf(file);
  }
  return weight;
}

const sizes = new Map<string, Promise<number>>();

/** Bytes of a file's body as it comes over the line. */
function sizeOf(file: string): Promise<number> {
  const size =
    sizes.get(file) ??
    new Promise<number>((resolve, reject) => {
      const asking = get(file, { headers: { "Accept-Encoding": "gzip" } }, (answer) => {
        let bytes = 0;
        answer.on("data", (chunk: Buffer) => (bytes += chunk.length));
        answer.on("end", () => resolve(bytes));
        answer.on("error", reject);
      });
      asking.on("error", reject);
    });
  sizes.set(file, size);
  return size;
}

/** Bytes that a page may weigh without photos: one without scripts, one with. */
export const WEIGHTS = { plain: 50_000, scripts: 170_000 };
