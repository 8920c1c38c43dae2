import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createSubdistrict, formKey } from "../support/factories.ts";
import { createFirm, creditCode } from "../support/plans.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

const now = new Date("2026-11-21T03:00:00Z");
let database: TestDatabase;
let visitor: TestPortal;
let office: TestPortal;
let stranger: TestPortal;
let subdistrictId: number;

beforeAll(async () => {
  database = await cloneDatabase();
  ({ subdistrictId } = await createSubdistrict(database.db));
  const other = await createSubdistrict(database.db);
  visitor = await openPortal(database, { clock: () => now });
  const person = async (at: { subdistrictId: number }) =>
    signedIn(database.db, visitor, await createAccount(database.db, "office", { ...at, scopeId: at.subdistrictId, name: "陈军" }), now);
  [office, stranger] = [await person({ subdistrictId }), await person(other)];
});
afterAll(() => database.close());

const typed = () => ({ firmName: "安居加梯", creditCode: creditCode(), kind: "agent", grade: "A", validFrom: "2026-01-01", validUntil: "2026-12-31", source: "2026 年名录", "form-key": formKey() });
const newest = async () => (await database.db.selectFrom("firm").select("id").orderBy("id", "desc").executeTakeFirstOrThrow()).id;

describe("the register of firms", () => {
  it("is kept by the office and read by everybody, without who entered it", async () => {
    const form = typed();
    expect((await office.post("/desk/firms/new", form)).location).toBe("/desk/firms?done=saved");
    const id = await newest();
    expect((await office.post(`/desk/firms/${id}`, { ...form, grade: "", source: "复评", firmPhone: "021-5000 0199", "form-key": formKey() })).status).toBe(302);
    const kept = (await office.get(`/desk/firms/${id}`)).body;
    for (const part of ["陈军", "2026 年名录", "复评", `value="${form.creditCode}"`]) expect(kept).toContain(part);
    expect((await office.post(`/desk/firms/${id}`, { ...form, firmPhone: "打门房", "form-key": formKey() })).body).toContain("“对外电话”应是电话号码");
    const list = (await visitor.get("/firms")).body;
    for (const part of ["安居加梯", "没有评级", "登记有效", "不到 3 个项目，不作比较"]) expect(list).toContain(part);
    const page = (await visitor.get(`/firms/${id}`)).body;
    for (const part of [form.creditCode, "2026 年 1 月 1 日至 2026 年 12 月 31 日", "复评", 'href="tel:02150000199"']) expect(page).toContain(part);
    expect(page).not.toContain("陈军");
    expect((await visitor.get("/firms/999999")).status).toBe(404);
    expect((await visitor.get("/firms/x")).status).toBe(404);
  });

  it("says why a firm is on the blacklist and by whose word, and that it was", async () => {
    const id = await createFirm(database.db, subdistrictId, { name: "快梯工程" });
    const url = `/desk/firms/${id}/block`;
    expect((await office.post(url, { step: "block", reason: "收款后不进场", source: " ", "form-key": formKey() })).body).toContain("还没有填“依据”");
    expect((await office.post(url, { step: "block", reason: "收款后不进场", source: "区通报 3 号", "form-key": formKey() })).location).toBe("/desk/firms?done=block");
    expect((await office.post(url, { step: "block", reason: "又一次", source: "区通报", "form-key": formKey() })).status).toBe(409);
    expect((await visitor.get("/firms")).body).toContain("在黑名单上");
    expect((await visitor.get(`/firms/${id}`)).body).toContain("收款后不进场（依据：区通报 3 号）");
    expect((await office.post(url, { step: "clear", reason: "已退款", source: "区通报 9 号", "form-key": formKey() })).status).toBe(302);
    const page = (await visitor.get(`/firms/${id}`)).body;
    for (const part of ["登记有效", "移出黑名单", "收款后不进场"]) expect(page).toContain(part);
  });

  it("takes nothing that cannot be, and nothing from the office of another subdistrict", async () => {
    const id = await createFirm(database.db, subdistrictId);
    const cases: [Record<string, string>, string][] = [
      [{ creditCode: "91310115MA1H7Y2X30" }, "应是 18 位"],
      [{ validUntil: "2025-01-01" }, "不能早于开始的日期"],
      [{ kind: "bank" }, "还没有填"],
      [{ firmName: "" }, "还没有填“单位名称”"],
    ];
    const count = async () => (await database.db.selectFrom("firmRecord").select("id").execute()).length;
    const before = await count();
    for (const [change, words] of cases) {
      const answer = await office.post("/desk/firms/new", { ...typed(), ...change });
      expect([answer.status, answer.body.includes(words)], words).toEqual([422, true]);
    }
    expect((await stranger.post(`/desk/firms/${id}`, typed())).status).toBe(422);
    expect((await stranger.get(`/desk/firms/${id}`)).status).toBe(404);
    expect((await stranger.get("/desk/firms")).body).not.toContain("安居加梯");
    expect((await office.post("/desk/firms/x", typed())).status).toBe(404);
    expect(await count()).toBe(before);
  });
});
