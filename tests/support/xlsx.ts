import { crc32, deflateRawSync } from "node:zlib";

/** Packs files into a deflated archive; `stated` lies about the unpacked size where a test needs it to. */
export function packZip(files: Readonly<Record<string, string | Buffer>>, stated?: number): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [path, text] of Object.entries(files)) {
    const name = Buffer.from(path);
    const content = Buffer.from(text);
    const packed = deflateRawSync(content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(stated ?? content.length, 18);
    common.writeUInt16LE(name.length, 22);
    locals.push(Buffer.from("PK\x03\x04"), common, name, packed);
    const offset = Buffer.alloc(14);
    offset.writeUInt32LE(at, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\0"), common, offset, name);
    at += 30 + name.length + packed.length;
  }
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(directory.length / 4, 8);
  end.writeUInt16LE(directory.length / 4, 10);
  end.writeUInt32LE(
    directory.reduce((sum, part) => sum + part.length, 0),
    12
  );
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, ...directory, end]);
}

/**
 * A cell of a workbook for tests: text, a number as its stored digits, a formula with the value calculated last
 * (null for none), a date by its serial number, or a text of several formats.
 */
export type XlsxCell =
  | string
  | { number: string }
  | { formula: string; value: string | null }
  | { date: number }
  | { rich: string[] }
  | null;

export interface XlsxSheet {
  name: string;
  rows: readonly (readonly XlsxCell[])[];
  merged?: readonly string[];
  /** What the sheet states about its size; some programs write A1 whatever it holds. */
  dimension?: string;
}

const escaped = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

function writeCell(cell: XlsxCell, place: string, strings: string[]): string {
  const shared = (inner: string) => `<c r="${place}" t="s"><v>${strings.push(`<si>${inner}</si>`) - 1}</v></c>`;
  if (cell === null) return `<c r="${place}"/>`;
  if (typeof cell === "string") return shared(`<t xml:space="preserve">${escaped(cell)}</t>`);
  if ("rich" in cell) return shared(cell.rich.map((part) => `<r><rPr><b/></rPr><t>${escaped(part)}</t></r>`).join(""));
  if ("date" in cell) return `<c r="${place}" s="1"><v>${cell.date}</v></c>`;
  if ("number" in cell) return `<c r="${place}"><v>${cell.number}</v></c>`;
  const value = cell.value === null ? "" : `<v>${cell.value}</v>`;
  return `<c r="${place}"><f>${escaped(cell.formula)}</f>${value}</c>`;
}

const columnName = (i: number): string =>
  (i < 26 ? "" : String.fromCharCode(64 + Math.floor(i / 26))) + String.fromCharCode(65 + (i % 26));

function writeSheet({ rows, merged = [], dimension }: XlsxSheet, strings: string[]): string {
  const written = rows.map((row, r) => {
    const cells = row.map((cell, i) => writeCell(cell, `${columnName(i)}${r + 1}`, strings));
    return `<row r="${r + 1}">${cells.join("")}</row>`;
  });
  const merges = merged.map((ref) => `<mergeCell ref="${ref}"/>`).join("");
  return (
    `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
    (dimension === undefined ? "" : `<dimension ref="${dimension}"/>`) +
    `<sheetData>${written.join("")}</sheetData>${merges === "" ? "" : `<mergeCells>${merges}</mergeCells>`}</worksheet>`
  );
}

const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/** The files of a workbook by path, to be packed or spoilt by a test first. */
export function workbookParts(sheets: readonly XlsxSheet[]): Record<string, string> {
  const strings: string[] = [];
  const written = sheets.map((sheet) => writeSheet(sheet, strings));
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  const names = sheets.map((sheet, i) => `<sheet name="${sheet.name}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`);
  const sheetRelations = sheets.map((_, i) => relation(`rId${i + 1}`, "worksheet", `worksheets/sheet${i + 1}.xml`));
  return {
    "[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
    "xl/workbook.xml": `<workbook xmlns:r="${OFFICE}"><sheets>${names.join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels":
      `<Relationships>${sheetRelations.join("")}` +
      `${relation("rIdS", "sharedStrings", "sharedStrings.xml")}${relation(
        "rIdT",
        "styles",
        "styles.xml"
      )}</Relationships>`,
    "xl/styles.xml": `<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
    "xl/sharedStrings.xml": `<sst>${strings.join("")}</sst>`,
    ...Object.fromEntries(written.map((xml, i) => [`xl/worksheets/sheet${i + 1}.xml`, xml])),
  };
}

export const writeXlsx = (...sheets: XlsxSheet[]): Buffer => packZip(workbookParts(sheets));
