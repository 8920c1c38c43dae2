import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { endOverNotices } from "#app/use-cases/notice/end-over-notices.server.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, formKey } from "../support/factories.ts";
import { photo } from "../support/files.ts";
import { passedPlan, type PassedPlan } from "../support/plan-notices.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

let database: TestDatabase;
let plan: PassedPlan;
let portal: TestPortal;
let now = new Date("2026-12-01T02:00:00Z");
const people = {} as Record<"clerk" | "resident" | "neighbour", TestPortal>;
let notice: string;
let owner: number;

beforeAll(async () => {
  database = await cloneDatabase();
  plan = await passedPlan(database);
  portal = await openPortal(database, { clock: () => now });
  const { subdistrictId, flats } = plan.stairwell;
  const resident = (flat: number, phone: string) => createAccount(database.db, "resident", { subdistrictId, scopeId: flats[flat]?.id ?? 0, phone });
  people.clerk = await signedIn(database.db, portal, plan.clerk, now);
  owner = await resident(0, "13900001111");
  people.resident = await signedIn(database.db, portal, owner, now);
  people.neighbour = await signedIn(database.db, portal, await resident(1, "13900002222"), now);
});
afterAll(() => database.close());

const words = (body: string) => body.replace(/<[^>]+>/g, " ");
const upload = async (url: string, fields: Record<string, string>, files: Record<string, Uint8Array> = {}) => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ "form-key": formKey(), ...fields })) form.set(name, value);
  for (const [name, bytes] of Object.entries(files)) form.set(name, new Blob([new Uint8Array(bytes)]), "drawing.jpg");
  return people.clerk.upload(url, form);
};

