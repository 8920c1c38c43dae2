import { addDays } from "./shanghai-day.ts";

/** Days that differ from Monday to Friday, period by period, both ends included. */
export interface WorkCalendar {
  off: readonly { from: string; to: string }[];
  /** Saturdays and Sundays on which people work in exchange. */
  worked: readonly string[];
}

/**
 * Public holidays by the yearly notice of the State Council. For 2026: 国办发明电〔2025〕7号, 2025-11-04. In a year whose
 * notice is not here yet every Monday to Friday counts as a working day: a due date is then rather too early than too late.
 */
export const stateCalendar: WorkCalendar = {
  off: [
    { from: "2026-01-01", to: "2026-01-03" },
    { from: "2026-02-15", to: "2026-02-23" },
    { from: "2026-04-04", to: "2026-04-06" },
    { from: "2026-05-01", to: "2026-05-05" },
    { from: "2026-06-19", to: "2026-06-21" },
    { from: "2026-09-25", to: "2026-09-27" },
    { from: "2026-10-01", to: "2026-10-07" },
  ],
  worked: ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"],
};

/** Whether offices work on this day. */
export function isWorkingDay(day: string, { off, worked }: WorkCalendar = stateCalendar): boolean {
  if (worked.includes(day)) return true;
  if (off.some(({ from, to }) => from <= day && day <= to)) return false;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
}

/** The working day that is `count` working days after a day, which is not counted itself (Civil Code art. 201). */
export function addWorkingDays(day: string, count: number, calendar: WorkCalendar = stateCalendar): string {
  let at = day;
  for (let left = count; left > 0; ) {
    at = addDays(at, 1);
    if (isWorkingDay(at, calendar)) left--;
  }
  return at;
}
