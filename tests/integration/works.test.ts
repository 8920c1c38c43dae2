import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { worksOf } from "#app/domain/milestones.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { decideMilestone } from "#app/use-cases/works/decide-milestone.server.ts";
import { planWorks } from "#app/use-cases/works/plan-works.server.ts";
import type { Tx } from "#db/client.server.ts";
import { listRowFaults } from "#db/queries/record-faults.server.ts";
import { readWorks } from "#db/queries/works.server.ts";
import { readLog, verifyChain } from "../support/chain.ts";
import { done, refusalOf } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, formKey } from "../support/factories.ts";
import { photo } from "../support/files.ts";
import { createSite, type TestSite } from "../support/works.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.close());

async function worksAfter({ stairwell, on }: TestSite, days: number) {
  const facts = await readWorks(database.db, stairwell.stairwellId);
  if (!facts) throw new Error("no plan");
  return { ...worksOf(facts.plan, facts.reports, shanghaiDay(on(days).now)), plans: facts.plans, firstEnd: facts.firstEnd };
}
const verbs = async ({ stairwell }: TestSite) => (await readLog(database.db, stairwell.stairwellId)).map(({ verb }) => verb);
const files = async ({ stairwell }: TestSite) =>
  (await database.db.selectFrom("file").select("id").where("subdistrictId", "=", stairwell.subdistrictId).where("removedAt", "is", null).execute()).length;

describe("the planned days", () => {
  it("are those of the subdistrict's template, kept with the log", async () => {
    const site = await createSite(database);
    const works = await worksAfter(site, -10);
    expect(works).toMatchObject({ plans: 1, current: "M0", late: 0 });
    expect(works.milestones.map(({ code, start, end }) => ({ code, start, end }))).toEqual(site.plan.map(({ code, start, end }) => ({ code, start, end })));
    expect(await readLog(database.db, site.stairwell.stairwellId)).toMatchObject([{ verb: "works-planned", content: { number: 1, reason: null, milestones: site.plan } }]);
  });

  it("change with a reason only, as a new version; the end first promised is not forgotten", async () => {
    const site = await createSite(database);
    const [start, end] = [site.plan.map((one) => one.start), site.plan.map((one) => one.end)];
    const change = (given: { start?: string[]; end?: string[]; reason?: string | null; stairwell?: string; key?: string }) =>
      planWorks(site.on(3), { stairwell: site.stairwell.code, start, end, reason: "雨季", accountId: site.clerk, formKey: given.key ?? formKey(), ...given });
    const later = [...end.slice(0, -1), "2027-06-30"];
    expect(await refusalOf(change({}))).toBe("plan_unchanged");
    expect(await refusalOf(change({ end: later, reason: null }))).toBe("plan_reason_missing");
    expect(await refusalOf(change({ end: later.slice(1) }))).toBe("plan_incomplete");
    expect(await refusalOf(change({ end: ["2026-11-30", ...later.slice(1)] }))).toBe("plan_ends_before_start");
    expect(await refusalOf(change({ end: later, stairwell: "NONE-1" }))).toBe("stairwell_unknown");
    const key = formKey();
    expect(await done(change({ end: later, key }))).toMatchObject({ number: 2 });
    expect(await done(change({ end: later, key }))).toMatchObject({ number: 2 });
    expect(await worksAfter(site, 3)).toMatchObject({ plans: 2, firstEnd: site.plan.at(-1)?.end });
    expect(await verbs(site)).toEqual(["works-planned", "works-planned"]);
  });

  it("are set from the approval on, and not for a lift that runs", async () => {
    for (const [stage, refusal] of [["agreement", "works_not_ahead"], ["in-use", "works_not_ahead"], ["approval", "done"]] as const) {
      const site = await createSite(database, { stage, planned: false });
      const [start, end] = [site.plan.map((one) => one.start), site.plan.map((one) => one.end)];
      const outcome = planWorks(site.on(0), { stairwell: site.stairwell.code, start, end, reason: null, accountId: site.clerk, formKey: formKey() });
      expect([stage, await refusalOf(outcome)]).toEqual([stage, refusal]);
    }
  });
});

