import { spawn } from "node:child_process";
import { sql } from "kysely";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { LEASE_SECONDS } from "#app/domain/long-job.ts";
import { noticeMessages } from "#app/i18n/zh-CN/opinions.ts";
import { reminderWords } from "#app/i18n/zh-CN/reminders.ts";
import { startJobs } from "#app/jobs.server.ts";
import { closeAtDeadline } from "#app/use-cases/consultation/close-at-deadline.server.ts";
import type { FileDeps } from "#app/use-cases/file/file-deps.server.ts";
import { endOverNotices } from "#app/use-cases/notice/end-over-notices.server.ts";
import { remindOfNotices } from "#app/use-cases/notice/remind-of-notices.server.ts";
import { splitStack } from "#app/use-cases/paper/split-stack.server.ts";
import { takeStack } from "#app/use-cases/paper/take-stack.server.ts";
import { remindOwners } from "#app/use-cases/reminder/remind-owners.server.ts";
import { flagOverdueTickets } from "#app/use-cases/ticket/flag-overdue-tickets.server.ts";
import { flagSilentSites } from "#app/use-cases/works/flag-silent-sites.server.ts";
import { setSiteContact } from "#app/use-cases/works/set-site-contact.server.ts";
import { verifyChain } from "../support/chain.ts";
import { done, openedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createOwner, createStairwell, formKey, testVault, type TestStairwell } from "../support/factories.ts";
import { pdf } from "../support/files.ts";
import { passedPlan } from "../support/plan-notices.ts";
import { askedTicket } from "../support/tickets.ts";
import { createSite } from "../support/works.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.close());

/** By then everything that is prepared here is due. */
const DUE = "2026-12-20T10:00:00+08:00";
/** A stack that somebody began and left is taken up again by then. */
const AFTER = new Date(Date.parse(DUE) + LEASE_SECONDS * 1_000 + 1).toISOString();

const depsAt = (at: string): FileDeps => ({ db: database.db, vault: testVault, storage: database.storage, now: new Date(at) });
const phone = (end: number) => `1380000002${end}`;
const withPhones = async ({ subdistrictId, flats }: TestStairwell) => {
  for (const [index, { id }] of flats.entries()) await createOwner(database.db, { subdistrictId, flatIds: [id], phone: phone(index) });
};
const rethrow = (_: number, error: Error) => {
  throw error;
};

interface Prepared {
  stairwell: TestStairwell;
  /** One worker that comes at a moment. */
  run: (at: string) => Promise<unknown>;
}

interface Job {
  what: string;
  /** A moment at which there is nothing to do yet; for a stack, at which somebody may still be at it. */
  early: string;
  /** What it writes to the log of the stairwell. */
  verb: string;
  /** Where its row goes, and how many rows and messages there are when it has done its work. */
  table: string;
  rows: number;
  messages: number;
  prepare: () => Promise<Prepared>;
}

