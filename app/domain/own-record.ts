import { shanghaiDay } from "./shanghai-day.ts";

/** Since when somebody is bound to a flat, and the days between which the owner for whom they stand has owned it. */
export interface Standing {
  boundAt: Date;
  periods: readonly { since: string | null; until: string | null }[];
}

/**
 * Whether somebody may see what was recorded for a flat at this moment: what came after they were bound to it, and what
 * came while they owned it. On the day of a sale itself nobody knows whose it was; a buyer never sees the seller's.
 */
export function maySee(at: Date, { boundAt, periods }: Standing): boolean {
  if (at >= boundAt) return true;
  const day = shanghaiDay(at);
  return periods.some(({ since, until }) => (since === null || day > since) && (until === null || day < until));
}
