import { formatArea } from "./area.ts";
import { quoted, startsFormula } from "./csv.ts";
import { shanghaiDay, shanghaiTime } from "./shanghai-day.ts";

/**
 * How a column's values are written: `number` whole numbers, `area` hundredths of a square metre, `day` as `2026-11-21`,
 * `moment` a Date, shown as the clock in Shanghai.
 */
export type SheetKind = "text" | "number" | "area" | "day" | "moment";

export interface SheetColumn {
  label: string;
  kind: SheetKind;
}

export type SheetValue = string | number | Date | null;

/** A table for a spreadsheet; each row has a value for each column, null where there is none. */
export interface Sheet {
  name: string;
  columns: readonly SheetColumn[];
  rows: readonly (readonly SheetValue[])[];
}

/** Figures of more than eleven digits or with a leading zero, dates and powers: what a spreadsheet turns into something else. */
const LOSES_ITS_FORM = /^(?!(?:0|[1-9]\d{0,10})$)[\d\s.,:/%()-]+$|^\d+(?:\.\d+)?e[+-]?\d+$/i;

/** Text that a spreadsheet keeps as it is; an apostrophe before it says so, and is taken off when it is read again. */
function kept(text: string): string {
  return startsFormula(text) || text.startsWith("'") || LOSES_ITS_FORM.test(text) ? `'${text}` : text;
}

/** Line breaks within a cell are LF everywhere, also those of old encodings, which readers of XML turn into one anyway. */
export function cellText(text: string): string {
  return text.replaceAll(/\r[\n\u0085]?|[\u0085\u2028\u2029]/g, "\n");
}

function csvCell(value: SheetValue, kind: SheetKind): string {
  if (value === null) return "";
  if (kind === "area") return formatArea(Number(value));
  if (value instanceof Date) return `${shanghaiDay(value)} ${shanghaiTime(value)}`;
  return kind === "text" ? quoted(kept(cellText(String(value)))) : String(value);
}

/** CSV that a spreadsheet opens as it is: UTF-8 with its mark, lines ended by CR LF, formulas and long figures kept as text. */
export function sheetCsv({ columns, rows }: Sheet): string {
  const lines = [columns.map(({ label }) => quoted(label)), ...rows.map((row) => columns.map(({ kind }, i) => csvCell(row[i] ?? null, kind)))];
  return `\uFEFF${lines.map((line) => `${line.join(",")}\r\n`).join("")}`;
}
