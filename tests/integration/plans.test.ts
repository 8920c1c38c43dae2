import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FirmRecord } from "#app/domain/firm.ts";
import { changeSetting } from "#app/use-cases/setting/change-setting.server.ts";
import { openConsultation } from "#app/use-cases/consultation/open-consultation.server.ts";
import { blockFirm } from "#app/use-cases/firm/block-firm.server.ts";
import { recordFirm } from "#app/use-cases/firm/record-firm.server.ts";
import { recordPlan, type PlanRecording } from "#app/use-cases/plan/record-plan.server.ts";
import { withdrawPlan } from "#app/use-cases/plan/withdraw-plan.server.ts";
import { listFirms } from "#db/queries/firms.server.ts";
import { findConsent, findPlanOf, listPlans } from "#db/queries/plans.server.ts";
import { listRowFaults } from "#db/queries/record-faults.server.ts";
import { readLog } from "../support/chain.ts";
import { done, openedConsultation, refusalOf } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createStairwell, createSubdistrict, formKey, testVault, type StairwellShape } from "../support/factories.ts";
import { photo } from "../support/files.ts";
import { createFirm, creditCode, planOf } from "../support/plans.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.close());

const now = new Date("2026-11-20T02:00:00Z");
const deps = (at = now) => ({ db: database.db, vault: testVault, storage: database.storage, now: at });

async function setUp(shape: StairwellShape = {}) {
  const stairwell = await createStairwell(database.db, { stage: "consultation", ...shape });
  const { subdistrictId, committeeId: scopeId, code } = stairwell;
  const clerk = await createAccount(database.db, "committee", { subdistrictId, scopeId });
  const firmId = await createFirm(database.db, subdistrictId);
  const record = (change: Partial<PlanRecording> = {}, at = now) => recordPlan(deps(at), planOf(code, firmId, clerk, change));
  const open = (plan?: string, closesOn = "2026-12-20") =>
    openConsultation(deps(), { stairwell: code, ruleset: "cn-civil-278-major", closesOn, plan, accountId: clerk, formKey: formKey() });
  return { ...stairwell, clerk, firmId, record, open };
}

describe("the register of firms", () => {
  it("keeps what was registered before, and one identifier once a subdistrict", async () => {
    const { subdistrictId } = await createSubdistrict(database.db);
    const accountId = await createAccount(database.db, "office", { subdistrictId, scopeId: subdistrictId });
    const record: FirmRecord = { name: "安居加梯", kind: "agent", grade: "B", validFrom: "2026-01-01", validUntil: null, source: "名录", phone: null };
    const firm = { subdistrictId, creditCode: creditCode(), record, accountId };
    const key = formKey();
    const first = await done(recordFirm(deps(), { ...firm, firmId: null, formKey: key }));
    expect(await done(recordFirm(deps(), { ...firm, firmId: null, formKey: key }))).toEqual(first);
    expect(await refusalOf(recordFirm(deps(), { ...firm, firmId: null, formKey: formKey() }))).toBe("firm_known");
    expect(await refusalOf(recordFirm(deps(), { ...firm, firmId: first.firmId, formKey: formKey() }))).toBe("firm_unchanged");
    await done(recordFirm(deps(), { ...firm, firmId: first.firmId, record: { ...record, grade: "A" }, formKey: formKey() }));
    expect(await listFirms(database.db, subdistrictId)).toMatchObject([{ id: first.firmId, grade: "A", blocked: false }]);
    expect(await database.db.selectFrom("firmRecord").select("grade").where("firmId", "=", first.firmId).orderBy("id").execute()).toEqual([{ grade: "B" }, { grade: "A" }]);
    const other = await createSubdistrict(database.db);
    expect(await refusalOf(recordFirm(deps(), { ...firm, ...other, firmId: first.firmId, formKey: formKey() }))).toBe("firm_unknown");
    expect(await refusalOf(blockFirm(deps(), { ...other, firmId: first.firmId, step: "block", reason: "拖欠", source: "通报", accountId, formKey: formKey() }))).toBe("firm_unknown");
  });

  it("puts a firm on the blacklist with reason and source, and off it again; both stay", async () => {
    const { subdistrictId } = await createSubdistrict(database.db);
    const firmId = await createFirm(database.db, subdistrictId, { blocked: true });
    const accountId = await createAccount(database.db, "office", { subdistrictId, scopeId: subdistrictId });
    expect(await listFirms(database.db, subdistrictId)).toMatchObject([{ blocked: true, blockReason: "拖欠工程款", blockSource: "区通报" }]);
    const step = (kind: "block" | "clear") => blockFirm(deps(), { subdistrictId, firmId, step: kind, reason: "已付清", source: "区通报", accountId, formKey: formKey() });
    expect(await refusalOf(step("block"))).toBe("firm_blocked");
    await done(step("clear"));
    expect(await refusalOf(step("clear"))).toBe("firm_not_blocked");
    expect(await listFirms(database.db, subdistrictId)).toMatchObject([{ blocked: false, blockReason: null }]);
    expect(await database.db.selectFrom("firmBlock").select("blocked").where("firmId", "=", firmId).orderBy("id").execute()).toEqual([{ blocked: true }, { blocked: false }]);
    await expect(database.db.updateTable("firmBlock").set({ reason: "无" }).execute()).rejects.toThrow("permission denied");
  });
});