describe("a report from the site", () => {
  it("begins the works, goes on, and is done once somebody else has held it against its photos", async () => {
    const site = await createSite(database);
    await done(site.report(1, { work: "老王说围栏差两块", people: 6 }));
    expect(await worksAfter(site, 1)).toMatchObject({ late: 1, lastReport: "2026-12-02" });
    const { reportId } = await done(site.report(2, { kind: "done" }));
    expect((await worksAfter(site, 2)).milestones[0]).toMatchObject({ state: "reported", begun: "2026-12-02", finished: "2026-12-03", late: 0 });
    expect((await worksAfter(site, 2)).current).toBe("M0");
    await done(site.confirm(5, reportId));
    const after = await worksAfter(site, 5);
    expect([after.current, after.milestones[0], after.milestones[1]]).toMatchObject(["M1", { state: "confirmed", finished: "2026-12-03" }, { state: "ahead" }]);
    expect(await verbs(site)).toEqual(["works-planned", "evidence-recorded", "site-reported", "photo-added", "site-reported", "milestone-confirmed"]);
    expect(JSON.stringify(await readLog(database.db, site.stairwell.stairwellId))).not.toContain("老王");
    await verifyChain(database.db, site.stairwell.stairwellId);
    const { startedOn } = await database.db.selectFrom("project").select("startedOn").where("stairwellId", "=", site.stairwell.stairwellId).executeTakeFirstOrThrow();
    expect(startedOn).toBe("2026-12-02");
  });

  it("sent twice by the same form is one, at the same moment too, and keeps no photo twice", async () => {
    const site = await createSite(database);
    const given = { kind: "done", formKey: formKey(), photos: [await photo({ seed: 3 })] } as const;
    const [first, second] = await Promise.all([done(site.report(1, given)), done(site.report(1, given))]);
    expect(await done(site.report(2, given))).toEqual(first);
    expect(second).toEqual(first);
    expect((await worksAfter(site, 2)).lastReport).toBe("2026-12-02");
    expect(await files(site)).toBe(1);
    expect((await verbs(site)).filter((verb) => verb === "site-reported")).toHaveLength(1);
  });

  it("that waited on a phone counts for the day on which it was written", async () => {
    const site = await createSite(database);
    await done(site.report(6, { onDay: "2026-12-03" }));
    await done(site.report(20, { onDay: "2026-12-04", milestone: "M1" }));
    const rows = await database.db.selectFrom("siteReport").select(["onDay", "at"]).where("stairwellId", "=", site.stairwell.stairwellId).orderBy("id").execute();
    expect(rows).toEqual([{ onDay: "2026-12-03", at: site.on(6).now }, { onDay: "2026-12-21", at: site.on(20).now }]);
  });

  it("of a stop says why, who is next and when; the next report ends it", async () => {
    const site = await createSite(database);
    expect(await refusalOf(site.report(1, { kind: "stopped" }))).toBe("stop_cause_missing");
    expect(await refusalOf(site.report(1, { kind: "stopped", cause: "gas" }))).toBe("stop_owner_missing");
    expect(await refusalOf(site.report(1, { kind: "stopped", cause: "gas", nextOwner: "gas" }))).toBe("stop_day_missing");
    expect(await refusalOf(site.report(1, { kind: "stopped", cause: "gas", nextOwner: "gas", nextDay: "2026-12-01" }))).toBe("stop_day_past");
    await done(site.report(1, { kind: "stopped", cause: "gas", nextOwner: "gas", nextDay: "2026-12-08" }));
    expect((await worksAfter(site, 9)).stop).toEqual({ since: "2026-12-02", cause: "gas", owner: "gas", nextDay: "2026-12-08" });
    await done(site.report(9, { milestone: "M1" }));
    expect(await worksAfter(site, 9)).toMatchObject({ stop: null, late: 7, cause: "gas" });
  });

  it("is refused without a plan, outside the works, for a project that was halted, and leaves no photo", async () => {
    const refused = async (shape: Parameters<typeof createSite>[1], given = {}) => {
      const site = await createSite(database, shape);
      const code = await refusalOf(site.report(1, { kind: "done", ...given }));
      expect([await files(site), (await verbs(site)).filter((verb) => verb !== "works-planned")]).toEqual([0, []]);
      return code;
    };
    expect(await refused({ planned: false })).toBe("no_works_plan");
    expect(await refused({ stage: "approval" })).toBe("not_building");
    expect(await refused({ sideState: "paused" })).toBe("works_halted");
    expect(await refused({}, { milestone: "M99" })).toBe("milestone_unknown");
    expect(await refused({}, { photos: [] })).toBe("report_photo_missing");
    expect(await refused({}, { photos: [Buffer.from("no photo")] })).toBe("file_unknown_type");
    expect(await refused({}, { stairwell: "NONE-1" })).toBe("stairwell_unknown");
  });
});

