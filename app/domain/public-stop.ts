import { daysBetween, shanghaiDay } from "./shanghai-day.ts";
import type { SideState } from "./stages.ts";

/** Why a project stands still, as it was recorded with its stop. */
export interface StopFacts {
  reason: string | null;
  owner: string | null;
  nextDay: string | null;
  at: Date;
}

export interface PublicStop {
  reason: string;
  since: string;
  /** Who owes the next step, by when, and by how many days that is late. */
  owner: string;
  nextDay: string;
  daysLate: number;
}

/** What everybody learns of a stop: residents complain most about silence, so a paused project says why, who is next and when. */
export function publicStop(sideState: SideState | null, stop: StopFacts | undefined, now: Date): PublicStop | null {
  if (sideState !== "paused" || !stop?.reason || !stop.owner || !stop.nextDay) return null;
  const { reason, owner, nextDay } = stop;
  return { reason, owner, nextDay, since: shanghaiDay(stop.at), daysLate: Math.max(0, daysBetween(nextDay, shanghaiDay(now))) };
}
