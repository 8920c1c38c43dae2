import { sql } from "kysely";
import { describe, expect, it } from "vitest";
import { DatabaseClock } from "#db/clock.server.ts";
import { findConsultation } from "#db/queries/consultations.server.ts";
import { done, openedConsultation } from "../support/consultations.ts";
import { cloneDatabase } from "../support/database.ts";
import { startPortalProcess } from "../support/started-portal.ts";
import { stopRounds } from "../support/touches.ts";

const HOUR = 3_600_000;

/** Sets the clock of a process before anything of it runs. */
const withClock = (off: number) =>
  `--import=data:text/javascript,${encodeURIComponent(
    `const Right=Date;globalThis.Date=class extends Right{constructor(...given){given.length>0?super(...given):super(Right.now()+(${off}))}static now(){return Right.now()+(${off})}}`,
  )}`;

describe("the time that decides", () => {
  it("is the database's, whichever way the own clock is off, and by the own clock from one asking to the next", async () => {
    const database = await cloneDatabase();
    for (const off of [HOUR, -HOUR, 0]) {
      let own = Date.now() + off;
      const clock = new DatabaseClock(database.db, () => own);
      const behind = await clock.set();
      expect(Math.abs(behind + off)).toBeLessThan(60_000);
      const then = clock.now().getTime();
      own += 5_000;
      expect(clock.now().getTime()).toBe(then + 5_000);
    }
    await database.close();
  });

  it.each([["ahead", HOUR], ["behind", -HOUR]])("closes what is due and nothing else in a process whose clock is an hour %s", async (_, off) => {
    const database = await cloneDatabase();
    const ending = async (minutes: number) => {
      const opened = await openedConsultation(database.db, { floors: 1, now: new Date(Date.now() - 3 * 24 * HOUR) });
      await done(opened.cast("101", "agree"));
      // A deadline is the end of a day, and only moved where the guards stand aside, as here.
      await database.owner.db.transaction().execute(async (tx) => {
        await sql`set local session_replication_role = replica`.execute(tx);
        await sql`update consultation set closes_at = now() + make_interval(mins => ${minutes}) where code = ${opened.consultation}`.execute(tx);
      });
      return opened.consultation;
    };
    const [due, running] = [await ending(-30), await ending(30)];
    const portal = await startPortalProcess(database, { NODE_OPTIONS: withClock(off) });
    try {
      await stopRounds(database);
      expect((await findConsultation(database.db, due))?.closedAt).toBeInstanceOf(Date);
      expect((await findConsultation(database.db, running))?.closedAt).toBeNull();
      expect(portal.written()).toContain("the clock of this machine is off");
    } finally {
      await portal.close();
      await database.close();
    }
  });
});
