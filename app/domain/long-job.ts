/**
 * How long a job may take at most from one step to the next before it is taken to be dead; drawing and shrinking a page
 * have time limits of their own below that.
 */
export const LEASE_SECONDS = 90;

/** What brought the process down so often is not tried again. */
export const MOST_TRIES = 3;

export interface JobStanding {
  tries: number;
  /** Until when whoever works at it is taken to be alive. */
  workedUntil: Date | null;
  endedAt: Date | null;
}

/** What a worker does about a job: nothing where it is done or another is at it, give it up, or begin. */
export function whatToDo({ tries, workedUntil, endedAt }: JobStanding, now: Date): "nothing" | "give-up" | "begin" {
  if (endedAt !== null || (workedUntil !== null && workedUntil > now)) return "nothing";
  return tries >= MOST_TRIES ? "give-up" : "begin";
}
