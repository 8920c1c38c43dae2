import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordPlan } from "#app/use-cases/plan/record-plan.server.ts";
import { done, openedConsultation, type OpenedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createStairwell, formKey, testVault, type TestStairwell } from "../support/factories.ts";
import { pdf } from "../support/files.ts";
import { createFirm, planOf } from "../support/plans.ts";
import { openPortal, type Answer, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

const now = new Date("2026-11-21T03:00:00Z");
let database: TestDatabase;
let visitor: TestPortal;
let stairwell: TestStairwell;
let clerk: TestPortal;
let firmId: number;

beforeAll(async () => {
  database = await cloneDatabase();
  visitor = await openPortal(database, { clock: () => now });
  stairwell = await createStairwell(database.db, { stage: "consultation" });
  firmId = await createFirm(database.db, stairwell.subdistrictId);
  clerk = await person("committee", stairwell.committeeId);
});
afterAll(() => database.close());

async function person(role: Parameters<typeof createAccount>[1], scopeId: number, { subdistrictId } = stairwell): Promise<TestPortal> {
  return signedIn(database.db, visitor, await createAccount(database.db, role, { subdistrictId, scopeId, name: "林芳" }), now);
}

const typed = () => ({ firm: String(firmId), make: "申菱", model: "S1", entry: "half", position: "north", price: "600,000", months: "4", about: "含玻璃幕墙", seen: "0" });

async function send(plan: string, change: Record<string, string> = {}, { by = clerk, drawing }: { by?: TestPortal; drawing?: Uint8Array } = {}): Promise<Answer> {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...typed(), "form-key": formKey(), ...change })) form.set(name, value);
  if (drawing) form.append("drawing", new Blob([new Uint8Array(drawing)]), "plan.pdf");
  return by.upload(`/desk/s/${stairwell.code}/plans/${plan}`, form);
}

describe("the plans of a stairwell", () => {
  it("are recorded by its committee with a drawing, and everybody compares them, phone and paper included", async () => {
    expect((await clerk.get(`/desk/s/${stairwell.code}/plans/new`)).body).toContain("安居加梯");
    expect((await visitor.get(`/s/${stairwell.code}/plans`)).body).toContain("还没有方案");
    expect((await send("new", { checked: "yes" }, { drawing: await pdf({ pages: 2 }) })).location).toBe(`/desk/s/${stairwell.code}/plans?done=saved`);
    expect((await send("new", { price: "650000.50", entry: "flat", make: "沪宁" })).status).toBe(302);
    expect((await send("1", { seen: "1", price: "620000", changed: "钢材涨价" })).status).toBe(302);

    const { body } = await visitor.get(`/s/${stairwell.code}/plans`);
    for (const part of ["620 000 元", "650 000.50 元", "平层入户", "错层入户", "北侧外墙", "安居加梯", "第 2 版，2026 年 11 月 21 日", "钢材涨价", "方案一图纸，第 2 页", "没有表决过", `/s/${stairwell.code}/cost`]) expect(body).toContain(part);
    const costs = await visitor.get(`/s/${stairwell.code}/cost`);
    expect(costs.status).toBe(200);
    for (const part of ["总价是方案一的报价", "620 000 元"]) expect(costs.body).toContain(part);
    expect(body).not.toContain("林芳");
    const [, file] = /src="(\/files\/[\w-]+\/thumbnail)"/.exec(body) ?? [];
    expect((await visitor.get(file ?? "")).status).toBe(200);
    expect((await visitor.get(`/s/${stairwell.code}`)).body).toContain("比较 2 个方案");
    expect((await visitor.get(`/s/${stairwell.code.toLowerCase()}/plans`)).location).toBe(`/s/${stairwell.code}/plans`);
    const desk = await clerk.get(`/desk/s/${stairwell.code}/plans`);
    for (const part of ["方案一（第 2 版）", "2026 年 11 月 21 日，林芳 登记", "撤下"]) expect(desk.body).toContain(part);
    const office = await person("office", stairwell.subdistrictId);
    expect((await office.get(`/desk/s/${stairwell.code}/plans`)).body).not.toContain("出新的一版");
  });

  it("are refused with the place of the fault, and what was typed is still there", async () => {
    const count = async () => (await database.db.selectFrom("planVersion").select("id").execute()).length;
    const before = await count();
    const cases: [string, Record<string, string>, string][] = [
      ["new", { price: "六十万" }, "“总价”要填元"],
      ["new", { months: "61" }, "“工期”要在 1–60 之间"],
      ["new", { position: "roof" }, "field-position-error"],
      ["new", { firm: "999999" }, "登记册里没有这家单位"],
      ["1", { seen: "2" }, "请写明改了什么"],
      ["1", { seen: "2", price: "620000", changed: "无" }, "没有改动"],
      ["9", { seen: "0", changed: "无" }, "404"],
    ];
    for (const [plan, change, words] of cases) {
      const answer = await send(plan, change);
      if (words === "404") expect([404, 422]).toContain(answer.status);
      else {
        expect([answer.status, answer.body.includes(words)], words).toEqual([422, true]);
        expect(answer.body).toContain("含玻璃幕墙");
      }
    }
    expect((await send("1", { seen: "1", changed: "晚了" })).status).toBe(409);
    expect((await send("x")).status).toBe(404);
    expect((await send("new", {}, { drawing: Buffer.from("<svg/>") })).status).toBe(422);
    const other = await createStairwell(database.db);
    for (const by of [await person("office", stairwell.subdistrictId), await person("committee", other.committeeId, other), await person("contractor", stairwell.stairwellId)]) {
      expect((await send("new", {}, { by })).status).toBe(403);
    }
    expect(await count()).toBe(before);
  });

  it("are taken back with a reason that everybody reads", async () => {
    const url = `/desk/s/${stairwell.code}/plans/2/withdraw`;
    expect((await clerk.get(url)).body).toContain("撤下方案二");
    expect((await clerk.post(url, { reason: " ", "form-key": formKey() })).status).toBe(422);
    expect((await clerk.post(url, { reason: "代建单位退出", "form-key": formKey() })).location).toBe(`/desk/s/${stairwell.code}/plans?done=withdrawn`);
    expect((await clerk.post(url, { reason: "再撤一次", "form-key": formKey() })).status).toBe(409);
    expect((await visitor.get(`/s/${stairwell.code}/plans`)).body).toContain("2026 年 11 月 21 日撤下：代建单位退出");
    expect((await visitor.get(`/s/${stairwell.code}`)).body).toContain("看加装方案");
  });
});

