import { shanghaiDay, shanghaiTime } from "#app/domain/shanghai-day.ts";

/** 2026 年 11 月 21 日 */
export function longDay(day: string): string {
  const [year, month, date] = day.split("-").map(Number);
  return `${year} 年 ${month} 月 ${date} 日`;
}

/** 11 月 21 日, for what happens within months. */
export function shortDay(day: string): string {
  const [, month, date] = day.split("-").map(Number);
  return `${month} 月 ${date} 日`;
}

/** 11 月 21 日 09:05, for what happens within months. */
export function shortMoment(at: Date | string): string {
  const moment = new Date(at);
  const [, month, date] = shanghaiDay(moment).split("-").map(Number);
  return `${month} 月 ${date} 日 ${shanghaiTime(moment)}`;
}

/** 2026 年 11 月 21 日 09:05, for records. */
export function longMoment(at: Date | string): string {
  const moment = new Date(at);
  return `${longDay(shanghaiDay(moment))} ${shanghaiTime(moment)}`;
}

/** 09:05, for what happens within the hour. */
export function shanghaiClock(at: Date | string): string {
  return shanghaiTime(new Date(at));
}

/** The last moment of a period that ends with its day: 12 月 1 日 24:00 */
export function deadline(at: Date | string): string {
  const moment = new Date(at);
  return shortMoment(moment).replace(/23:59$/, "24:00");
}

/** The day of a moment, as a date field has it: 2026-12-01 */
export function dayOf(at: Date | string): string {
  return shanghaiDay(new Date(at));
}
