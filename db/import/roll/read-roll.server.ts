import { groupHeads, ROLL_LIMITS, type RollReading } from "#app/domain/roll.ts";
import { readCsvTable } from "./csv-table.server.ts";
import { decodeText } from "./decode-text.ts";
import { FlatReader } from "./flats.ts";
import { findHeader, headerFaults } from "./headers.ts";
import { refuse, type Refused, type Table } from "./table.ts";
import { readSheets, type Sheet } from "./xlsx-table.server.ts";

const startsWith = (bytes: Uint8Array, magic: readonly number[]) => magic.every((byte, i) => bytes[i] === byte);
const ZIP_MAGIC = [0x50, 0x4b, 0x03, 0x04];
/** Workbooks until Excel 2003, and newer ones with a password. */
const OLE_MAGIC = [0xd0, 0xcf, 0x11, 0xe0];

type Source = NonNullable<RollReading["source"]>;

function nothingRead({ refused }: Refused, source: Source | null = null): RollReading {
  const totals = { units: 0, area: 0, voters: 0 };
  return { flats: [], heads: [], questions: [], faults: [refused], warnings: [], totals, source };
}

function chooseSheet(sheets: readonly Sheet[], wanted: string | undefined): Sheet | Refused {
  const names = (some: readonly Sheet[]) => some.map((sheet) => sheet.name).join("、");
  if (wanted !== undefined) {
    return sheets.find((sheet) => sheet.name === wanted) ?? refuse("no_such_sheet", wanted, names(sheets));
  }
  const [first] = sheets;
  if (first === undefined) return refuse("file_empty");
  const rolls = sheets.filter((sheet) => !("refused" in findHeader(sheet.table)));
  return rolls.length > 1 ? refuse("several_sheets", names(rolls)) : rolls[0] ?? first;
}

async function readTable(
  bytes: Uint8Array,
  sheetName: string | undefined
): Promise<{ table: Table; source: Source } | Refused> {
  if (bytes.length === 0) return refuse("file_empty");
  if (bytes.length > ROLL_LIMITS.fileBytes)
    return refuse("file_too_large", String(bytes.length), ROLL_LIMITS.fileBytes);
  if (startsWith(bytes, OLE_MAGIC)) return refuse("old_workbook");
  if (startsWith(bytes, ZIP_MAGIC)) {
    const sheets = await readSheets(bytes);
    if ("refused" in sheets) return sheets;
    const sheet = chooseSheet(sheets, sheetName);
    if ("refused" in sheet) return sheet;
    const source: Source = { format: "xlsx", encoding: null, separator: null, sheet: sheet.name, headerLine: null };
    return { table: sheet.table, source };
  }
  const decoded = decodeText(bytes);
  if ("refused" in decoded) return decoded;
  const read = readCsvTable(decoded.text);
  if ("refused" in read) return read;
  const { encoding } = decoded;
  const source: Source = { format: "csv", encoding, separator: read.separator, sheet: null, headerLine: null };
  return { table: read.table, source };
}

/**
 * Reads an owners' roll as a committee keeps it, CSV or XLSX, into flats, heads and what a clerk must look at.
 * Never throws for what a file holds: whatever is wrong is in `faults`, each with its line and column.
 * @param options.sheet the sheet to read where several hold a roll
 */
export async function readRoll(bytes: Uint8Array, options: { sheet?: string } = {}): Promise<RollReading> {
  const read = await readTable(bytes, options.sheet);
  if ("refused" in read) return nothingRead(read);
  const { table, source } = read;
  if (table.length === 0) return nothingRead(refuse("file_empty"), source);
  const header = findHeader(table);
  if ("refused" in header) return nothingRead(header, source);
  source.headerLine = header.line;
  if (header.width > ROLL_LIMITS.columns) {
    return nothingRead(refuse("too_many_columns", String(header.width), ROLL_LIMITS.columns, header.line), source);
  }
  const below = table.filter((row) => row.line > header.line);
  if (below.length > ROLL_LIMITS.rows) {
    return nothingRead(refuse("too_many_rows", String(below.length), ROLL_LIMITS.rows), source);
  }
  const unclear = headerFaults(header);
  const reader = new FlatReader(header, source.separator);
  if (unclear.length === 0) {
    for (const row of below) reader.read(row);
    if (reader.rows === 0) reader.faults.push(refuse("no_flats").refused);
  }
  const { flats, warnings } = reader;
  const faults = [...unclear, ...reader.faults];
  const { heads, questions } = groupHeads(flats);
  const area = flats.reduce((sum, flat) => sum + flat.area, 0);
  return {
    flats,
    heads,
    questions,
    faults,
    warnings,
    totals: { units: flats.length, area, voters: heads.length },
    source,
  };
}
