/** Whether a spreadsheet would take the text for a formula; some take the full-width signs for it as well (OWASP, CSV injection). */
export function startsFormula(text: string): boolean {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text);
}

/** Text as a field of CSV, in quotes where it holds a separator, a quote or a line break (RFC 4180). */
export function quoted(text: string): string {
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function cellOf(value: string | number | boolean): string {
  return quoted(typeof value === "string" && startsFormula(value) ? `'${value}` : String(value));
}

/**
 * Rows as CSV with their keys as the header line: quoted as in RFC 4180, lines ended by LF. Text that a spreadsheet would
 * run as a formula gets an apostrophe before it.
 */
export function toCsv<Row extends Record<string, string | number | boolean>>(columns: readonly (keyof Row & string)[], rows: readonly Row[]): string {
  const lines = rows.map((row) => columns.map((column) => cellOf(row[column] as string | number | boolean)).join(","));
  return [columns.join(","), ...lines].map((line) => `${line}\n`).join("");
}
