import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stages } from "#app/domain/stages.ts";
import { topicsAt } from "#app/domain/faq.ts";
import { help } from "#app/i18n/zh-CN/help.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createStairwell, formKey } from "../support/factories.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

let database: TestDatabase;
let portal: TestPortal;
let office: TestPortal;
let code: string;
const now = new Date("2026-12-01T02:00:00Z");

beforeAll(async () => {
  database = await cloneDatabase();
  const stairwell = await createStairwell(database.db, { stage: "construction" });
  code = stairwell.code;
  portal = await openPortal(database, { clock: () => now });
  const { subdistrictId } = stairwell;
  office = await signedIn(database.db, portal, await createAccount(database.db, "office", { subdistrictId, scopeId: subdistrictId }), now);
});
afterAll(() => database.close());

const words = (body: string) => body.replace(/<[^>]+>/g, " ");
const searched = async (q: string) => portal.get(`/help?q=${encodeURIComponent(q)}`);
const topicsOf = (body: string) => [...body.matchAll(/<details[^>]*id="([a-z-]+)"/g)].map((found) => found[1]);

describe("questions and answers", () => {
  it("are found by Chinese, pinyin and initials, typing errors forgiven", async () => {
    for (const typed of ["公示多久", "gongshi", "faygs", "gongsi duojiu", "工示多久"]) expect([typed, topicsOf((await searched(typed)).body).includes("plan-notice")]).toEqual([typed, true]);
    expect(topicsOf((await searched("出钱")).body)).toContain("cost");
    const aboutCosts = help.groups.find(({ title }) => title === "费用")?.questions.map(({ id }) => id) ?? [];
    for (const typed of ["费用", "feiyong", "fieyong"]) expect([typed, topicsOf((await searched(typed)).body)]).toEqual([typed, expect.arrayContaining(aboutCosts)]);
    expect((await searched("一".repeat(200))).status).toBe(422);
    expect(words((await searched("游泳池")).body)).toContain("没有找到“游泳池”的答案");
  });

  it("are there for each stage: the stairwell's page shows the three that fit", async () => {
    const known = help.groups.flatMap(({ questions }) => questions.map(({ id }) => id));
    for (const stage of stages) for (const topic of topicsAt[stage]) expect(known).toContain(topic);
    const shown = [...(await portal.get(`/s/${code}`)).body.matchAll(/href="\/help\/q\/([a-z-]+)"/g)].map((found) => found[1]);
    expect(shown).toEqual([...topicsAt.construction]);
  });

  it("can be said to have helped or not, without a cookie; what found no answer goes to the desk, sealed", async () => {
    const page = await portal.get("/help/q/cost");
    expect(page.headers.getSetCookie()).toEqual([]);
    const say = (helped: string, key = formKey()) => portal.post("/help/q/cost", { helped, "form-key": key });
    const key = formKey();
    expect((await say("yes", key)).location).toBe("/help/q/cost?said=yes");
    await say("yes", key);
    await say("no");
    expect((await say("perhaps")).status).toBe(422);
    expect((await portal.get("/help/q/nothing")).status).toBe(404);
    expect((await portal.post("/help?q=x", { asked: "", "form-key": formKey() })).status).toBe(422);
    expect((await portal.post("/help?q=x", { asked: "电梯能不能停半层", "form-key": formKey() })).location).toBe("/help?sent=yes");
    const { rows } = await sql<{ text: string }>`select encode(text_cipher, 'escape') as text from faq_miss`.execute(database.db);
    expect(rows[0]?.text).not.toContain("半层");
    const desk = words((await office.get("/desk/help")).body);
    expect(desk).toContain("电梯能不能停半层");
    expect(desk).toContain("有帮助 1，没帮助 1");
  });

  it("are edited and dated by the office, the one before kept; a question from the desk is settled once", async () => {
    const url = "/desk/help/cost";
    const edit = { section: "费用", question: "费用怎么分？", answer: "出资的各户商量。写进协议。", source: "街道办法", hidden: "" };
    expect((await office.post(url, { ...edit, answer: "一。二。三。四。", "form-key": formKey() })).status).toBe(422);
    expect((await office.post(url, { ...edit, "form-key": formKey() })).location).toBe("/desk/help");
    expect((await office.post(url, { ...edit, "form-key": formKey() })).status).toBe(422);
    const open = words((await portal.get("/help")).body);
    expect(open).toContain("出资的各户商量");
    expect(open).toContain("2026 年 12 月 1 日修改");
    await expect(sql`update faq set answer = '改'`.execute(database.owner.db)).rejects.toMatchObject({ code: "23001" });

    expect((await office.post("/desk/help/new", { ...edit, question: "停半层行不行？", "form-key": formKey() })).status).toBe(302);
    expect(words((await searched("停半层")).body)).toContain("停半层行不行");
    expect((await office.post(url, { ...edit, hidden: "yes", "form-key": formKey() })).status).toBe(302);
    expect((await portal.get("/help/q/cost")).status).toBe(404);

    const miss = /name="miss" value="(\d+)"/.exec((await office.get("/desk/help")).body)?.[1] ?? "";
    expect((await office.post("/desk/help", { miss, "form-key": formKey() })).status).toBe(302);
    expect((await office.post("/desk/help", { miss, "form-key": formKey() })).status).toBe(409);
  });
});
