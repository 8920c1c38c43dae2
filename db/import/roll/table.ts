import type { RollColumn, RollFault, RollFaultCode } from "#app/domain/roll.ts";

/** A cell as text; `number` says that a workbook keeps it as a number, which has no leading zeros and 15 digits. */
export interface Cell {
  text: string;
  number: boolean;
}

/** `line` as a person counts it in the editor or the sheet, from 1. */
export interface Row {
  line: number;
  cells: Cell[];
}

/** The rows of a file or sheet that hold anything, from top to bottom. */
export type Table = Row[];

export type Refused = { refused: RollFault };

/** A fault of the file as a whole. */
export function refuse(code: RollFaultCode, value = "", other?: string | number, line: number | null = null): Refused {
  return { refused: fault(code, line, null, value, other) };
}

const SHOWN_CHARACTERS = 80;

/** Writes a fault or a warning with its place; long values are cut. */
export function fault<Code extends string>(
  code: Code,
  line: number | null,
  column: RollColumn | null,
  value: string,
  other?: string | number
) {
  const characters = [...value];
  const shown = characters.length > SHOWN_CHARACTERS ? `${characters.slice(0, SHOWN_CHARACTERS).join("")}…` : value;
  return { line, column, code, value: shown, ...(other === undefined ? {} : { other }) };
}
