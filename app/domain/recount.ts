import { shanghaiDay } from "./shanghai-day.ts";

/** From three in the morning in Shanghai on, when hardly anybody is at it, a new night's recount is due. */
const BEGINS_MS = 3 * 3_600_000;

const nightOf = (moment: Date) => shanghaiDay(new Date(moment.getTime() - BEGINS_MS));

/** Whether the record is to be recounted: the newest recount, if there is one, was before this night. */
export function isRecountDue(newest: Date | null, now: Date): boolean {
  return newest === null || nightOf(newest) < nightOf(now);
}