describe("a plan", () => {
  it("gets a new version by whoever saw the last; no version ever changes", async () => {
    const { record, stairwellId, code, clerk } = await setUp();
    const key = formKey();
    expect(await done(record({ formKey: key }))).toMatchObject({ number: 1, version: 1 });
    expect(await done(record({ formKey: key }))).toMatchObject({ number: 1, version: 1 });
    const second = { number: 1, seen: 1, priceFen: 62_000_000, changed: "钢材涨价" };
    const [one, other] = await Promise.all([record(second), record({ ...second, priceFen: 63_000_000 })]);
    expect([one, other].map((answer) => (answer.ok ? "done" : answer.problem.code)).sort()).toEqual(["done", "plan_newer"]);
    expect(await done(record({ make: "别家" }))).toMatchObject({ number: 2, version: 1 });
    await done(withdrawPlan(deps(), { stairwell: code, number: 2, reason: "太贵", accountId: clerk, formKey: formKey() }));
    const plans = await listPlans(database.db, stairwellId);
    expect(plans.map(({ number, newest, earlier, withdrawn }) => [number, newest.version, earlier.length, withdrawn?.reason])).toEqual([[1, 2, 1, undefined], [2, 1, 0, "太贵"]]);
    expect((await readLog(database.db, stairwellId)).map(({ verb }) => verb)).toEqual(["plan-recorded", "plan-recorded", "plan-recorded", "plan-withdrawn"]);
    await expect(database.db.updateTable("planVersion").set({ priceFen: 1 }).execute()).rejects.toThrow("permission denied");
    await expect(database.db.deleteFrom("planWithdrawal").execute()).rejects.toThrow("permission denied");
  });

  it("has a drawing that everybody sees once somebody has looked at it, and that a new version keeps", async () => {
    const { record, stairwellId } = await setUp();
    const drawing = await photo();
    expect(await refusalOf(record({ drawing }))).toBe("plan_drawing_unchecked");
    expect(await database.db.selectFrom("file").select("id").where("kind", "=", "document").execute()).toEqual([]);
    await done(record({ drawing, checked: true }));
    await done(record({ number: 1, seen: 1, months: 5, changed: "雨季" }));
    const [plan] = await listPlans(database.db, stairwellId);
    expect(plan?.newest.drawing).toBe(plan?.earlier[0]?.drawing);
    expect(await database.db.selectFrom("file").select(["id", "removedAt"]).where("publicSince", "is not", null).where("kind", "=", "document").execute()).toEqual([{ id: plan?.newest.drawing, removedAt: null }]);
    expect(await refusalOf(record({ drawing: Buffer.from("<svg/>"), checked: true }))).toBe("file_unknown_type");
  });

  it("is refused with a firm that cannot be taken, of another subdistrict, or for a stairwell that is not there", async () => {
    const { record, subdistrictId } = await setUp();
    const blocked = await createFirm(database.db, subdistrictId, { blocked: true });
    const expired = await createFirm(database.db, subdistrictId, { validUntil: "2026-11-19" });
    const maker = await createFirm(database.db, subdistrictId, { kind: "maker" });
    const foreign = await createFirm(database.db, (await createSubdistrict(database.db)).subdistrictId);
    const refusals = [];
    for (const firmId of [blocked, expired, maker, foreign]) refusals.push(await refusalOf(record({ firmId })));
    expect(refusals).toEqual(["plan_firm_blacklisted", "plan_firm_not_valid", "plan_firm_no_agent", "plan_firm_unknown"]);
    expect(await refusalOf(record({ stairwell: "X-1" }))).toBe("stairwell_unknown");
    expect(await refusalOf(withdrawPlan(deps(), { stairwell: "X-1", number: 1, reason: "无", accountId: 1, formKey: formKey() }))).toBe("stairwell_unknown");
  });
});

