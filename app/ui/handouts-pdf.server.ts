import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { setImmediate } from "node:timers/promises";
import PDFDocument from "pdfkit";
import { encode } from "uqr";
import type { HandoutConsultation, HandoutPart, ScannedFlat } from "#app/domain/handouts.ts";
import { handoutParts, inGroups, signsMissing } from "#app/domain/handouts.ts";
import { desk } from "#app/i18n/zh-CN/desk.ts";
import { authorisationHandout, ballotHandout, GETA, handouts, roomOf, type BallotHandout } from "#app/i18n/zh-CN/handouts.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { ui } from "#app/i18n/zh-CN/ui.ts";
import { qrPath } from "./qr-code.tsx";

export interface Stack {
  title: string;
  consultation: HandoutConsultation;
  parts: readonly HandoutPart[];
  /** Where the flats are, for the window of an envelope. */
  address: string;
  /** What stands at the edge of every page; null for nothing. */
  notice: string | null;
  /** In the order of the stack. A flat without a slip gets none. */
  flats: readonly (ScannedFlat & { slip: { code: string; url: string } | null })[];
  /** Told after each flat how many are drawn. */
  onFlat?: (drawn: number) => Promise<void>;
}

const MM = 72 / 25.4;
const SIDE = 16 * MM;
const TOP = 13 * MM;
/** What no printer reaches below, and what stays free above it for the number of the page. */
const EDGE = (297 - 8) * MM;
const BOTTOM = EDGE - 7 * MM;
const MARGINS = { top: TOP, bottom: 8 * MM, left: SIDE, right: SIDE };
const WIDTH = (210 - 32) * MM;
/** Body text, in points. */
const BODY = 16;

type Doc = PDFKit.PDFDocument;

interface Fonts {
  regular: Buffer;
  bold: Buffer;
  has: (codePoint: number) => boolean;
}

let loaded: Fonts | undefined;

/** Both weights, read once; a sign counts as there only if it is in the font itself. */
function fonts(): Fonts {
  if (loaded) return loaded;
  const find = createRequire(import.meta.url).resolve;
  const [regular, bold] = ["400Regular/NotoSansSC_400Regular", "700Bold/NotoSansSC_700Bold"].map((file) => readFileSync(find(`@expo-google-fonts/noto-sans-sc/${file}.ttf`)));
  if (!regular || !bold) throw new Error("no font");
  const doc = new PDFDocument({ autoFirstPage: false });
  // pdfkit has no way of its own to ask for a sign; its type leaves out the font that it has opened.
  const { font } = (doc.font(regular) as unknown as { _font: { font: { hasGlyphForCodePoint(codePoint: number): boolean } } })._font;
  loaded = { regular, bold, has: (codePoint) => font.hasGlyphForCodePoint(codePoint) };
  return loaded;
}

/** What of these texts a PDF cannot show. */
export function signsNotPrinted(texts: readonly string[]): string[] {
  return signsMissing(texts, fonts().has);
}

/**
 * The stack of one stairwell as a PDF, its flats in order, the sheets of each flat together: text that can be selected,
 * fonts embedded as far as they are used. Each page says which of the stack it is, so that a missing one is noticed. A
 * sign that the font lacks stands as 〓 and is named at the foot of its sheet.
 */
