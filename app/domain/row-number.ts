import { z } from "zod";

/** Nine digits at most: what always fits into an integer of the database. */
const ROW_NUMBER = /^[1-9]\d{0,8}$/;

/** The number of a row that a form names. */
export const rowNumber = z.string({ error: "missing" }).min(1, { error: "missing", abort: true }).regex(ROW_NUMBER, { error: "unknown" }).transform(Number);

/** The number of a row in an address; 0, which no row has, for what is none. */
export function readRowNumber(text: string | null | undefined): number {
  return ROW_NUMBER.test(text ?? "") ? Number(text) : 0;
}