const JOBS: readonly Job[] = [
  {
    what: "a consultation whose deadline is over is closed", early: "2026-12-19T23:59:59.999+08:00", verb: "consultation-closed", table: "tally_closed", rows: 1, messages: 0,
    async prepare() {
      const { stairwell, consultation, cast } = await openedConsultation(database.db, { floors: 1, now: new Date("2026-12-12T02:00:00Z") });
      await done(cast("101", "agree"));
      return { stairwell, run: (at) => closeAtDeadline(depsAt(at), consultation) };
    },
  },
  {
    what: "owners who have not voted are reminded", early: "2026-12-20T07:59:59.999+08:00", verb: "consultation-reminded", table: "consultation_reminder", rows: 1, messages: 2,
    async prepare() {
      const { stairwell, consultation } = await openedConsultation(database.db, { floors: 1, owned: false, before: withPhones, now: new Date("2026-12-15T02:00:00Z") });
      return { stairwell, run: (at) => remindOwners(depsAt(at), { consultation, words: reminderWords, accountId: null }) };
    },
  },
  {
    what: "a notice whose period is over is ended", early: "2026-12-19T23:59:59.999+08:00", verb: "notice-ended", table: "notice_end", rows: 1, messages: 0,
    async prepare() {
      const { stairwell, announce, at: moment } = await passedPlan(database);
      await done(announce(moment("2026-12-02T02:00:00Z")));
      return { stairwell, run: (at) => endOverNotices(depsAt(at), rethrow) };
    },
  },
  {
    what: "owners are reminded of a notice that runs out", early: "2026-12-20T07:59:59.999+08:00", verb: "notice-reminded", table: "notice_reminder", rows: 1, messages: 2,
    async prepare() {
      const { stairwell, announce, at: moment } = await passedPlan(database, { floors: 1, owned: false, before: withPhones });
      await done(announce(moment("2026-12-06T02:00:00Z")));
      return { stairwell, run: (at) => remindOfNotices(depsAt(at), noticeMessages, rethrow) };
    },
  },
  {
    what: "a site that nobody reports from is flagged", early: "2026-12-19T23:59:59.999+08:00", verb: "site-silent", table: "site_silence", rows: 1, messages: 2,
    async prepare() {
      const site = await createSite(database);
      const { stairwell, clerk: accountId } = site;
      await done(setSiteContact(site.on(0), { stairwell: stairwell.code, committee: phone(8), agent: phone(9), accountId, formKey: formKey() }));
      await done(site.report(5));
      return { stairwell, run: (at) => flagSilentSites(depsAt(at), { message: (home, days) => `${home} ${days}`, onFailure: rethrow }) };
    },
  },
  {
    what: "a ticket that is late is flagged", early: "2026-12-18T23:59:59.999+08:00", verb: "ticket-escalated", table: "ticket_step", rows: 1, messages: 0,
    async prepare() {
      const stairwell = await createStairwell(database.db);
      const { subdistrictId, committeeId, code } = stairwell;
      const opener = await createAccount(database.db, "resident", { subdistrictId, scopeId: stairwell.flats[0]?.id ?? 0 });
      const clerk = await createAccount(database.db, "committee", { subdistrictId, scopeId: committeeId });
      await askedTicket(database.db, ["committee"], { stairwell: code, opener, clerk, now: new Date("2026-12-16T02:00:00Z") });
      return { stairwell, run: (at) => flagOverdueTickets(depsAt(at), rethrow) };
    },
  },
  {
    what: "a stack of paper is split", early: "2026-12-20T10:00:01+08:00", verb: "paper-uploaded", table: "ballot_page", rows: 2, messages: 0,
    async prepare() {
      const { stairwell, consultation, clerk: accountId } = await openedConsultation(database.db, { floors: 1, now: new Date("2026-12-19T02:00:00Z") });
      const { upload } = await done(takeStack(depsAt("2026-12-19T03:00:00Z"), { consultation, files: [await pdf({ pages: 2 })], accountId, formKey: formKey() }));
      return { stairwell, run: (at) => splitStack(depsAt(at), upload, () => new Date(at)) };
    },
  },
];

/** Which rows of its table are the work of a job. */
const own: Readonly<Record<string, ReturnType<typeof sql>>> = {
  tally_closed: sql`(select from consultation where closed_at is not null and subdistrict_id = `,
  ticket_step: sql`(select from ticket_step where kind = 'escalated' and subdistrict_id = `,
};

/** What the job has done at its stairwell: rows, entries of the log, messages that nobody else put there. */
async function effect({ verb, table }: Job, { subdistrictId, stairwellId }: TestStairwell) {
  const rows = own[table] ?? sql`(select from ${sql.table(table)} where subdistrict_id = `;
  const result = await sql<{ rows: number; entries: number; messages: number }>`
    select (select count(*) from ${rows}${subdistrictId}) as at) as rows,
      (select count(*) from log_entry where stairwell_id = ${stairwellId} and verb = ${verb}) as entries,
      (select count(*) from outbox where subdistrict_id = ${subdistrictId}) as messages`.execute(database.db);
  return result.rows[0];
}
const NOTHING = { rows: 0, entries: 0, messages: 0 };
const once = ({ rows, messages }: Job) => ({ rows, entries: 1, messages });