export async function drawStack({ title, consultation, parts, address, notice, flats, onFlat }: Stack): Promise<{ bytes: Uint8Array; pages: number }> {
  const { regular, bold } = fonts();
  const doc = new PDFDocument({ size: "A4", margins: MARGINS, autoFirstPage: false, bufferPages: true, lang: "zh-CN", displayTitle: true, info: { Title: title } });
  const chunks: Uint8Array[] = [];
  doc.on("data", (chunk: Uint8Array) => chunks.push(chunk));
  const ended = new Promise((resolve) => doc.on("end", resolve));
  const trial = new PDFDocument({ size: "A4", autoFirstPage: false });
  for (const one of [doc, trial]) one.registerFont("regular", regular).registerFont("bold", bold);
  if (notice !== null) doc.on("pageAdded", () => edgeNotice(doc, notice));
  const sheets: { room: string; pages: number }[] = [];
  for (const [index, flat] of flats.entries()) {
    for (const part of handoutParts.filter((one) => parts.includes(one))) {
      if (part === "ballots") sheets.push(drawSheet(doc, trial, flat.room, (page) => ballot(page, ballotHandout(consultation, flat), flat)));
      if (part === "authorisations") sheets.push(drawSheet(doc, trial, flat.room, (page) => authorisation(page, consultation, flat)));
      const { slip } = flat;
      if (part === "slips" && slip) sheets.push(drawSheet(doc, trial, flat.room, (page) => letter(page, consultation, address, flat.room, slip)));
    }
    // A page takes tens of milliseconds: in between, others are served.
    await setImmediate();
    await onFlat?.(index + 1);
  }
  const pages = sheets.flatMap(({ room, pages: own }) => Array.from({ length: own }, (_, index) => ({ room, page: index + 1, pages: own })));
  for (const [index, page] of pages.entries()) numberPage(doc, index, pages.length, page);
  doc.end();
  await ended;
  return { bytes: Buffer.concat(chunks), pages: pages.length };
}

/** At the foot of a page: which of its sheet's it is, where that has several, and which of the whole stack. */
function numberPage(doc: Doc, index: number, all: number, { room, page, pages }: { room: string; page: number; pages: number }): void {
  doc.switchToPage(index);
  doc.font("regular").fontSize(BODY).fillColor("black");
  const at = (text: string, x: number) => doc.text(text, x, BOTTOM + 0.5 * MM, { lineBreak: false });
  if (pages > 1) at(handouts.stack.sheet(room, page, pages), SIDE);
  const place = handouts.stack.place(index + 1, all);
  at(place, SIDE + WIDTH - doc.widthOfString(place));
}

/** Down the right edge, where no sheet has anything else. */
function edgeNotice(doc: Doc, notice: string): void {
  const size = 5.6 * MM;
  const [left, top] = [(210 - 13) * MM, 100 * MM];
  doc.save().lineWidth(1.5).rect(left, top, size + 2 * MM, notice.length * size + 4 * MM).stroke();
  doc.font("bold").fontSize(BODY).fillColor("black");
  for (const [index, sign] of [...notice].entries()) doc.text(sign, left, top + 1.2 * MM + index * size, { width: size + 2 * MM, align: "center", lineBreak: false });
  doc.restore();
}

/** A sheet with a pen that goes down it, and on to further pages where one is not enough. */
interface Sheet {
  doc: Doc;
  room: string;
  y: number;
  pages: number;
  /** What the space between the parts is multiplied by. */
  space: number;
  missing: Set<string>;
}

/** With as much space between its parts as leaves it on one page; the least where it needs more pages anyhow. */
function drawSheet(doc: Doc, trial: Doc, room: string, draw: (page: Sheet) => void): { room: string; pages: number } {
  const on = (where: Doc, space: number) => {
    where.addPage({ size: "A4", margins: MARGINS });
    const page: Sheet = { doc: where, room, y: TOP, pages: 1, space, missing: new Set() };
    draw(page);
    return page;
  };
  const spaces = [1, 0.6, 0.3];
  return on(doc, spaces.find((space) => on(trial, space).pages === 1) ?? 0.3);
}

/** On to a new page, which says whose sheet it goes on, where less than this height is left. */
function keepFree(page: Sheet, height: number): void {
  if (page.y + height <= BOTTOM) return;
  page.doc.addPage({ size: "A4", margins: MARGINS });
  page.pages++;
  page.y = TOP;
  write(page, handouts.stack.continued(page.room), { bold: true, after: 6 * MM });
}

interface Style {
  bold?: boolean;
  size?: number;
  x?: number;
  width?: number;
  after?: number;
}

