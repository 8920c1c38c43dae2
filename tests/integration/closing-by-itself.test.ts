import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { startJobs, type Jobs } from "#app/jobs.server.ts";
import { certifyConsultation } from "#app/use-cases/consultation/certify-consultation.server.ts";
import { closeAtDeadline } from "#app/use-cases/consultation/close-at-deadline.server.ts";
import type { Deps } from "#app/use-cases/transact.server.ts";
import { findConsultation, listDueConsultations } from "#db/queries/consultations.server.ts";
import { readLog, verifyChain } from "../support/chain.ts";
import { done, openedConsultation, refusalOf, type OpenedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { formKey, testVault } from "../support/factories.ts";

const SOON = { timeout: 60_000, interval: 50 };
let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.close());

const find = async ({ consultation }: OpenedConsultation) => {
  const found = await findConsultation(database.db, consultation);
  if (!found) throw new Error("no consultation");
  return found;
};
const closings = async ({ stairwell }: OpenedConsultation) =>
  (await readLog(database.db, stairwell.stairwellId)).filter(({ verb }) => verb === "consultation-closed");

describe("at the deadline", () => {
  it("a consultation is closed by the portal and counted, once", async () => {
    const opened = await openedConsultation(database.db, { floors: 2 });
    for (const room of ["101", "102", "201"]) await done(opened.cast(room, "agree"));
    await done(closeAtDeadline(opened.later, opened.consultation));
    expect(await refusalOf(closeAtDeadline(opened.later, opened.consultation))).toBe("not_open");
    expect(await find(opened)).toMatchObject({ closedAt: opened.later.now, closedById: null, closeReason: null });
    const entries = await closings(opened);
    expect(entries).toMatchObject([{ actor: "portal", content: { consultation: opened.consultation, reason: null, ballots: 3, result: { passed: true } } }]);
    expect(await verifyChain(database.db, opened.stairwell.stairwellId)).toBe(5);
  });

  it("and not a moment before", async () => {
    const opened = await openedConsultation(database.db, { floors: 1 });
    const { closesAt } = await find(opened);
    const at = (now: Date): Deps => ({ ...opened.deps, now });
    expect(await listDueConsultations(database.db, closesAt)).not.toContain(opened.consultation);
    expect(await refusalOf(closeAtDeadline(at(closesAt), opened.consultation))).toBe("before_deadline");
    const after = new Date(closesAt.getTime() + 1);
    expect(await listDueConsultations(database.db, after)).toContain(opened.consultation);
    await done(closeAtDeadline(at(after), opened.consultation));
    expect(await refusalOf(closeAtDeadline(opened.later, "Q2026-NONE-1"))).toBe("not_open");
  });

  it("the first of the two people is whoever opened it", async () => {
    const opened = await openedConsultation(database.db, { floors: 1 });
    for (const room of ["101", "102"]) await done(opened.cast(room, "agree"));
    await done(closeAtDeadline(opened.later, opened.consultation));
    const certify = (accountId: number) => certifyConsultation(opened.later, { consultation: opened.consultation, accountId, formKey: formKey() });
    expect(await refusalOf(certify(opened.clerk))).toBe("same_person");
    const direct = sql`
      insert into certificate (consultation_id, result, passed, source, certified_by, certified_at)
      values (${opened.consultationId}, '{}', true, 'portal', ${opened.clerk}, now())`;
    await expect(direct.execute(database.db)).rejects.toMatchObject({ code: "23001" });
    await done(certify(opened.colleague));
  });

  it("a clerk and the portal at the same moment close it once", async () => {
    for (let round = 0; round < 12; round++) {
      const opened = await openedConsultation(database.db, { floors: 1 });
      const both = await Promise.all([opened.close(), closeAtDeadline(opened.later, opened.consultation), closeAtDeadline(opened.later, opened.consultation)]);
      expect(both.map((answer) => (answer.ok ? "done" : answer.problem.code)).sort()).toEqual(["done", "not_open", "not_open"]);
      expect(await closings(opened)).toHaveLength(1);
    }
  });

  it("a crash in the middle leaves it open, and the next try closes it", async () => {
    const opened = await openedConsultation(database.db, { floors: 1 });
    const { stairwellId } = opened.stairwell;
    await database.owner.db.transaction().execute(async (held) => {
      await sql`select from chain where stairwell_id = ${stairwellId} for update`.execute(held);
      // It has written the close and waits for the chain, when its connection dies.
      const closing = expect(closeAtDeadline(opened.later, opened.consultation)).rejects.toThrow();
      await vi.waitUntil(async () => {
        const { rows } = await sql`
          select pg_terminate_backend(pid, 5000) from pg_stat_activity
          where datname = current_database() and wait_event_type = 'Lock'`.execute(held);
        return rows.length > 0;
      }, SOON);
      await closing;
    });
    expect(await find(opened)).toMatchObject({ closedAt: null });
    expect(await closings(opened)).toEqual([]);
    await done(closeAtDeadline(opened.later, opened.consultation));
    expect(await closings(opened)).toHaveLength(1);
  });
});

