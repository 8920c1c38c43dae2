/** How long one page may take at most until the next is there: drawing and shrinking it have time limits of their own below that. */
export const LEASE_SECONDS = 90;

/** A stack that brought the process down so often is not tried again. */
export const MOST_TRIES = 3;

export interface UploadStanding {
  tries: number;
  /** Until when whoever works at it is taken to be alive. */
  workedUntil: Date | null;
  endedAt: Date | null;
}

/** What a job does about a stack: nothing where it is done or another is at it, give it up, or split it. */
export function whatToDo({ tries, workedUntil, endedAt }: UploadStanding, now: Date): "nothing" | "give-up" | "split" {
  if (endedAt !== null || (workedUntil !== null && workedUntil > now)) return "nothing";
  return tries >= MOST_TRIES ? "give-up" : "split";
}
