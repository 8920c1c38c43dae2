import type { Pool } from "pg";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";

/** How often within which time, per phone, address, account or slip. Counted in PostgreSQL, so that restarts do not reset them. */
const LIMITS = {
  "code-phone": { points: 5, duration: 3_600 },
  "code-address": { points: 60, duration: 3_600 },
  password: { points: 10, duration: 900 },
  "password-address": { points: 100, duration: 900 },
  slip: { points: 20, duration: 900 },
} as const;

export type Limit = keyof typeof LIMITS;

export interface Limits {
  /** Counts one try; answers with the minutes to wait when there were too many, else null. */
  wait(limit: Limit, who: string): Promise<number | null>;
  /** Forgets the tries of one who has proved to be right. */
  forgive(limit: Limit, who: string): Promise<void>;
}

export function createLimits(pool: Pool): Limits {
  const limiters = new Map(
    Object.entries(LIMITS).map(([name, limit]) => [
      name,
      new RateLimiterPostgres({ ...limit, storeClient: pool, tableName: "rate_limit", tableCreated: true, keyPrefix: name, clearExpiredByTimeout: false }),
    ]),
  );
  const get = (limit: Limit) => {
    const limiter = limiters.get(limit);
    if (!limiter) throw new Error(`no such limit: ${limit}`);
    return limiter;
  };
  return {
    async wait(limit, who) {
      try {
        await get(limit).consume(who);
        return null;
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return Math.max(1, Math.ceil(refused.msBeforeNext / 60_000));
        throw refused;
      }
    },
    async forgive(limit, who) {
      await get(limit).delete(who);
    },
  };
}