/**
 * Lets jobs come as far as their entry in the log, which is the last that they write, and keeps them there; `work` is
 * told how to wait until so many have come and to end their connections.
 */
async function heldAtTheLog(work: (held: { waiting: (many: number) => Promise<void>; endConnections: () => Promise<void> }) => Promise<void>): Promise<void> {
  await database.owner.db.transaction().execute(async (tx) => {
    await sql`lock table log_entry in share mode`.execute(tx);
    const stuck = sql`from pg_locks where relation = 'log_entry'::regclass and not granted`;
    await work({
      waiting: (many) => vi.waitUntil(async () => (await sql`select ${stuck}`.execute(tx)).rows.length >= many, { timeout: 60_000, interval: 20 }).then(() => {}),
      endConnections: async () => void (await sql`select pg_terminate_backend(pid, 5000) ${stuck}`.execute(tx)),
    });
  });
}

describe.each(JOBS)("$what, once:", (job) => {
  it("not before its time, whole or not at all when the connection is lost in the middle, and by one of two workers", async () => {
    const { stairwell, run } = await job.prepare();
    const before = await effect(job, stairwell);
    expect(before).toEqual(NOTHING);
    await heldAtTheLog(async ({ waiting, endConnections }) => {
      const dying = expect(run(DUE)).rejects.toThrow();
      await waiting(1);
      await endConnections();
      await dying;
    });
    expect(await effect(job, stairwell)).toEqual(NOTHING);
    await run(job.early);
    expect(await effect(job, stairwell)).toEqual(NOTHING);
    await Promise.all([run(AFTER), run(AFTER), run(AFTER)]);
    expect(await effect(job, stairwell)).toEqual(once(job));
    await run(AFTER);
    expect(await effect(job, stairwell)).toEqual(once(job));
    await verifyChain(database.db, stairwell.stairwellId);
  });
});

describe("a worker whose process is killed in the middle of it all", () => {
  it("has done nothing by halves; two others who come at once do everything, once", async () => {
    const prepared: { job: Job; stairwell: TestStairwell }[] = [];
    for (const job of JOBS) prepared.push({ job, stairwell: (await job.prepare()).stairwell });
    const effects = () => Promise.all(prepared.map(({ job, stairwell }) => effect(job, stairwell)));

    await heldAtTheLog(async ({ waiting }) => {
      const worker = spawn(process.execPath, ["--import", "tsx", "tests/support/jobs-process.ts", database.url, database.filesFolder, DUE], { stdio: "ignore" });
      const ended = new Promise((resolve) => worker.once("exit", (_, signal) => resolve(signal)));
      try {
        // As many as a worker has in hand at a time.
        await waiting(4);
      } finally {
        worker.kill("SIGKILL");
      }
      expect(await ended).toBe("SIGKILL");
    });
    expect(await effects()).toEqual(prepared.map(() => NOTHING));

    const options = { url: database.url, vault: testVault, sms: null, storage: database.storage, log: pino({ level: "silent" }), clock: () => new Date(AFTER) };
    const workers = await Promise.all([startJobs(options), startJobs(options)]);
    try {
      const all = prepared.map(({ job }) => once(job));
      await vi.waitFor(async () => expect(await effects()).toEqual(all), { timeout: 60_000, interval: 50 });
    } finally {
      // Each ends what it has in hand.
      await Promise.all(workers.map((worker) => worker.close()));
    }
    expect(await effects()).toEqual(prepared.map(({ job }) => once(job)));
    for (const { stairwell } of prepared) await verifyChain(database.db, stairwell.stairwellId);
  });
});
