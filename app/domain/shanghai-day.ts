/** China has kept one time, UTC+8 without summer time, since 1992. */
const OFFSET = 8 * 3_600_000;
const DAY = 86_400_000;

/** The calendar day in Shanghai, as `2026-11-21`. */
export function shanghaiDay(at: Date): string {
  return new Date(at.getTime() + OFFSET).toISOString().slice(0, 10);
}

/** The clock in Shanghai, as `09:05`. */
export function shanghaiTime(at: Date): string {
  return new Date(at.getTime() + OFFSET).toISOString().slice(11, 16);
}

/** The first moment of a day in Shanghai. */
export function startOfDay(day: string): Date {
  return new Date(Date.parse(`${day}T00:00:00Z`) - OFFSET);
}

/** The last moment of a day in Shanghai: a period that ends on this day ends then. */
export function endOfDay(day: string): Date {
  return new Date(startOfDay(day).getTime() + DAY - 1);
}

/** The day `days` later. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** Whole days from one day to another; negative when `to` lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}

/** Whole days since a moment. */
export function daysSince(at: Date, now: Date): number {
  return Math.floor((now.getTime() - at.getTime()) / DAY);
}

/** Whether the text is a day that exists, as `2028-02-29`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}