describe("the pages of a plan's notice", () => {
  it("lead the clerk from the draft to the published notice with its drawing, and name what is missing", async () => {
    const url = `/desk/s/${plan.stairwell.code}/notices`;
    const page = (await people.clerk.get(url)).body;
    expect(words(page)).toContain("待发布：方案公示");
    const seen = /name="seen" value="([^"]+)"/.exec(page)?.[1] ?? "";
    for (const [fields, files, message] of [
      [{ kind: "plan", seen }, {}, "请附上方案图纸"],
      [{ kind: "plan", seen }, { drawings: await photo() }, "请先看清图纸"],
      [{ kind: "plan", seen, looked: "yes" }, { drawings: Buffer.from("<svg/>") }, "方案图纸"],
      [{ kind: "other" }, {}, "还没有填“标题”"],
    ] as const) {
      const answer = await upload(url, fields, files);
      expect(answer.status).toBe(422);
      expect(words(answer.body)).toContain(message);
    }
    expect((await people.clerk.post(url, { kind: "plan", "form-key": formKey() })).status).toBe(415);
    const posted = await upload(url, { kind: "plan", seen, looked: "yes" }, { drawings: await photo() });
    notice = /notices\/(\d+)/.exec(posted.location ?? "")?.[1] ?? "";
    expect(notice).not.toBe("");
    expect(words((await people.clerk.get(posted.location ?? "")).body)).toContain("2026 年 12 月 18 日");
    expect((await upload(url, { kind: "plan", seen, looked: "yes" }, { drawings: await photo() })).status).toBe(409);

    const own = `/desk/s/${plan.stairwell.code}/notices/${notice}`;
    expect((await upload(own, { step: "posted", looked: "yes" }, { photos: await photo({ seed: 2 }) })).status).toBe(302);
    expect((await upload(own, { step: "withdraw" })).status).toBe(422);
    const open = (await portal.get(`/notices/${notice}`)).body;
    for (const part of ["方案图纸", "张贴证明", "对方案提意见", "2026 年 12 月 18 日 24:00 前都可以提"]) expect(words(open)).toContain(part);
    expect(open.length).toBeLessThan(50_000);
    const file = /src="(\/files\/[^"]+)"/.exec(open)?.[1] ?? "";
    expect((await portal.get(file)).status).toBe(200);
  });

  it("let an owner object, the committee answer and mediate, and nobody else read it", async () => {
    const url = `/notices/${notice}/opinion`;
    expect((await portal.visitor().get(url)).location).toMatch(/^\/sign-in/);
    expect((await people.resident.post(url, { kind: "", text: "", "form-key": formKey() })).status).toBe(422);
    const given = await people.resident.post(url, { kind: "objection", text: "井道挡住我家厨房的光", "form-key": formKey() });
    const opinion = /opinions\/(\d+)/.exec(given.location ?? "")?.[1] ?? "";
    const mine = `/me/opinions/${opinion}`;
    expect(words((await people.resident.get(mine)).body)).toContain("井道挡住我家厨房的光");
    expect((await people.neighbour.get(mine)).status).toBe(404);
    expect(words((await people.neighbour.get("/me/opinions")).body)).not.toContain("反对意见");
    const stranger = await createAccount(database.db, "office", { subdistrictId: plan.stairwell.subdistrictId, scopeId: plan.stairwell.subdistrictId });
    const office = await signedIn(database.db, portal, stranger, now);
    const desk = `/desk/s/${plan.stairwell.code}/opinions/${opinion}`;
    expect((await office.get(desk)).status).toBe(403);

    expect(words((await people.clerk.get(desk)).body)).toContain("井道挡住我家厨房的光");
    expect((await people.clerk.get(`/desk/s/${plan.stairwell.code}/opinions/999999`)).status).toBe(404);
    expect((await people.clerk.post(desk, { text: "", "form-key": formKey() })).status).toBe(422);
    expect((await people.clerk.post(desk, { text: "井道改用玻璃", "form-key": formKey() })).status).toBe(302);
    expect((await people.clerk.post(desk, { text: "再答一次", "form-key": formKey() })).status).toBe(409);
    const step = { step: "session", heldOn: "2026-12-01", party: "", ending: "", text: "在居委会谈了一次" };
    expect((await people.clerk.post(`${desk}?of=mediation`, { ...step, heldOn: "", "form-key": formKey() })).status).toBe(422);
    expect((await people.clerk.post(`${desk}?of=mediation`, { ...step, "form-key": formKey() })).status).toBe(302);
    for (const part of ["井道改用玻璃", "在居委会谈了一次"]) expect(words((await people.resident.get(mine)).body)).toContain(part);
  });

  it("take down what came by phone; whoever left a phone reads the answer too", async () => {
    const url = `/desk/s/${plan.stairwell.code}/notices/${notice}/opinion`;
    expect((await people.clerk.get(url)).status).toBe(200);
    const call = { kind: "suggestion", channel: "phone", text: "机房会不会吵", room: "", name: "孙女士", phone: "13900002222", receivedOn: "" };
    expect((await people.clerk.post(url, { ...call, receivedOn: "2026-12-02", "form-key": formKey() })).status).toBe(422);
    expect((await people.clerk.post(url, { ...call, "form-key": formKey() })).location).toContain(`/notices/${notice}?done=taken`);
    expect(words((await people.neighbour.get("/me/opinions")).body)).toContain("建议或疑问");
    expect(words((await people.clerk.get("/desk")).body)).toMatch(/方案公示还有 \d+ 天.*1 条意见等答复/);
  });

  it("tell everybody a count once the period is over, and nothing before", async () => {
    const read = async () => words((await portal.get(`/notices/${notice}`)).body);
    expect(await read()).not.toContain("收到 2 条意见");
    now = new Date("2026-12-18T16:00:00Z");
    await endOverNotices(plan.at(now), (_, error) => {
      throw error;
    });
    const told = await read();
    expect(told).toContain("公示已结束，共收到 2 条意见");
    expect(told).toContain("正在逐条答复");
    expect(told).not.toMatch(/反对意见 \d|对方案提意见|厨房|孙女士/);
    expect(words((await (await signedIn(database.db, portal, owner, now)).get(`/notices/${notice}/opinion`)).body)).toContain("现在不收意见");
  });
});