describe("the version that is voted on", () => {
  let opened: OpenedConsultation;
  let own: number;
  beforeAll(async () => {
    opened = await openedConsultation(database.db, {
      floors: 2,
      before: async (place) => {
        own = await createFirm(database.db, place.subdistrictId, { name: "便民加梯" });
        const by = await createAccount(database.db, "committee", { subdistrictId: place.subdistrictId, scopeId: place.committeeId });
        await done(recordPlan({ db: database.db, vault: testVault, storage: database.storage, now: new Date("2026-11-20T02:00:00Z") }, planOf(place.code, own, by)));
      },
    });
  });

  it("is chosen when the vote is opened", async () => {
    expect((await clerk.get(`/desk/s/${stairwell.code}/consultation`)).body).toContain('value="1.2"');
    const opening = (plan: string) => clerk.post(`/desk/s/${stairwell.code}/consultation`, { ruleset: "cn-civil-278-major", closesOn: "2026-12-20", plan, "form-key": formKey() });
    const late = await opening("1.1");
    expect([late.status, late.body.includes("这个方案刚刚有了新的版本")]).toEqual([409, true]);
    expect((await opening("x")).status).toBe(422);
    expect((await opening("1.2")).status).toBe(302);
    expect((await visitor.get(`/s/${stairwell.code}`)).body).toContain("表决的是方案一（第 2 版）");
  });

  it("stands on the ballot, on the certificate and beside the result; a change that matters calls for another vote", async () => {
    const { stairwell: place, consultation } = opened;
    const owner = await person("resident", place.flats[0]?.id ?? 0, place);
    const ballot = (await owner.get(`/me/ballots/${consultation}`)).body;
    for (const part of ["表决的方案", "方案一（第 1 版）", "便民加梯", "600 000 元", `/s/${place.code}/plans`]) expect(ballot).toContain(part);
    expect((await owner.get(`/me/ballots/${consultation}?choice=agree`)).body).toContain("方案一（第 1 版）：便民加梯");

    for (const { room } of place.flats) await done(opened.cast(room, "agree"));
    await done(opened.close());
    await done(opened.certify());
    await done(opened.publish());
    const staff = await person("committee", place.committeeId, place);
    expect((await staff.get(`/desk/consultations/${consultation}/certificate`)).body).toContain("方案一（第 1 版）：便民加梯，申菱 S1，错层入户");
    const shown = (await visitor.get(`/s/${place.code}`)).body;
    expect(shown).toContain("表决的是方案一（第 1 版）");
    expect(shown).not.toContain("要重新征求同意");

    const change = planOf(place.code, own, opened.clerk, { number: 1, seen: 1, priceFen: 70_000_000, entry: "flat", changed: "业主要求平层" });
    await done(recordPlan({ ...opened.later, storage: database.storage }, change));
    expect((await visitor.get(`/s/${place.code}`)).body).toContain("变了的是：总价、入户方式。");
    expect((await visitor.get(`/s/${place.code}/plans`)).body).toContain("总价由 600 000 元 改为 700 000 元；入户方式由错层改为平层。");
    expect((await visitor.get(`/s/${place.code}/plans`)).body).toContain("表决通过的是第 1 版");
    for (const page of ["", "/plans"]) expect((await staff.get(`/desk/s/${place.code}${page}`)).body).toContain("要重新征求同意");
    const data = JSON.parse((await visitor.get(`/api/v1/stairwells/${place.code}.json`)).body) as { plan_changes: string[]; result: { plan: object } };
    expect([data.plan_changes, data.result.plan]).toEqual([["price", "entry"], { number: 1, version: 1 }]);
  });
});
