import { CsvError } from "csv-parse";
import { parse } from "csv-parse/sync";
import { ROLL_LIMITS } from "#app/domain/roll.ts";
import { fieldsNamed } from "./headers.ts";
import { refuse, type Refused, type Table } from "./table.ts";

const SEPARATORS = [",", ";", "\t", "，"] as const;
const SEARCHED_LINES = 100;
/** Blank lines count too: they cost memory before they are dropped. */
const MOST_LINES = ROLL_LIMITS.rows * 5;
const MOST_RECORD_CHARACTERS = ROLL_LIMITS.columns * ROLL_LIMITS.cellCharacters * 4;

const unquoted = (text: string) => text.trim().replace(/^"(.*)"$/s, "$1");

/** Finds the separator: the one by which a line names most headers, and if none does, by which most lines agree. */
function findSeparator(text: string): string {
  const lines = text.split("\n", SEARCHED_LINES).filter((line) => line.trim() !== "");
  const ranked = SEPARATORS.map((separator) => {
    const split = lines.map((line) => line.split(separator));
    const named = Math.max(0, ...split.map((cells) => fieldsNamed(cells.map(unquoted))));
    const widths = split.map((cells) => cells.length).filter((width) => width > 1);
    const agreeing = Math.max(0, ...widths.map((width) => widths.filter((other) => other === width).length));
    return { separator, named, agreeing };
  });
  ranked.sort((a, b) => b.named - a.named || b.agreeing - a.agreeing);
  return ranked[0]?.separator ?? ",";
}

/** Excel's way of keeping digits as text in CSV: ="0021". */
const unwrapped = (text: string) => text.replace(/^\s*="([^"]*)"\s*$/, "$1");

/** Reads separated text into rows that hold anything; each keeps the line on which it begins. */
export function readCsvTable(text: string): { table: Table; separator: string } | Refused {
  let lines = 1;
  for (let i = text.indexOf("\n"); i >= 0; i = text.indexOf("\n", i + 1)) lines += 1;
  if (lines > MOST_LINES) return refuse("too_many_rows", String(lines), ROLL_LIMITS.rows);
  const separator = findSeparator(text);
  const table: Table = [];
  let line = 1;
  try {
    parse(text, {
      delimiter: separator,
      record_delimiter: "\n",
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: MOST_RECORD_CHARACTERS,
      on_record(record: string[], { lines: lastLine }) {
        const cells = record.map((cell) => ({ text: unwrapped(cell), number: false }));
        if (cells.some((cell) => cell.text.trim() !== "")) table.push({ line, cells });
        line = lastLine + 1;
        return null;
      },
    });
    return { table, separator };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code === "CSV_QUOTE_NOT_CLOSED") return refuse("quote_not_closed", "", undefined, line);
    if (error.code === "CSV_MAX_RECORD_SIZE") return refuse("cell_too_long", "", ROLL_LIMITS.cellCharacters, line);
    throw error;
  }
}
