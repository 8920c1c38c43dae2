import { addDays, endOfDay, shanghaiDay } from "./shanghai-day.ts";

/** How long closing waits for scanned pages of paper that came in time and are not typed yet, in days. */
const LONGEST_WAIT = 3;

/**
 * From when on the portal closes a consultation by itself: at its deadline, or, while scanned pages of paper ballots
 * wait to be typed, three days later. Online nothing is taken after the deadline either way.
 */
export function whenToClose(closesAt: Date, waitingPages: number): Date {
  return waitingPages === 0 ? closesAt : endOfDay(addDays(shanghaiDay(closesAt), LONGEST_WAIT));
}
