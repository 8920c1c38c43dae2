import { z } from "zod";
import { day } from "./consultation-forms.ts";
import { LONGEST_PERIOD, type Times } from "./consultation.ts";
import type { Problem } from "./problem.ts";
import { addDays, endOfDay, shanghaiDay } from "./shanghai-day.ts";
import { sixDigits } from "./sign-in.ts";
import { linesText } from "./text.ts";

const reason = linesText(500);

export const extendForm = z.object({ closesOn: day, reason });
/** Taking a consultation back cannot be undone: the form asks for the authenticator's code again. */
export const withdrawForm = z.object({ reason, code: sixDigits });

/** All codes with which the way between opening and closing is refused; `i18n` has a sentence for each. */
export type CourseRefusal = "deadline_passed" | "not_later" | "ballots_cast" | "paper_waits";

type Refused = Problem<CourseRefusal | "not_open" | "before_deadline" | "period_too_long"> | null;

/** Why the deadline cannot be moved: only before it, to a later day, and within a year of the opening. */
export function whyExtensionIsRefused({ openedAt, closesAt, closedAt }: Times, { closesOn, now }: { closesOn: string; now: Date }): Refused {
  if (closedAt) return { code: "not_open" };
  if (now > closesAt) return { code: "deadline_passed", params: { day: shanghaiDay(closesAt) } };
  if (endOfDay(closesOn) <= closesAt) return { code: "not_later", at: "closesOn", params: { day: shanghaiDay(closesAt) } };
  const last = addDays(shanghaiDay(openedAt), LONGEST_PERIOD);
  return closesOn > last ? { code: "period_too_long", at: "closesOn", params: { last } } : null;
}

/**
 * Why a consultation that was opened by mistake cannot be taken back: somebody has voted, and a vote is not undone.
 *
 * @param ballots all on record, those that do not count any more as well
 */
export function whyWithdrawalIsRefused({ closedAt }: Pick<Times, "closedAt">, ballots: number): Refused {
  if (closedAt) return { code: "not_open" };
  return ballots > 0 ? { code: "ballots_cast" } : null;
}

/**
 * From when on the portal closes a consultation by itself: at its deadline, or, while paper ballots wait to be typed from
 * their scans or to be checked by a second person, some days later. Online nothing is taken after the deadline either way.
 *
 * @param waitingPaper pages that are not typed and ballots that are not checked yet
 * @param graceDays how long closing waits for them at most
 */
export function whenToClose(closesAt: Date, { waitingPaper, graceDays }: { waitingPaper: number; graceDays: number }): Date {
  return waitingPaper === 0 ? closesAt : endOfDay(addDays(shanghaiDay(closesAt), graceDays));
}

/** Why the portal does not close a consultation now. */
export function whyClosingWaits({ closesAt, closedAt }: Pick<Times, "closesAt" | "closedAt">, waiting: { waitingPaper: number; graceDays: number }, now: Date): Refused {
  if (closedAt) return { code: "not_open" };
  if (now <= closesAt) return { code: "before_deadline", params: { day: shanghaiDay(closesAt) } };
  return now <= whenToClose(closesAt, waiting) ? { code: "paper_waits" } : null;
}