describe("a milestone that is reported done", () => {
  const decide = (site: TestSite, reportId: number, more: Partial<Parameters<typeof decideMilestone>[1]> = {}) =>
    decideMilestone(site.on(5), { stairwell: site.stairwell.code, reportId, verdict: "confirmed", reason: undefined, board: undefined, accountId: site.clerk, formKey: formKey(), ...more });

  it("is not confirmed by whoever reported it, in the database neither", async () => {
    const site = await createSite(database);
    const { reportId } = await done(site.report(1, { kind: "done" }));
    expect(await refusalOf(decide(site, reportId, { accountId: site.contractor }))).toBe("own_report");
    const row = { reportId, reportedBy: site.contractor, subdistrictId: site.stairwell.subdistrictId, verdict: "confirmed" as const, accountId: site.contractor, at: new Date() };
    await expect(database.db.insertInto("milestoneDecision").values(row).execute()).rejects.toThrow("check constraint");
    await expect(database.db.insertInto("milestoneDecision").values({ ...row, reportedBy: site.clerk }).execute()).rejects.toThrow("foreign key");
  });

  it("is decided once, by whoever is first", async () => {
    const site = await createSite(database);
    const { reportId } = await done(site.report(1, { kind: "done" }));
    const colleague = await createAccount(database.db, "committee", { subdistrictId: site.stairwell.subdistrictId, scopeId: site.stairwell.committeeId });
    const both = await Promise.all([decide(site, reportId), decide(site, reportId, { accountId: colleague, verdict: "returned", reason: "看不清" })].map(refusalOf));
    expect(both.sort()).toEqual(["done", "report_decided"]);
  });

  it("sent back goes on, with the reason in the log, and is reported anew", async () => {
    const site = await createSite(database);
    const { reportId } = await done(site.report(1, { kind: "done" }));
    expect(await refusalOf(decide(site, reportId, { verdict: "returned" }))).toBe("return_reason_missing");
    await done(decide(site, reportId, { verdict: "returned", reason: "公示牌没拍到" }));
    expect((await worksAfter(site, 5)).milestones[0]).toMatchObject({ state: "running", finished: null, late: 3 });
    expect((await readLog(database.db, site.stairwell.stairwellId)).at(-1)).toMatchObject({ verb: "milestone-returned", content: { milestone: "M0", reason: "公示牌没拍到" } });
    const again = await done(site.report(6, { kind: "done" }));
    await done(site.confirm(6, again.reportId));
    expect(await refusalOf(site.report(7))).toBe("milestone_confirmed");
  });

  it("is unknown for another stairwell, or where it was not reported done", async () => {
    const [site, other] = [await createSite(database), await createSite(database)];
    const { reportId } = await done(site.report(1, { kind: "done" }));
    expect(await refusalOf(decide(other, reportId))).toBe("report_unknown");
    expect(await refusalOf(decide(site, reportId, { stairwell: "NONE-1" }))).toBe("stairwell_unknown");
    const going = await done(site.report(2));
    expect(await refusalOf(decide(site, going.reportId))).toBe("report_unknown");
    expect(await refusalOf(decide(site, reportId))).toBe("report_overtaken");
  });
});

describe("the nightly check", () => {
  it("finds the works as the log says they were, and names each row that nobody put on record", async () => {
    const site = await createSite(database);
    const { subdistrictId, stairwellId, code } = site.stairwell;
    const { reportId } = await done(site.report(1, { kind: "done", people: 4 }));
    await done(site.confirm(2, reportId));
    expect(await listRowFaults(database.db)).toEqual([]);
    const at = site.on(3).now;
    const forge = async (write: (tx: Tx) => Promise<unknown>) => {
      const found: string[] = [];
      await database.db.transaction().execute(async (tx) => {
        await write(tx);
        for (const { kind, stairwell } of await listRowFaults(tx)) found.push(`${kind} ${stairwell ?? ""}`);
        throw new Error("rolled back");
      }).catch(() => {});
      return found;
    };
    const report = { subdistrictId, stairwellId, milestone: "M1", kind: "done" as const, onDay: "2026-12-03", accountId: site.contractor, at };
    expect(await forge((tx) => tx.insertInto("siteReport").values(report).execute())).toEqual([`site-report ${code}`]);
    expect(await forge((tx) => tx.insertInto("siteSilence").values({ subdistrictId, stairwellId, since: "2026-12-03", at }).execute())).toEqual([`site-silence ${code}`]);
    const fault = { subdistrictId, stairwellId, milestone: "M0", wordsCipher: Buffer.from("x"), dueOn: "2026-12-09", accountId: site.clerk, at };
    expect(await forge((tx) => tx.insertInto("siteFault").values(fault).execute())).toEqual([`site-fault ${code}`]);
    const plan = { subdistrictId, stairwellId, number: 2, reason: "改", accountId: site.clerk, at };
    expect(await forge((tx) => tx.insertInto("worksPlan").values(plan).execute())).toEqual([`works-plan ${code}`]);
  });
});

describe("the database itself", () => {
  it("keeps plans, reports and decisions as they were written", async () => {
    const site = await createSite(database);
    const { reportId } = await done(site.report(1, { kind: "done" }));
    await done(site.confirm(2, reportId));
    for (const { db } of [database, database.owner]) {
      await expect(db.updateTable("milestone").set({ endsOn: "2030-01-01" }).execute()).rejects.toThrow();
      await expect(db.deleteFrom("worksPlan").execute()).rejects.toThrow();
      await expect(db.updateTable("siteReport").set({ onDay: "2026-12-01" }).where("id", "=", reportId).execute()).rejects.toThrow();
      await expect(db.deleteFrom("siteReport").where("id", "=", reportId).execute()).rejects.toThrow();
      await expect(db.deleteFrom("siteReportPhoto").execute()).rejects.toThrow();
      await expect(db.updateTable("milestoneDecision").set({ verdict: "returned" }).where("reportId", "=", reportId).execute()).rejects.toThrow();
    }
  });
});