function write(page: Sheet, text: string, { bold = false, size = BODY, x = SIDE, width = WIDTH, after = 2 * MM }: Style = {}): void {
  const missing = signsNotPrinted([text]);
  for (const sign of missing) page.missing.add(sign);
  const shown = [...text].map((sign) => (missing.includes(sign) ? GETA : sign)).join("");
  page.doc.font(bold ? "bold" : "regular").fontSize(size);
  const layout = { width, lineGap: -0.12 * size };
  const height = page.doc.heightOfString(shown, layout);
  keepFree(page, height);
  page.doc.font(bold ? "bold" : "regular").fontSize(size).fillColor("black").text(shown, x, page.y, layout);
  page.y = page.doc.y + after * page.space;
}

function rule(page: Sheet, thickness = 0.8): void {
  page.doc.lineWidth(thickness).moveTo(SIDE, page.y).lineTo(SIDE + WIDTH, page.y).stroke();
  page.y += 4 * MM * page.space;
}

function code(page: Sheet, url: string, x: number, y: number, side: number): void {
  const { data, size } = encode(url, { ecc: "M", border: 4 });
  page.doc.save().translate(x, y).scale(side / size).path(qrPath(data)).fill("black").restore();
}

/** Where the sheet belongs, its room in the largest type, and the code in the corner. */
function head(page: Sheet, handout: Pick<BallotHandout, "title" | "committee" | "place" | "number">, flat: { room: string }, scan?: { url: string; label: string; area: string }): void {
  const width = WIDTH - 44 * MM;
  const after = 1 * MM;
  if (scan) {
    code(page, scan.url, SIDE + WIDTH - 40 * MM, TOP - 3 * MM, 40 * MM);
    const y = page.y;
    page.y = TOP + 36 * MM;
    write(page, scan.label, { x: SIDE + WIDTH - 36 * MM, width: 36 * MM });
    page.y = y;
  }
  write(page, handout.committee, { width, after });
  write(page, handout.title, { bold: true, size: 25, width, after });
  write(page, handout.place, { bold: true, width, after });
  write(page, handout.number, { width, after });
  if (scan) write(page, scan.area, { width, after });
  const { room, unit } = roomOf(flat);
  const top = page.y;
  write(page, room, { bold: true, size: 64, after: 0 });
  const next = page.y;
  const wide = page.doc.widthOfString(room);
  page.y = top + 11.5 * MM;
  write(page, unit, { bold: true, size: 30, x: SIDE + wide + 4 * MM, width: 20 * MM });
  page.y = next;
  rule(page, 1.5);
}

function boxes(page: Sheet, choices: readonly string[]): void {
  keepFree(page, 13 * MM);
  const top = page.y;
  let x = SIDE;
  for (const choice of choices) {
    page.doc.lineWidth(1.5).rect(x, top, 9 * MM, 9 * MM).stroke();
    page.y = top + 0.2 * MM;
    write(page, choice, { bold: true, size: 21, x: x + 12 * MM, width: 50 * MM, after: 0 });
    x += 12 * MM + page.doc.widthOfString(choice) + 14 * MM;
  }
  page.y = top + 13 * MM;
}

/** Lines to write on, two in a row, each after its words. */
function lines(page: Sheet, labels: readonly string[]): void {
  const half = (WIDTH - 8 * MM) / 2;
  for (const pair of inGroups(labels, 2)) {
    keepFree(page, 16 * MM);
    const top = page.y;
    const ends = pair.map((label, index) => {
      const x = SIDE + index * (half + 8 * MM);
      page.y = top;
      write(page, label, { x, width: half - 25 * MM, after: 0 });
      const start = x + Math.min(page.doc.widthOfString(label), half - 25 * MM) + 2 * MM;
      page.doc.lineWidth(0.8).moveTo(start, page.y).lineTo(x + half, page.y).stroke();
      return page.y;
    });
    // Room for a hand that writes, however tight the sheet is.
    page.y = Math.max(...ends) + 7 * MM;
  }
}

function foot(page: Sheet, handIn: string, call: string): void {
  rule(page);
  write(page, handIn, { bold: true });
  write(page, call);
  missingNote(page);
}

function missingNote(page: Sheet): void {
  if (page.missing.size > 0) write(page, handouts.stack.missingNote([...page.missing].map(namedSign).join("、")));
}