describe("the queue", () => {
  const running: Jobs[] = [];
  let said = "";
  const log = pino({ level: "debug", base: null }, { write: (line) => void (said += line) });
  /** A process without an SMS gateway. */
  const start = async (now: Date) => void running.push(await startJobs({ url: database.url, vault: testVault, storage: database.storage, sms: null, log, clock: () => now }));

  beforeEach(async () => {
    said = "";
    for (const code of await listDueConsultations(database.db, new Date("2030-01-01"))) {
      await closeAtDeadline({ db: database.db, vault: testVault, now: new Date("2030-01-01") }, code);
    }
  });
  afterEach(async () => {
    for (const jobs of running.splice(0)) await jobs.close();
  });

  it("closes what is due and leaves alone what is not, without an SMS gateway too", async () => {
    const due = await openedConsultation(database.db, { floors: 1 });
    const open = await openedConsultation(database.db, { floors: 1, now: new Date(due.later.now.getTime() - 3_600_000) });
    await start(due.later.now);
    await vi.waitUntil(async () => (await find(due)).closedAt, SOON);
    expect(await find(open)).toMatchObject({ closedAt: null });
    expect(said).toContain("consultation closed at its deadline");
  });

  it("closes each once, with two processes at it", async () => {
    const all: OpenedConsultation[] = [];
    for (let i = 0; i < 8; i++) all.push(await openedConsultation(database.db, { floors: 1 }));
    const now = all[0]?.later.now ?? new Date();
    await Promise.all([start(now), start(now)]);
    await vi.waitUntil(async () => (await listDueConsultations(database.db, now)).length === 0, SOON);
    for (const opened of all) expect(await closings(opened)).toHaveLength(1);
  });

  it("goes on to the others where one cannot be closed, and tries that again", async () => {
    const [stuck, other] = [await openedConsultation(database.db, { floors: 1 }), await openedConsultation(database.db, { floors: 1 })];
    await sql`
      create function refuse_this() returns trigger language plpgsql as 'begin raise exception ''out of order''; end'`.execute(database.owner.db);
    await sql`
      create trigger refuse_this before update on consultation for each row when (old.id = ${sql.lit(stuck.consultationId)})
      execute function refuse_this()`.execute(database.owner.db);
    await start(stuck.later.now);
    await vi.waitUntil(async () => (await find(other)).closedAt, SOON);
    expect(await find(stuck)).toMatchObject({ closedAt: null });
    expect(said).toContain("out of order");
    await sql`drop trigger refuse_this on consultation`.execute(database.owner.db);
    await start(stuck.later.now);
    await vi.waitUntil(async () => (await find(stuck)).closedAt, SOON);
  });

  it("looks again every minute by itself", async () => {
    await start(new Date("2026-01-01"));
    const { rows } = await vi.waitUntil(async () => {
      const found = await sql`select identifier from graphile_worker._private_known_crontabs where identifier = 'close-due-consultations'`.execute(database.owner.db);
      return found.rows.length > 0 ? found : null;
    }, SOON);
    expect(rows).toEqual([{ identifier: "close-due-consultations" }]);
    await pause(50);
    expect(said).not.toMatch(/permission denied|row-level security/);
  });
});
