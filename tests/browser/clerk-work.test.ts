import { sql } from "kysely";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addDays, shanghaiDay } from "#app/domain/shanghai-day.ts";
import { pinyinOf } from "#db/import/pinyin.ts";
import { launchBrowser } from "../support/browser.ts";
import { codeOf } from "../support/codes.ts";
import { openedConsultation } from "../support/consultations.ts";
import { createStairwell, type TestCommunity } from "../support/factories.ts";
import { pdf, photo } from "../support/files.ts";
import { follow, submit } from "../support/follow.ts";
import { lookAt } from "../support/look.ts";
import { mayLook } from "../support/looks.ts";
import { runPortal, type RunningPortal } from "../support/running-portal.ts";
import { sessionToken } from "../support/sessions.ts";

const browser: Browser | null = await launchBrowser();
let portal: RunningPortal;
/** One of the demo's clerks lin and zhou. */
let community: TestCommunity;
const contexts: BrowserContext[] = [];
const errors: string[] = [];

beforeAll(async () => {
  portal = await runPortal();
  community = await addCommunity("W1", "万家苑");
});
afterAll(async () => {
  for (const context of contexts) await context.close();
  await portal.close();
});

/** A community of the committee of lin and zhou. */
async function addCommunity(code: string, name: string): Promise<TestCommunity> {
  const { db } = portal.database;
  const theirs = await db.selectFrom("community").select(["subdistrictId", "committeeId"]).where("code", "=", "A1").executeTakeFirstOrThrow();
  const { id: communityId } = await db
    .insertInto("community").values({ ...theirs, code, name, ...pinyinOf(name), address: "和安路200弄", lon: 121.53, lat: 31.19 }).returning("id").executeTakeFirstOrThrow();
  return { ...theirs, communityId, code };
}

const idOf = async (login: string) => (await portal.database.db.selectFrom("account").select("id").where("login", "=", login).executeTakeFirstOrThrow()).id;

/** A page of one of the demo's staff, or of somebody on a phone. */
async function open(login: string | null, javaScriptEnabled: boolean): Promise<Page> {
  const context = await browser?.newContext({ baseURL: portal.url, javaScriptEnabled, viewport: { width: login ? 1280 : 390, height: 800 }, locale: "zh-CN" });
  if (!context) throw new Error("no browser");
  contexts.push(context);
  if (login) await context.addCookies([{ name: "jiati", value: await sessionToken(portal.database.db, await idOf(login), { vault: portal.vault }), url: portal.url }]);
  const page = await context.newPage();
  page.on("console", (message) => void (message.type() === "error" && !/status of 4(09|22)/.test(message.text()) && errors.push(`${page.url()}: ${message.text()}`)));
  page.on("pageerror", (error) => void errors.push(`${page.url()}: ${error.message}`));
  page.on("response", (response) => void (response.status() >= 500 && errors.push(`${response.status()} ${response.url()}`)));
  return page;
}

const main = async (page: Page) => (await page.locator("main").textContent()) ?? "";
const followLink = (page: Page, name: string | RegExp) => follow(page.getByRole("link", { name }).first());

/** Nothing to scroll sideways, and nothing that axe finds; it needs scripts itself. */
async function look(page: Page, javaScriptEnabled: boolean): Promise<void> {
  if (javaScriptEnabled) await lookAt(page);
}

/** Ends the consultation of which these are the pages: lin closes, zhou certifies and publishes, each with a code. */
async function closeAndCertify(lin: Page, zhou: Page, consultation: string, reason: string): Promise<void> {
  const { db } = portal.database;
  const end = `/desk/consultations/${consultation}/end`;
  await lin.goto(end);
  await lin.getByLabel("提前截止的原因").fill(reason);
  await lin.getByLabel("验证码").fill(await codeOf(db, { login: "lin" }, { vault: portal.vault }));
  await submit(lin, "截止");
  expect(await main(lin)).toContain("要由另一位同事认证");
  await zhou.goto(end);
  await zhou.getByLabel("验证码").fill(await codeOf(db, { login: "zhou" }, { vault: portal.vault }));
  await submit(zhou, "认证");
  await submit(zhou, "公布");
  expect(await main(zhou)).toContain("已公布");
}

