import { open, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CsvError, parse } from "csv-parse";
import { sql } from "kysely";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { DistrictFault, DistrictFile } from "#app/domain/district.ts";
import type { Tx } from "../../client.server.ts";
import type { FaultList } from "./faults.ts";
import type { Column, FileSpec } from "./files.ts";
import type { RowDigests } from "./row-digests.ts";

/** What goes to PostgreSQL in one piece. */
const PIECE = 64 * 1024;
/** As COPY reads it. */
const NULL = "\\N";
/** Longer than any row: a quote that is never closed must not swallow the file. */
const LONGEST_ROW = 64 * 1024;

/** Pieces that are held while nobody takes them. */
const AHEAD = 32;

interface Reading {
  folder: string;
  faults: FaultList;
  digests: RowDigests;
  onBytes: (file: DistrictFile, bytes: Buffer) => void;
}

export interface DistrictRows {
  spec: FileSpec;
  /** The rows as COPY reads them, each with the number of its line before its values. */
  text: Readable;
  /** Once `text` has ended: whether the file could be read to its end. */
  isWhole(): boolean;
}

/**
 * Reads a file, and collects what is wrong with its header, cells and rows. It starts at once and reads a little ahead
 * of whoever takes the rows, at most AHEAD pieces.
 *
 * The header names the columns, in any order, each of them once and no others.
 */
export function readRows(reading: Reading, spec: FileSpec): DistrictRows {
  const read = { whole: false };
  const text = Readable.from(copyText(reading, spec, read), { highWaterMark: AHEAD });
  // Whoever takes the rows gets the error; until then nobody else listens.
  text.on("error", () => {});
  text.read(0);
  return { spec, text, isWhole: () => read.whole };
}

/** Streams the rows into the temporary table of their file; answers whether these are all of them. */
export async function stageRows(tx: Tx, client: pg.PoolClient, { spec, text, isWhole }: DistrictRows): Promise<boolean> {
  const columns = spec.columns.map(({ name, staged = name, type }) => sql`${sql.ref(staged)} ${sql.raw(type)}`);
  await sql`create temporary table ${sql.table(spec.staged)} (line integer not null, ${sql.join(columns)}) on commit drop`.execute(tx);
  await pipeline(text, client.query(copyFrom(`copy ${spec.staged} from stdin`)));
  await sql`analyze ${sql.table(spec.staged)}`.execute(tx);
  return isWhole();
}

async function openFile(name: string): Promise<FileHandle | undefined> {
  try {
    const file = await open(name);
    if ((await file.stat()).isFile()) return file;
    await file.close();
    return undefined;
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EACCES"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}

async function* copyText(
  { folder, faults, digests, onBytes }: Reading,
  { file: name, columns, checkRow, stairwellOf }: FileSpec,
  read: { whole: boolean },
): AsyncGenerator<string> {
  const file = await openFile(path.join(folder, name));
  if (!file) {
    faults.add({ file: name, line: null, column: null, code: "file_missing", value: "", other: null });
    return;
  }
  const source = file.createReadStream({ highWaterMark: 4 * PIECE });
  const parser = parse({ bom: true, record_delimiter: ["\r\n", "\n"], relax_column_count: true, max_record_size: LONGEST_ROW });
  source.on("data", (bytes) => onBytes(name, bytes as Buffer));
  source.on("error", (error) => parser.destroy(error));
  source.pipe(parser);

  const names = columns.map((column) => column.name);
  let order: number[] | undefined;
  let cells: string[] = [];
  const values = columns.map(() => NULL);
  const cellOf = (column: string) => cells[order?.[names.indexOf(column)] ?? -1] ?? "";
  const valueOf = (column: string) => {
    const value = values[names.indexOf(column)];
    return value === undefined || value === NULL ? null : value;
  };
  let line = 1;
  let next = 1;
  let text = "";
  const add = (fault: Pick<DistrictFault, "column" | "code" | "value"> & { other?: string | undefined }) =>
    faults.add({ file: name, line, ...fault, other: fault.other ?? null });
  try {
    for await (cells of parser as AsyncIterable<string[]>) {
      line = next;
      next += linesOf(cells);
      if (order === undefined) {
        order = orderOf(names, cells, (code, column) => add({ column, code, value: column }));
        if (order === undefined) return;
        continue;
      }
      if (cells.length === 1 && cells[0] === "") continue;
      if (cells.length !== columns.length) {
        add({ column: null, code: "cell_count", value: String(cells.length), other: String(columns.length) });
        continue;
      }
      for (let i = 0; i < columns.length; i++) {
        const { name: column, read } = columns[i] as Column;
        const cell = cells[order[i] as number] as string;
        const value = read(cell);
        if (typeof value === "string") {
          values[i] = value.includes("\\") ? value.replaceAll("\\", "\\\\") : value;
        } else {
          values[i] = NULL;
          if (value !== null) add({ column, value: cell, ...value });
        }
      }
      text += `${line}\t${values.join("\t")}\n`;
      const wrong = checkRow?.(valueOf);
      if (wrong) add({ ...wrong, value: cellOf(wrong.column) });
      const stairwell = stairwellOf?.(cellOf);
      if (stairwell) digests.add(stairwell, name, cells);
      if (text.length >= PIECE) {
        yield text;
        text = "";
      }
    }
    if (order === undefined) {
      faults.add({ file: name, line: null, column: null, code: "file_empty", value: "", other: null });
      return;
    }
    read.whole = true;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    line = next;
    add({ column: null, code: "file_malformed", value: "" });
  } finally {
    source.destroy();
  }
  if (text !== "") yield text;
}

/** A row takes one line and as many more as its quoted cells have. */
function linesOf(cells: readonly string[]): number {
  let lines = 1;
  for (const cell of cells) {
    for (let i = cell.indexOf("\n"); i !== -1; i = cell.indexOf("\n", i + 1)) lines += 1;
  }
  return lines;
}

/** Where in a row each column stands, or undefined when the header is not as it must be. */
function orderOf(
  columns: readonly string[],
  header: readonly string[],
  wrong: (code: "column_missing" | "column_unknown" | "column_twice", column: string) => void,
): number[] | undefined {
  const names = header.map((name) => name.trim());
  for (const [i, name] of names.entries()) {
    if (!columns.includes(name)) wrong("column_unknown", name);
    else if (names.indexOf(name) !== i) wrong("column_twice", name);
  }
  const missing = columns.filter((name) => !names.includes(name));
  for (const name of missing) wrong("column_missing", name);
  return missing.length === 0 && names.length === columns.length ? columns.map((name) => names.indexOf(name)) : undefined;
}
