import { ROLL_COLUMNS, type RollRemark } from "./roll.ts";

/** Faults and warnings that are listed one by one; a file can have as many as cells. */
export const MOST_REMARKS = 200;

/** Shorter text has nothing in between to hide. */
const HIDDEN_FROM = 8;

/** The first three and the last four letters or digits: enough to find the cell, not to use what it holds. */
function hideMiddle(text: string): string {
  const sign = /[\p{L}\p{N}]/gu;
  const count = text.match(sign)?.length ?? 0;
  let at = 0;
  const hide = (letter: string) => (++at > 3 && at <= count - 4 ? "*" : letter);
  return count < HIDDEN_FROM ? text : text.replace(sign, hide);
}

/** A remark as it may be shown and printed, where IDs and phones do not stand in full. */
export function hideNumbers<Remark extends RollRemark<string>>(remark: Remark): Remark {
  const isNumber = remark.column === ROLL_COLUMNS.id || remark.column === ROLL_COLUMNS.phone;
  return { ...remark, value: isNumber ? hideMiddle(remark.value) : remark.value.replace(/\d{10,}[\dX]/gi, hideMiddle) };
}
