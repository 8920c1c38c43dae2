import readXlsxFile, { readSheetNames } from "read-excel-file/node";
import { ROLL_LIMITS } from "#app/domain/roll.ts";
import { refuse, type Cell, type Refused, type Table } from "./table.ts";
import { attributeOf, walkTags } from "./xml.ts";
import { unzip, zip } from "./zip.server.ts";

const MOST_UNPACKED = 64 * 1024 * 1024;
/** Every element becomes a node in memory; a roll of 20 000 rows and ten columns has 420 000 to 620 000. */
const MOST_TAGS = 1_500_000;

const isPart = (name: string) => /^xl\/(?:[^/]+\.xml|worksheets\/[^/]+\.xml|_rels\/workbook\.xml\.rels)$/.test(name);

/** A cell that holds nothing, or a formula that was never calculated. */
const EMPTY_CELL =
  /<((?:\w+:)?)c\b[^<>]*(?:\/>|>\s*(?:<\1f\b[^<>]*(?:\/>|>[^<]*<\/\1f>))?\s*(?:<\1v\s*\/>|<\1v>\s*<\/\1v>)?\s*<\/\1c>)/g;
const DIMENSION = /<(?:\w+:)?dimension\b[^<>]*>/g;

const columnNumber = (letters: string) =>
  [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);

/** Whether a cell lies within the largest roll; a row may be twice as far down, for blank ones between. */
function whyPlaceIsRefused(place: string | null): Refused | null {
  const found = /^([A-Z]{1,3})(\d{1,7})$/.exec(place ?? "");
  if (!found) return refuse("workbook_broken");
  const [, letters = "", row = ""] = found;
  if (columnNumber(letters) > ROLL_LIMITS.columns) return refuse("too_many_columns", letters, ROLL_LIMITS.columns);
  return Number(row) > ROLL_LIMITS.rows * 2 ? refuse("too_many_rows", row, ROLL_LIMITS.rows) : null;
}

/**
 * Takes a workbook apart within limits and packs its sheets anew for the reader, which believes what a file says of
 * itself: it makes a table as large as the farthest cell and drops the cells outside the stated dimension, for
 * which some programs write A1 whatever the sheet holds.
 */
async function repack(bytes: Uint8Array): Promise<Buffer | Refused> {
  const parts = await unzip(bytes, isPart, MOST_UNPACKED);
  if (parts === "too_large") return refuse("workbook_too_large");
  if (parts === "broken" || !parts.has("xl/workbook.xml")) return refuse("workbook_broken");
  const repacked = new Map<string, Buffer>();
  let tags = 0;
  for (const [name, content] of parts) {
    const xml = readXml(content);
    if (xml === null) return refuse("workbook_broken");
    const walked = walkTags<Refused>(xml, (tag, attributes) => {
      tags += 1;
      if (tags > MOST_TAGS) return refuse("workbook_too_large");
      return tag === "c" ? whyPlaceIsRefused(attributeOf(attributes, "r")) : null;
    });
    if (walked === "malformed") return refuse("workbook_broken");
    if (walked !== "whole") return walked;
    repacked.set(name, Buffer.from(xml, "utf8"));
  }
  return zip(repacked);
}

/** Any part may be named as a sheet, so all are treated as one; only sheets have cells and a dimension. */
function readXml(content: Buffer): string | null {
  try {
    const xml = new TextDecoder("utf-8", { fatal: true }).decode(content);
    return xml.replace(DIMENSION, "").replace(EMPTY_CELL, "");
  } catch {
    return null;
  }
}

/** Excel itself keeps 15 digits: 58.430000000000003 is 58.43. */
function writeNumber(stored: string): string {
  const number = Number(Number(stored).toPrecision(15));
  return Math.abs(number) < 1e21 && Math.abs(number) >= 1e-6 ? String(number) : stored;
}

/** A number as stored; everything else that a cell can hold reads as text. */
interface StoredNumber {
  stored: string;
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return { text: "", number: false };
  // Excel turns 3-1 into a date; whatever column it stands in, the date is shown and refused.
  if (value instanceof Date) return { text: value.toISOString().slice(0, 10), number: false };
  if (typeof value === "object" && "stored" in value) return { text: writeNumber(String(value.stored)), number: true };
  return { text: String(value).replace(/_x000D_|\r/g, ""), number: false };
}

export interface Sheet {
  name: string;
  table: Table;
}

type Values = readonly (readonly unknown[])[];

async function readValues(workbook: Buffer): Promise<[name: string, rows: Values][] | Refused> {
  try {
    const sheets: [string, Values][] = [];
    for (const [i, name] of (await readSheetNames(workbook)).entries()) {
      const parseNumber = (stored: string): StoredNumber => ({ stored });
      sheets.push([name, await readXlsxFile(workbook, { sheet: i + 1, parseNumber })]);
    }
    return sheets;
  } catch {
    // The reader throws plain errors, and TypeErrors too, for what it does not understand of a file.
    return refuse("workbook_broken");
  }
}

/** Reads the sheets of a workbook that hold anything. Formulas give the value calculated last. */
export async function readSheets(bytes: Uint8Array): Promise<Sheet[] | Refused> {
  const workbook = await repack(bytes);
  if ("refused" in workbook) return workbook;
  const sheets = await readValues(workbook);
  if ("refused" in sheets) return sheets;
  return sheets
    .map(([name, rows]) => ({
      name,
      table: rows
        .map((values, i) => ({ line: i + 1, cells: values.map(cellOf) }))
        .filter((row) => row.cells.some((cell) => cell.text.trim() !== "")),
    }))
    .filter((sheet) => sheet.table.length > 0);
}
