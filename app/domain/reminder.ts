import { z } from "zod";
import type { Times } from "./consultation.ts";
import type { Problem } from "./problem.ts";
import { addDays, shanghaiDay, shanghaiTime, startOfDay } from "./shanghai-day.ts";

/** Of one consultation, whoever starts them: a vote is not pressed out of anybody. */
export const MOST_REMINDERS = 2;

/** Nobody's phone rings at night: the hours in Shanghai from and until which reminders are sent. */
const FIRST_HOUR = 8;
const LAST_HOUR = 21;

/** Whether the own phone gets reminders from now on. */
export const remindersForm = z.object({ reminders: z.enum(["on", "off"], { error: "missing" }) });

export type ReminderRefusal = "reminder_too_late" | "reminded_twice" | "reminded_today" | "reminder_at_night" | "nobody_to_remind";

/** The moment after which a reminder of this day is not sent any more. */
export function endOfReminding(now: Date): Date {
  return new Date(startOfDay(shanghaiDay(now)).getTime() + LAST_HOUR * 3_600_000);
}

/**
 * Why owners cannot be reminded now: only while ballots are taken, twice at most, not twice on one day, not at night.
 *
 * @param sent when the consultation's reminders were sent
 */
export function whyReminderIsRefused({ closesAt, closedAt }: Pick<Times, "closesAt" | "closedAt">, sent: readonly Date[], now: Date): Problem<ReminderRefusal> | null {
  if (closedAt || now > closesAt) return { code: "reminder_too_late" };
  if (sent.length >= MOST_REMINDERS) return { code: "reminded_twice" };
  if (sent.some((at) => shanghaiDay(at) === shanghaiDay(now))) return { code: "reminded_today" };
  const hour = Number(shanghaiTime(now).slice(0, 2));
  return hour < FIRST_HOUR || hour >= LAST_HOUR ? { code: "reminder_at_night" } : null;
}

/**
 * Whether the portal reminds now by itself: from a day on that lies so many days before the deadline, once for each.
 * A day on which the consultation was not yet open, or was only just opened, is passed over; a reminder that a clerk
 * sent on that day, the day before or since stands for it.
 *
 * @param days how many days before the deadline, the most first
 */
export function isReminderDue(times: Times, { days, sent }: { days: readonly number[]; sent: readonly Date[] }, now: Date): boolean {
  if (whyReminderIsRefused(times, sent, now)) return false;
  const planned = days.map((before) => addDays(shanghaiDay(times.closesAt), -before));
  const due = planned.findLast((day) => day > shanghaiDay(times.openedAt) && day <= shanghaiDay(now));
  return due !== undefined && !sent.some((at) => shanghaiDay(at) >= addDays(due, -1));
}
