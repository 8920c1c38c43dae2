import { addDays, daysBetween, shanghaiDay, shanghaiTime } from "./shanghai-day.ts";

/** A plan is posted for ten natural days, then seven more are left for opinions: the practice of Pudong. */
export const PLAN_PERIOD = { posting: 10, opinions: 7 } as const;

/**
 * The last day of a period that begins with a publication. The day of publication is not counted, the last day is, until
 * its end at midnight (Civil Code art. 201 and 203); days are those of Shanghai, holidays among them: natural days.
 */
export function noticeEnds(publishedAt: Date, days: number): string {
  return addDays(shanghaiDay(publishedAt), days);
}

/** The days of a notice that takes opinions: the first, the last of the posting, the last of all. */
export interface NoticePeriod {
  publishedOn: string;
  postedUntil: string;
  endsOn: string;
}

/** The days of a plan's notice published at this moment. */
export function planPeriod(publishedAt: Date): NoticePeriod {
  return {
    publishedOn: shanghaiDay(publishedAt),
    postedUntil: noticeEnds(publishedAt, PLAN_PERIOD.posting),
    endsOn: noticeEnds(publishedAt, PLAN_PERIOD.posting + PLAN_PERIOD.opinions),
  };
}

/** Whether a period is over: from the first moment of the day after its last one. */
export function isOver(endsOn: string, now: Date): boolean {
  return shanghaiDay(now) > endsOn;
}

export type NoticePhase = "posting" | "opinions" | "over";

/** Where a notice stands in its period. */
export function phaseOf({ postedUntil, endsOn }: NoticePeriod, now: Date): NoticePhase {
  if (isOver(endsOn, now)) return "over";
  return isOver(postedUntil, now) ? "opinions" : "posting";
}

/** The days that are still to come after today; 0 on the last day and afterwards. */
export function daysLeft(endsOn: string, now: Date): number {
  return Math.max(0, daysBetween(shanghaiDay(now), endsOn));
}

/** So many days before the end the owners are reminded, once. */
const REMIND_DAYS = 3;

/** Whether the owners can be reminded now of a notice that runs out: in its last days, and by day. */
export function isEndNear(endsOn: string, now: Date): boolean {
  const hour = shanghaiTime(now);
  return !isOver(endsOn, now) && daysLeft(endsOn, now) <= REMIND_DAYS && "08:00" <= hour && hour < "21:00";
}