/** A sign that no font shows, by its number in Unicode. */
const namedSign = (sign: string) => `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase()}`;

/** Short facts stand two in a row, long ones below them. */
function facts(page: Sheet, all: BallotHandout["facts"]): void {
  const half = (WIDTH - 6 * MM) / 2;
  const needs = ({ term, value }: { term: string; value: string }) => page.doc.font("bold").fontSize(BODY).widthOfString(`${term}　${value}`) + 2 * MM;
  const short = all.filter((fact) => needs(fact) <= half);
  const row = (fact: { term: string; value: string }, x: number, width: number) => {
    const start = page.doc.font("bold").fontSize(BODY).widthOfString(`${fact.term}　`);
    keepFree(page, page.doc.heightOfString(fact.value, { width: width - start }));
    const top = page.y;
    write(page, fact.term, { x, width, after: 0 });
    page.y = top;
    write(page, fact.value, { bold: true, x: x + start, width: width - start, after: 0 });
    return top;
  };
  for (const pair of inGroups(short, 2)) {
    for (const [index, fact] of pair.entries()) {
      const top = row(fact, SIDE + index * (half + 6 * MM), half);
      if (index === 0 && pair.length === 2) page.y = top;
    }
  }
  for (const fact of all.filter((one) => !short.includes(one))) row(fact, SIDE, WIDTH);
}

function ballot(page: Sheet, handout: BallotHandout, flat: ScannedFlat): void {
  head(page, handout, flat, { url: flat.url, label: handout.scan, area: handout.area });
  write(page, handout.question, { bold: true, size: 21, after: 4 * MM });
  if (handout.facts.length > 0) {
    write(page, handout.planTitle, { bold: true });
    facts(page, handout.facts);
    page.y += 3 * MM;
  }
  write(page, handout.rule, { after: 4 * MM });
  write(page, handout.how);
  boxes(page, handout.choices);
  write(page, handout.sign, { after: 4 * MM });
  lines(page, [...handout.signers, handout.day]);
  foot(page, handout.handIn, handout.call);
}

function authorisation(page: Sheet, consultation: HandoutConsultation, flat: ScannedFlat): void {
  const handout = authorisationHandout(consultation, flat);
  head(page, handout, flat);
  write(page, `${handout.principal.label}　${handout.principal.names}`, { after: 4 * MM });
  write(page, handout.text, { after: 6 * MM });
  lines(page, handout.agent);
  write(page, handout.how);
  boxes(page, handout.choices);
  write(page, handout.note, { after: 6 * MM });
  lines(page, [...handout.signers, handout.proxy, handout.day]);
  foot(page, handout.handIn, handout.call);
}

/** The letter in a window envelope (DL): the address in its window, the code below. */
function letter(page: Sheet, consultation: HandoutConsultation, address: string, room: string, slip: { code: string; url: string }): void {
  const { community, place, committee, phone } = consultation;
  const name = `${community} ${place.building}${place.entrance}`;
  page.y = 20 * MM;
  write(page, committee, { bold: true, x: 20 * MM });
  page.y = 52 * MM;
  for (const [index, line] of [desk.slipTo(room), name, address].entries()) write(page, line, { bold: index === 0, x: 20 * MM, width: 90 * MM, after: 0 });
  page.y = 103 * MM;
  write(page, desk.slipHead, { bold: true, size: 24, after: 4 * MM });
  for (const paragraph of desk.slipText) write(page, paragraph);
  page.y += 4 * MM;
  const top = page.y;
  code(page, slip.url, SIDE, top, 42 * MM);
  const beside = { x: SIDE + 46 * MM, width: WIDTH - 46 * MM, after: 1 * MM };
  write(page, ui.sheet.scanOrType, beside);
  write(page, slip.url.replace(/^https?:\/\//, ""), beside);
  write(page, ui.sheet.code, beside);
  write(page, slip.code, { ...beside, bold: true, size: 24 });
  write(page, desk.slipCodeNote, beside);
  page.y = Math.max(page.y, top + 46 * MM);
  write(page, `${site.callCommittee} ${phone}`, { bold: true });
  missingNote(page);
}