/** How many pages of paper it prints on. */
async function sheetsOf(page: Page): Promise<number> {
  const document = (await page.pdf({ format: "A4", preferCSSPageSize: true })).toString("latin1");
  return document.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}

describe.runIf(browser !== null).each([
  ["with scripts", true],
  ["without scripts", false],
] as const)("a clerk, %s", (_, scripts) => {
  const room = scripts ? "101" : "102";

  it("files an intent for an owner who hears it read, and the owner says by the link in the message that it is not so", async () => {
    const lin = await open("lin", scripts);
    await lin.goto(`/desk/s/A1-004/intent?room=${room}`);
    await lin.getByLabel("愿意", { exact: true }).check();
    await lin.getByLabel("当面或电话代填").check();
    await submit(lin, "保存");
    await look(lin, scripts);
    expect(await main(lin)).toContain("您说：愿意装电梯");
    await submit(lin, "本人说对，保存");
    expect(await main(lin)).toContain("已发短信给业主（1 部手机），两天内可以提异议");

    const owner = await open(null, scripts);
    await owner.goto("/demo/messages");
    const link = /\/o\/[\w-]+/.exec(await main(owner))?.[0] ?? "";
    await owner.goto(link);
    await look(owner, scripts);
    await submit(owner, "不是我的意思");
    expect(await main(owner)).toContain("收到了，谢谢您");
    await owner.goto(link);
    expect(await main(owner)).toContain("已经收到您的异议");
    await lin.goto("/desk/s/A1-004");
    expect(await lin.getByRole("row", { name: room }).filter({ hasText: "代填" }).first().textContent()).toContain("业主提出异议");
  });

  it("types a stack of paper, a colleague sends one back, and the result is closed, certified and made known", async () => {
    const { db } = portal.database;
    const { consultation } = await openedConsultation(db, { community, floors: 3, flatsPerFloor: 1, now: new Date(Date.now() - 3_600_000) });
    for (const login of ["lin", "zhou"]) await mayLook(db, { consultation, accountId: await idOf(login) });
    const [lin, zhou] = [await open("lin", scripts), await open("zhou", scripts)];
    await lin.goto(`/desk/consultations/${consultation}/paper`);
    const sent = scripts
      ? (await Promise.all([1, 2, 3].map((seed) => photo({ seed, width: 600, height: 800 })))).map((buffer, index) => ({ name: `${index}.jpg`, mimeType: "image/jpeg", buffer }))
      : [{ name: "整叠.pdf", mimeType: "application/pdf", buffer: await pdf({ pages: 3 }) }];
    await lin.getByLabel("照片或扫描件").setInputFiles(sent);
    await submit(lin, "上传");
    // The pages of a PDF are drawn by a job; the page about that looks again by itself.
    await lin.waitForURL(/paper\?added=3/);
    await look(lin, scripts);
    expect(await main(lin)).toContain("收到 3 页");
    await followLink(lin, "从第一页开始录入");
    // The flat has the focus, so that the first key already counts.
    if (scripts) await lin.locator("[data-room='101']:focus").waitFor();
    for (const [flat, choice] of [["101", "同意"], ["201", "同意"], ["301", "不同意"]] as const) {
      await lin.getByRole("heading", { name: `${flat} 室　录入表决票` }).waitFor();
      // Right after a ballot a second click would be taken for the same one.
      if (scripts) await lin.waitForTimeout(850);
      await lin.getByRole("button", { name: choice, exact: true }).click();
      await lin.getByText(`${flat} 室 ${choice} 已记录`).first().waitFor();
    }
    await lin.goto(`/desk/consultations/${consultation}/end`);
    expect(await main(lin)).toContain("已录的还有 3 张没有第二个人核对，现在不算数：101、201、301");

    await zhou.goto(`/desk/consultations/${consultation}/check`);
    await look(zhou, scripts);
    for (const flat of ["101", "201"]) {
      expect(await main(zhou)).toContain(`${flat} 室`);
      await submit(zhou, /^一致/);
    }
    await followLink(zhou, "不一致");
    await submit(zhou, /^选择不对/);
    expect(await main(zhou)).toContain("没有等您核对的票");

    await lin.goto("/desk");
    await followLink(lin, "1 页纸质票等录入");
    await followLink(lin, "301 室　不同意");
    await lin.getByText("上次录成 301 室 不同意，被退回：选择不对").waitFor();
    await lin.getByRole("heading", { name: "301 室　录入表决票" }).waitFor();
    await lin.getByRole("button", { name: "同意", exact: true }).click();
    await lin.getByText("301 室 同意 已记录").first().waitFor();
    await zhou.goto(`/desk/consultations/${consultation}/check`);
    await submit(zhou, /^一致/);

    await closeAndCertify(lin, zhou, consultation, "全部户已交回表决票");
    await zhou.goto(`/desk/consultations/${consultation}/notices`);
    await submit(zhou, "看过了，发布");
    const { id } = await db
      .selectFrom("notice").innerJoin("consultation", "consultation.id", "notice.consultationId")
      .select("notice.id").where("consultation.code", "=", consultation).orderBy("notice.id", "desc").executeTakeFirstOrThrow();
    const neighbour = await open(null, scripts);
    await neighbour.goto(`/notices/${id}`);
    await look(neighbour, scripts);
    expect(await main(neighbour)).toContain("通过");
    await zhou.goto(`/desk/consultations/${consultation}/certificate`);
    for (const sum of ["3 × 3 ≥ 2 × 3", "3 × 180.00 ≥ 2 × 180.00", "4 × 3 ≥ 3 × 3", "4 × 180.00 ≥ 3 × 180.00"]) expect(await main(zhou)).toContain(sum);
    expect(await sheetsOf(zhou)).toBe(1);
  });
});

