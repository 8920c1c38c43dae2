import { setTimeout as pause } from "node:timers/promises";
import { sql } from "kysely";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startJobs } from "#app/jobs.server.ts";
import { addDays, endOfDay, startOfDay } from "#app/domain/shanghai-day.ts";
import { flagSilentSites } from "#app/use-cases/works/flag-silent-sites.server.ts";
import { setSiteContact } from "#app/use-cases/works/set-site-contact.server.ts";
import { listSilentSites } from "#db/queries/site-silence.server.ts";
import { readLog, verifyChain } from "../support/chain.ts";
import { done, refusalOf } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, formKey, testVault } from "../support/factories.ts";
import { openPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";
import { createSite, PLANNED_START, type TestSite } from "../support/works.ts";

const SOON = { timeout: 60_000, interval: 50 };
let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.close());

const words = { message: (home: string, days: string) => `${home} ${days}`, onFailure: (id: number, error: Error) => { throw new Error(`site ${id}: ${error.message}`); } };
const flagAt = (now: Date, db = database.db) => flagSilentSites({ db, vault: testVault, now }, words);
const silences = ({ stairwell }: TestSite) => database.db.selectFrom("siteSilence").select("since").where("stairwellId", "=", stairwell.stairwellId).orderBy("id").execute();
const day = (days: number) => addDays(PLANNED_START, days);

async function siteWithPhones(): Promise<TestSite> {
  const site = await createSite(database);
  const given = { stairwell: site.stairwell.code, committee: "13800000021", agent: "13800000022", accountId: site.clerk, formKey: formKey() };
  await done(setSiteContact(site.on(0), given));
  return site;
}
const written = async (site: TestSite) => {
  const rows = await database.db.selectFrom("outbox").select(["phoneCipher", "textCipher"]).where("kind", "=", "site-silent").where("subdistrictId", "=", site.stairwell.subdistrictId).orderBy("id").execute();
  return rows.map(({ phoneCipher, textCipher }) => [testVault.open(phoneCipher), testVault.open(textCipher)]);
};

describe("a site that nobody reports from", () => {
  it("flags itself with the fourteenth day, to the moment, and writes to committee and agent once", async () => {
    const site = await siteWithPhones();
    await done(site.report(1));
    await flagAt(endOfDay(day(14)));
    expect(await silences(site)).toEqual([]);
    await flagAt(startOfDay(day(15)));
    await flagAt(startOfDay(day(16)));
    expect(await silences(site)).toEqual([{ since: day(1) }]);
    expect((await written(site)).map(([phone, text]) => [phone, text?.endsWith(" 14")])).toEqual([["13800000021", true], ["13800000022", true]]);
    expect((await readLog(database.db, site.stairwell.stairwellId)).at(-1)).toMatchObject({ actor: "portal", verb: "site-silent", content: { since: day(1), messages: 2 } });
    await verifyChain(database.db, site.stairwell.stairwellId);
  });

  it("is flagged anew for each silence, and not while it is reported from, halted or not begun", async () => {
    const [site, reported, halted, ahead] = [await createSite(database), await createSite(database), await createSite(database, { sideState: "paused" }), await createSite(database, { stage: "approval" })];
    await done(site.report(0));
    await done(reported.report(0));
    await flagAt(startOfDay(day(14)));
    await done(site.report(14));
    await done(reported.report(13));
    await flagAt(startOfDay(day(20)));
    await flagAt(startOfDay(day(28)));
    expect(await silences(site)).toEqual([{ since: day(0) }, { since: day(14) }]);
    expect([await silences(reported), await silences(halted), await silences(ahead)]).toEqual([[{ since: day(0) }, { since: day(13) }], [], []]);
  });

  it("is flagged once by two workers at the same moment, and whole or not at all when one dies in the middle", async () => {
    const site = await siteWithPhones();
    await done(site.report(0));
    const at = startOfDay(day(14));
    const dying = flagSilentSites({ db: database.db, vault: testVault, now: at }, {
      onFailure: () => {},
      message: () => {
        throw new Error("the process dies");
      },
    });
    await dying;
    expect([await silences(site), await written(site)]).toEqual([[], []]);
    await Promise.all([flagAt(at), flagAt(at), flagAt(at)]);
    expect(await silences(site)).toEqual([{ since: day(0) }]);
    expect(await written(site)).toHaveLength(2);
  });

  it("is found by the job queue, by whichever worker comes first", async () => {
    const site = await siteWithPhones();
    await done(site.report(0));
    const options = { url: database.url, vault: testVault, sms: null, storage: database.storage, log: pino({ level: "silent" }), clock: () => startOfDay(day(14)) };
    const workers = await Promise.all([startJobs(options), startJobs(options)]);
    try {
      await vi.waitFor(async () => expect(await silences(site)).toHaveLength(1), SOON);
      await pause(100);
      expect(await written(site)).toHaveLength(2);
    } finally {
      await Promise.all(workers.map((worker) => worker.close()));
    }
  });

  it("stands on the committee's page of the day and on the public page", async () => {
    const site = await createSite(database);
    await done(site.report(0));
    const portal = await openPortal(database, { clock: () => site.on(15).now });
    const clerk = await signedIn(database.db, portal, site.clerk, site.on(15).now);
    const { body } = await clerk.get("/desk");
    expect(body).toContain("15 天没有施工报告");
    expect(body).toContain(`href="/desk/s/${site.stairwell.code}/construction"`);
    expect((await portal.get(`/s/${site.stairwell.code}`)).body).toContain("15 天没有报告");
    const elsewhere = { committeeIds: [], subdistrictIds: [] };
    expect(await listSilentSites(database.db, elsewhere, day(15))).toEqual([]);
  });
});

describe("the phones that hear of it", () => {
  it("are set by the committee, masked on its page, and never in the log", async () => {
    const site = await createSite(database);
    const portal = await openPortal(database);
    const clerk = await signedIn(database.db, portal, site.clerk);
    const url = `/desk/s/${site.stairwell.code}/construction/contacts`;
    expect((await clerk.post(url, { "form-key": formKey(), committeePhone: "12345", agentPhone: "" })).status).toBe(422);
    expect((await clerk.post(url, { "form-key": formKey(), committeePhone: "138 0000 0031", agentPhone: "" })).location).toMatch(/done=contacts$/);
    const { body } = await clerk.get(url);
    expect([body.includes("138****0031"), body.includes("13800000031")]).toEqual([true, false]);
    expect(JSON.stringify(await readLog(database.db, site.stairwell.stairwellId))).not.toContain("13800000031");
    for (const person of [site.contractor, await createAccount(database.db, "office", { subdistrictId: site.stairwell.subdistrictId, scopeId: site.stairwell.subdistrictId })]) {
      expect((await (await signedIn(database.db, portal, person)).get(url)).status).toBe(403);
    }
    expect(await refusalOf(setSiteContact(site.on(0), { stairwell: "NONE-1", committee: null, agent: null, accountId: site.clerk, formKey: formKey() }))).toBe("stairwell_unknown");
  });

  it("stay as they were written, as do the flags", async () => {
    for (const { db } of [database, database.owner]) {
      for (const table of ["site_contact", "site_silence"]) await expect(sql`delete from ${sql.table(table)}`.execute(db)).rejects.toThrow();
    }
  });
});
