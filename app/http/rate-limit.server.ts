import type { Pool } from "pg";
import type { Vault } from "#db/personal-data.server.ts";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";

/** How often within which time, per phone, address, account or slip. Counted in PostgreSQL, so that restarts do not reset them. */
const LIMITS = {
  /** Codes to one phone asked for from one address; and from anywhere, so that nobody is flooded with messages. */
  "code-phone-address": { points: 5, duration: 3_600 },
  "code-phone": { points: 20, duration: 86_400 },
  "code-address": { points: 60, duration: 3_600 },
  /** Tries of codes and passwords: by address first, so that a stranger does not lock the owner out. */
  "try-address": { points: 60, duration: 900 },
  "password-address-login": { points: 10, duration: 900 },
  "password-login": { points: 100, duration: 900 },
  "setup-address-login": { points: 10, duration: 900 },
  "setup-login": { points: 50, duration: 900 },
  /** Codes of an authenticator app: three of a million are right at any moment. */
  "code-account": { points: 10, duration: 900 },
  "code-account-day": { points: 50, duration: 86_400 },
  "slip-wrong": { points: 20, duration: 900 },
  "verify-address": { points: 60, duration: 900 },
  "help-address": { points: 30, duration: 3_600 },
  "search-address": { points: 300, duration: 600 },
  "binding-flat": { points: 10, duration: 86_400 },
  "objection-address": { points: 30, duration: 900 },
  "intent-address": { points: 60, duration: 3_600 },
  "intent-flat": { points: 10, duration: 86_400 },
  "ticket-account": { points: 20, duration: 86_400 },
  "opinion-account": { points: 20, duration: 86_400 },
} as const;

export type Limit = keyof typeof LIMITS;

export interface Limits {
  /** The minutes to wait when there have been too many tries, else null; counts nothing. */
  over(limit: Limit, who: string): Promise<number | null>;
  /** Counts one try; answers with the minutes to wait when there were too many, else null. */
  wait(limit: Limit, who: string): Promise<number | null>;
  /** Forgets the tries of one who has proved to be right. */
  forgive(limit: Limit, who: string): Promise<void>;
}

/** @param vault hides phones and addresses: the table holds keyed hashes */
export function createLimits(pool: Pool, vault: Vault): Limits {
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
  const keyOf = (who: string) => vault.hash("limit", who).toString("base64url").slice(0, 22);
  const minutes = ({ msBeforeNext }: RateLimiterRes) => Math.max(1, Math.ceil(msBeforeNext / 60_000));
  return {
    async over(limit, who) {
      const state = await get(limit).get(keyOf(who));
      return state && state.consumedPoints >= LIMITS[limit].points ? minutes(state) : null;
    },
    async wait(limit, who) {
      try {
        await get(limit).consume(keyOf(who));
        return null;
      } catch (refused) {
        if (refused instanceof RateLimiterRes) return minutes(refused);
        throw refused;
      }
    },
    async forgive(limit, who) {
      await get(limit).delete(keyOf(who));
    },
  };
}