describe.runIf(browser !== null)("a clerk with a roll, on pages without scripts of their own", () => {
  it("uploads a roll, finds its faults at their cells, mends them, answers its question and keeps it", async () => {
    const { code, stairwellId } = await createStairwell(portal.database.db, { community, flatsPerFloor: 0, stage: "intent" });
    const lin = await open("lin", true);
    await lin.goto(`/desk/s/${code}/roll`);
    const send = async (rows: string) => {
      await lin.getByLabel("清册文件").setInputFiles({ name: "清册.csv", mimeType: "text/csv", buffer: Buffer.from(`室号,建筑面积,产权人,联系电话\n${rows}`) });
      await submit(lin, "读取并核对");
    };
    await send("101,五十,钱某,\n102,50.10,,\n201,48.25,孙某,12\n202,48.25,孙某,\n");
    await look(lin, true);
    const cell = (row: string, column: string) => lin.locator("tr", { hasText: row }).locator(`[data-label="${column}"]`).textContent();
    expect(await cell("第 2 行", "建筑面积")).toContain("“五十”不是数字");
    expect(await cell("第 3 行", "产权人")).not.toBe("");
    expect(await cell("第 4 行", "联系电话")).toContain("不是电话号码");
    await send("101,50.10,钱某,\n102,50.10,李某,\n201,48.25,孙某,13900001201\n202,48.25,孙某,\n");
    await look(lin, true);
    const question = lin.getByRole("group", { name: "201 室和 202 室的“孙某”是同一个人吗？" });
    await question.getByLabel("是同一个人").check();
    await submit(lin, "确认保存");
    expect(await main(lin)).toContain("业主清册已保存");
    const { rows } = await sql<{ owners: number; flats: number; open: number }>`
      select count(distinct w.owner_id)::int as owners, count(distinct f.id)::int as flats,
        (select count(*) from owner_question where stairwell_id = ${stairwellId} and answer is null)::int as open
      from flat f join ownership w on w.flat_id = f.id and w.until is null where f.stairwell_id = ${stairwellId}`.execute(portal.database.db);
    expect(rows[0]).toEqual({ owners: 3, flats: 4, open: 0 });
  });
});

