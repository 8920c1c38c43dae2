/** What a spreadsheet would take for a formula at the start of a cell. */
const FORMULA = /^[=+\-@\t\r]/;

function cellOf(value: string | number | boolean): string {
  const text = typeof value === "string" && FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Rows as CSV with their keys as the header line: quoted as in RFC 4180, lines ended by LF. Text that a spreadsheet would
 * run as a formula gets an apostrophe before it.
 */
export function toCsv<Row extends Record<string, string | number | boolean>>(columns: readonly (keyof Row & string)[], rows: readonly Row[]): string {
  const lines = rows.map((row) => columns.map((column) => cellOf(row[column] as string | number | boolean)).join(","));
  return [columns.join(","), ...lines].map((line) => `${line}\n`).join("");
}
