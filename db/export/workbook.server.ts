import writeXlsx, { type Cell } from "write-excel-file/node";
import { cellText, type Sheet, type SheetKind, type SheetValue } from "#app/domain/sheet.ts";

/** China keeps one time, UTC+8; a workbook's dates have no zone. */
const OFFSET = 8 * 3_600_000;

const FORMATS = { area: "0.00", day: "yyyy-mm-dd", moment: "yyyy-mm-dd hh:mm" } as const;

/** write-excel-file 4.1.1 looks texts up in a plain object and mistakes "toString" for one that it has: such a one gets a space. */
const apart = (text: string) => (text in {} ? `${text} ` : text);

/** Text is stored as text, so that nothing in it is ever run or changed. */
function cellOf(value: SheetValue, kind: SheetKind): Cell {
  if (value === null) return null;
  switch (kind) {
    case "text":
      return { value: apart(cellText(String(value))), type: String };
    case "number":
      return { value: Number(value), type: Number };
    case "area":
      return { value: Number(value) / 100, type: Number, format: FORMATS.area };
    case "day":
      return { value: new Date(`${String(value)}T00:00:00Z`), type: Date, format: FORMATS.day };
    case "moment":
      return { value: new Date((value as Date).getTime() + OFFSET), type: Date, format: FORMATS.moment };
  }
}

const WIDTHS: Record<SheetKind, number> = { text: 18, number: 10, area: 12, day: 12, moment: 18 };

/** A workbook (XLSX) of one or several sheets, headings in bold and kept in sight. */
export function writeWorkbook(sheets: readonly Sheet[]): Promise<Buffer> {
  return writeXlsx(
    sheets.map(({ name, columns, rows }) => ({
      sheet: name,
      stickyRowsCount: 1,
      columns: columns.map(({ kind }) => ({ width: WIDTHS[kind] })),
      data: [
        columns.map(({ label }) => ({ value: label, type: String, fontWeight: "bold" as const })),
        ...rows.map((row) => columns.map(({ kind }, i) => cellOf(row[i] ?? null, kind))),
      ],
    })),
  ).toBuffer();
}