describe.runIf(browser !== null)("a community of 1 200 flats", () => {
  it("is consulted from the opening to the certificate on one page", async () => {
    const { db } = portal.database;
    const wide = await addCommunity("W2", "万和苑");
    const { code, subdistrictId } = await createStairwell(db, { community: wide });
    for (let number = 1; number < 100; number++) await createStairwell(db, { community: wide, stage: "intent" });

    const [lin, zhou] = [await open("lin", true), await open("zhou", true)];
    await lin.goto(`/desk/s/${code}`);
    await followLink(lin, "占用小区土地：开始全小区征询");
    await look(lin, true);
    expect(await main(lin)).toContain("1200 户");
    await lin.getByLabel("截止日期").fill(addDays(shanghaiDay(new Date()), 20));
    await submit(lin, "冻结清册，开始征询");
    await submit(lin, "登记表决票");
    const consultation = new URL(lin.url()).pathname.split("/").at(-1) ?? "";
    expect(consultation).toMatch(/-Z$/);

    // Their owners voted online, but for the last flat: 899 agree, 300 oppose.
    await sql`
      insert into ballot (subdistrict_id, consultation_id, flat_id, seq, choice, channel, cast_at)
      select ${subdistrictId}, r.consultation_id, r.flat_id, row_number() over w, case when row_number() over w <= 899 then 'agree' else 'oppose' end, 'online', now()
      from roll_entry r join consultation c on c.id = r.consultation_id
      where c.code = ${consultation}
      window w as (order by r.flat_id) limit 1199`.execute(db);
    await lin.reload();
    await lin.getByText("键盘").first().waitFor();
    expect(await main(lin)).toContain("已参加 1199／1200 人");
    const last = await db
      .selectFrom("rollEntry").innerJoin("consultation", "consultation.id", "rollEntry.consultationId").innerJoin("flat", "flat.id", "rollEntry.flatId")
      .select(["rollEntry.unit", "flat.room"]).where("consultation.code", "=", consultation).orderBy("rollEntry.flatId", "desc").limit(1).executeTakeFirstOrThrow();
    await lin.getByLabel("找一户").fill(last.unit);
    await lin.keyboard.press("Enter");
    await lin.getByRole("heading", { name: `${last.room} 室　录入表决票` }).waitFor();
    await lin.getByRole("button", { name: /^同意/ }).click();
    await lin.getByText(`${last.room} 室 同意 已记录，第 1200 张`).waitFor();

    // Without its image it is not confirmed; the result is beyond doubt without it, but nothing may wait.
    await lin.getByRole("button", { name: /^撤回这一张/ }).click();
    await lin.getByText(`${last.room} 室 同意 已撤回`).waitFor();
    await closeAndCertify(lin, zhou, consultation, "其余的票不会改变结果");
    await zhou.goto(`/desk/consultations/${consultation}/certificate`);
    await look(zhou, true);
    const certificate = await main(zhou);
    for (const part of ["全小区意见征询结果证明", "3 × 1199 ≥ 2 × 1200", "2 × 899 > 1 × 1199", "1200 人，1200 户", "结论：通过"]) expect(certificate).toContain(part);
    expect(await sheetsOf(zhou)).toBe(1);
  });

  it("leaves nothing in the console and no answer of 500", () => {
    expect(errors).toEqual([]);
  });
});