describe("a consultation", () => {
  it("is bound to the version that is put to the vote, which nobody changes until the result is out", async () => {
    const { record, open, code, clerk, stairwellId } = await setUp();
    await done(record());
    await done(record({ make: "别家" }));
    await done(record({ number: 2, seen: 1, priceFen: 65_000_000, changed: "换品牌" }));
    expect(await refusalOf(open())).toBe("plan_not_chosen");
    expect(await refusalOf(open("2.1"))).toBe("plan_newer");
    expect(await refusalOf(open("3.1"))).toBe("plan_withdrawn");
    const { consultation } = await done(open("2.2"));
    const { id } = await database.db.selectFrom("consultation").select("id").where("code", "=", consultation).executeTakeFirstOrThrow();
    expect(await findPlanOf(database.db, id)).toMatchObject({ number: 2, version: 2, priceFen: 65_000_000 });
    expect((await readLog(database.db, stairwellId)).at(-1)?.content).toMatchObject({ plan: { number: 2, version: 2 } });

    expect(await refusalOf(record({ number: 2, seen: 2, months: 6, changed: "雨季" }))).toBe("plan_being_voted");
    expect(await refusalOf(withdrawPlan(deps(), { stairwell: code, number: 2, reason: "太贵", accountId: clerk, formKey: formKey() }))).toBe("plan_being_voted");
    expect(await done(record({ number: 1, seen: 1, months: 6, changed: "雨季" }))).toMatchObject({ version: 2 });
    const other = await database.db.selectFrom("planVersion").select("id").where("stairwellId", "=", stairwellId).orderBy("id").executeTakeFirstOrThrow();
    const rebind = database.db.insertInto("consultationPlan").values({ consultationId: id, subdistrictId: 1, planVersionId: other.id });
    await expect(rebind.execute()).rejects.toThrow("keeps its plan");
    expect(await listRowFaults(database.db)).toEqual([]);
  });

  it("needs no plan where the stairwell has none, and takes the only one by itself", async () => {
    const none = await setUp();
    await done(none.open());
    const one = await setUp();
    await done(one.record());
    const { consultation } = await done(one.open());
    const { id } = await database.db.selectFrom("consultation").select("id").where("code", "=", consultation).executeTakeFirstOrThrow();
    expect(await findPlanOf(database.db, id)).toMatchObject({ number: 1, version: 1 });
  });

  it("that has passed is to be renewed after a material change of its plan, by the share of the day it was opened", async () => {
    let made: { firmId: number; clerk: number } = { firmId: 0, clerk: 0 };
    const opened = await openedConsultation(database.db, {
      floors: 2,
      before: async ({ subdistrictId, committeeId: scopeId, code }) => {
        made = { firmId: await createFirm(database.db, subdistrictId), clerk: await createAccount(database.db, "committee", { subdistrictId, scopeId }) };
        await done(recordPlan(deps(), planOf(code, made.firmId, made.clerk)));
      },
    });
    const { stairwell, later } = opened;
    const at = { ...deps(later.now) };
    const change = (seen: number, priceFen: number) => recordPlan(at, planOf(stairwell.code, made.firmId, made.clerk, { number: 1, seen, priceFen, changed: "钢材涨价" }));
    const consent = () => findConsent(database.db, stairwell.stairwellId);
    for (const { room } of stairwell.flats) await done(opened.cast(room, "agree"));
    await done(opened.close());
    await done(opened.certify());
    expect([await refusalOf(change(1, 70_000_000)), await consent()]).toEqual(["plan_being_voted", null]);
    await done(opened.publish());
    expect(await consent()).toMatchObject({ consultation: opened.consultation, changes: [] });

    const again = () => openConsultation(at, { stairwell: stairwell.code, ruleset: "cn-civil-278-major", closesOn: "2026-12-30", accountId: made.clerk, formKey: formKey() });
    await done(change(1, 66_000_000));
    expect((await consent())?.changes).toEqual([]);
    expect(await refusalOf(again())).toBe("already_passed");
    await done(change(2, 66_000_001));
    expect(await consent()).toMatchObject({ voted: { version: 1 }, newest: { version: 3 }, changes: ["price"] });
    const office = await createAccount(database.db, "office", { subdistrictId: stairwell.subdistrictId, scopeId: stairwell.subdistrictId });
    await done(changeSetting(at, { subdistrictId: stairwell.subdistrictId, key: "plan-change-percent", value: 20, fromDay: "2026-12-01", accountId: office, formKey: formKey() }));
    expect((await consent())?.changes).toEqual(["price"]);

    await done(again());
    expect(await consent()).toMatchObject({ voted: { version: 1 } });
    expect(await listRowFaults(database.db)).toEqual([]);
  });
});
