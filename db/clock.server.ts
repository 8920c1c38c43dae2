import { sql } from "kysely";
import type { Db } from "./client.server.ts";

/** Less than this is the way to the database and back. */
const NOTHING_MS = 2_000;

/**
 * The time as the database has it: what is before a deadline and what after is the same for every process, whatever the
 * clock of its machine says.
 */
export class DatabaseClock {
  #ahead = 0;

  constructor(
    private readonly db: Db,
    private readonly own: () => number = () => Date.now(),
  ) {}

  readonly now = (): Date => new Date(this.own() + this.#ahead);

  /** Asks for the time anew. Answers with the milliseconds by which the own clock is behind, nought where that is hardly anything. */
  async set(): Promise<number> {
    const before = this.own();
    const { rows } = await sql<{ at: Date }>`select clock_timestamp() as at`.execute(this.db);
    const ahead = (rows[0]?.at.getTime() ?? before) - (before + this.own()) / 2;
    this.#ahead = Math.abs(ahead) < NOTHING_MS ? 0 : Math.round(ahead);
    return this.#ahead;
  }
}
