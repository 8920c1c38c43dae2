import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { castBallot } from "#app/use-cases/consultation/cast-ballot.server.ts";
import { decideMilestone } from "#app/use-cases/works/decide-milestone.server.ts";
import { reportFromSite } from "#app/use-cases/works/report-from-site.server.ts";
import { withTransaction } from "#db/client.server.ts";
import { findAssessment, insertFindings } from "#db/queries/assessments.server.ts";
import { launchBrowser } from "../support/browser.ts";
import { codeOf } from "../support/codes.ts";
import { done } from "../support/consultations.ts";
import { createAccount, formKey } from "../support/factories.ts";
import { photo } from "../support/files.ts";
import { follow, submit } from "../support/follow.ts";
import { lookAt } from "../support/look.ts";
import { runPortal, type RunningPortal } from "../support/running-portal.ts";
import { sessionToken } from "../support/sessions.ts";

const DAY = 86_400_000;
const browser: Browser | null = await launchBrowser();
let portal: RunningPortal;
/** The portal's clock goes ahead of that of the machine. */
let ahead = 0;
const clock = () => new Date(Date.now() + ahead);
let picture: { name: string; mimeType: string; buffer: Buffer };

beforeAll(async () => {
  picture = { name: "IMG_1.jpg", mimeType: "image/jpeg", buffer: await photo({ width: 240, height: 180 }) };
  portal = await runPortal({ clock });
});
afterAll(async () => {
  await portal.close();
});

describe.runIf(browser !== null).each([
  ["with scripts", true, "A2-005"],
  ["without scripts", false, "A1-003"],
] as const)("a stairwell on its way from the reserve to a lift in use, %s", (_, javaScriptEnabled, stairwell) => {
  const errors: string[] = [];
  /** The page of everybody who has one open; those who are signed in are signed out by the clock. */
  const pages = new Map<string, Page>();
  const desk = `/desk/s/${stairwell}`;
  const number = `沪梯浦 ${stairwell}（26）`;

  afterAll(async () => {
    for (const page of pages.values()) await page.context().close();
  });

  const idOf = async (login: string) => (await portal.database.db.selectFrom("account").select("id").where("login", "=", login).executeTakeFirstOrThrow()).id;

  /** The page of somebody who has signed in, or of a stranger; how one signs in is walked elsewhere. */
  async function open(who: string | number, width = 1280): Promise<Page> {
    const key = `${who} ${ahead}`;
    const known = pages.get(key);
    if (known) return known;
    const context = await browser?.newContext({ baseURL: portal.url, javaScriptEnabled, viewport: { width, height: 844 }, locale: "zh-CN" });
    if (!context) throw new Error("no browser");
    if (who !== "stranger") {
      const accountId = typeof who === "number" ? who : await idOf(who);
      const value = await sessionToken(portal.database.db, accountId, { vault: portal.vault, now: clock() });
      await context.addCookies([{ name: "jiati", value, url: portal.url }]);
    }
    const page = await context.newPage();
    pages.set(key, page);
    page.on("console", (message) => void (message.type() === "error" && errors.push(`${page.url()}: ${message.text()}`)));
    page.on("pageerror", (error) => void errors.push(`${page.url()}: ${error.message}`));
    page.on("response", (response) => void (response.status() >= 400 && errors.push(`${response.status()} ${response.url()}`)));
    return page;
  }

  const textOf = async (page: Page) => (await page.locator("main").textContent()) ?? "";
  const look = async (page: Page) => void (javaScriptEnabled && (await lookAt(page)));

  /** Takes the project one stage on, by whose step it is. */
  async function forward(page: Page, to: string): Promise<void> {
    await page.goto(`${desk}/stage`);
    await submit(page, `进入“${to}”`);
    await page.getByText("已经办好。").waitFor();
  }

  /** Puts on record what a stage asks for. */
  async function record(page: Page, kind: string, { text, day, show }: { text?: string; day?: string; show?: boolean }): Promise<void> {
    await page.goto(`${desk}/stage`);
    const form = page.locator("form", { has: page.getByRole("button", { name: "登记", exact: true }) });
    await form.getByRole("radio", { name: kind }).check();
    if (text) await form.getByLabel("编号或说明").fill(text);
    if (day) await form.getByLabel("日期").fill(day);
    if (show) {
      await form.locator("input[type=file]").setInputFiles(picture);
      await form.getByLabel("我看过了：文件上没有姓名、电话、签名，可以公开").check();
    }
    await submit(page, "登记");
    await page.getByText("已登记。").waitFor();
  }

  const today = () => clock().toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });

  it("is given its firms by the office, assessed by one professional and signed by another", async () => {
    const office = await open("office");
    for (const [login, role] of [["shigong", "施工单位"], ["jianli", "监理单位"]] as const) {
      await office.goto(`/desk/accounts?q=${login}`);
      await follow(office.locator("main table a"));
      await follow(office.getByRole("link", { name: role, exact: true }));
      await office.getByLabel("楼道编号").fill(stairwell);
      await submit(office, "给这项权限");
      await office.getByRole("button", { name: new RegExp(`收回：${role}.*${stairwell}`) }).waitFor();
    }

    const lin = await open("lin");
    await forward(lin, "条件评估");

    const ping = await open("ping", 390);
    await ping.goto("/desk/assessments");
    await follow(ping.locator(".card", { has: ping.locator(`input[value="${stairwell}"]`) }).getByRole("button", { name: "开始评估" }));
    await ping.getByText("可以开始了。").waitFor();
    const assessment = /assessments\/\d+/.exec(ping.url())?.[0] ?? "";
    await seeAll(Number(assessment.split("/")[1]));
    await ping.reload();
    await follow(ping.getByRole("button", { name: "签字" }));
    await ping.getByText("已签字。").waitFor();

    const xu = await open("fuhe", 390);
    await xu.goto("/desk/assessments");
    await follow(xu.locator(`a[href="/desk/${assessment}"]`));
    await follow(xu.getByRole("button", { name: "复核无误，签发" }));
    await xu.getByText("已签发，公开页上看得到。").waitFor();
  });

  /** What each factor is like; how it is seen one by one on a phone is walked elsewhere. */
  async function seeAll(assessmentId: number): Promise<void> {
    const { db } = portal.database;
    const [found, accountId] = [await findAssessment(db, assessmentId), await idOf("ping")];
    const seen = (found?.factors ?? []).map(({ id, limit }) => ({
      factor: id, finding: "none" as const, measured: limit && "4.50", note: null, remedy: null, remedyBy: null, subdistrictId: found?.subdistrictId ?? 0, assessmentId, accountId, at: clock(),
    }));
    await withTransaction(db, (tx) => insertFindings(tx, seen));
  }

  it("gets a plan, votes on it, and has the result certified by a second clerk", async () => {
    const lin = await open("lin");
    await lin.goto(`${desk}/plans`);
    await follow(lin.getByRole("link", { name: "添加方案" }));
    await lin.getByLabel("代建单位").selectOption({ label: "春申便民加梯服务公司" });
    await lin.getByLabel("电梯品牌").fill("申菱");
    await lin.getByLabel("型号").fill("SL-320");
    await lin.locator("input[name=entry]").first().check();
    await lin.getByLabel("井道位置").selectOption("north");
    await lin.getByLabel("总价（元）").fill("598000");
    await lin.getByLabel("工期（月）").fill("4");
    await submit(lin, "登记并公开");
    await lin.getByText("方案已登记并公开。").waitFor();

    await lin.goto(desk);
    await follow(lin.getByRole("link", { name: "开始意见征询" }));
    await submit(lin, "冻结清册，开始征询");
    const consultation = /consultations\/([\w-]+)/.exec(lin.url())?.[1] ?? "";
    await castAll(consultation);

    await lin.goto(`/desk/consultations/${consultation}/end`);
    await lin.getByLabel("验证码").fill(await codeOf(portal.database.db, { login: "lin" }, { now: clock(), vault: portal.vault }));
    await lin.getByLabel("提前截止的原因").fill("全部户已交回表决票");
    await submit(lin, "截止");
    await lin.getByText("要由另一位同事认证").waitFor();

    const zhou = await open("zhou");
    await zhou.goto(`/desk/consultations/${consultation}/end`);
    await zhou.getByLabel("验证码").fill(await codeOf(portal.database.db, { login: "zhou" }, { now: clock(), vault: portal.vault }));
    await submit(zhou, "认证");
    await submit(zhou, "公布");
    await forward(zhou, "方案公示");
  });

  /** All owners vote, as they do on the pages of another journey. */
  async function castAll(consultation: string): Promise<void> {
    const { db } = portal.database;
    const flats = await db.selectFrom("flat").innerJoin("stairwell", "stairwell.id", "flat.stairwellId").select(["flat.id", "flat.room"]).where("stairwell.code", "=", stairwell).orderBy("flat.id").execute();
    const accountId = await idOf("lin");
    for (const [index, { id, room }] of flats.entries()) {
      const choice = index === 1 ? "oppose" : "agree";
      await done(castBallot({ db, vault: portal.vault, now: clock() }, { consultation, room, choice, channel: "online", flatIds: [id], accountId, formKey: formKey() }));
    }
  }

  it("hangs out its plan for seventeen days; an owner objects and is answered", async () => {
    const zhou = await open("zhou");
    await zhou.goto(desk);
    await follow(zhou.getByRole("link", { name: "公示公告、意见" }));
    await zhou.locator("input[name=drawings]").setInputFiles(picture);
    await zhou.getByLabel("我看过了：图纸里没有姓名、电话").check();
    await submit(zhou, "看过了，发布");
    await zhou.getByText("公告已发布。").waitFor();

    const { db } = portal.database;
    const flat = await db.selectFrom("flat").innerJoin("stairwell", "stairwell.id", "flat.stairwellId").select(["flat.id", "flat.subdistrictId"]).where("stairwell.code", "=", stairwell).where("flat.room", "=", "102").executeTakeFirstOrThrow();
    const [phone, resident] = [javaScriptEnabled ? "13900004001" : "13900004002", await createAccount(db, "resident", { subdistrictId: flat.subdistrictId, scopeId: flat.id })];
    await db.updateTable("account").set({ phoneCipher: portal.vault.seal(phone), phoneHash: portal.vault.hash("phone", phone) }).where("id", "=", resident).execute();
    const owner = await open(resident, 390);
    await owner.goto(`/s/${stairwell}`);
    await follow(owner.getByRole("link", { name: "看方案，提意见" }));
    await follow(owner.getByRole("link", { name: "对方案提意见" }));
    await owner.getByRole("radio", { name: /反对/ }).check();
    await owner.locator("textarea[name=text]").fill("井道离我家窗太近");
    await follow(owner.getByRole("button", { name: "提交意见" }));
    await owner.getByText("井道离我家窗太近").first().waitFor();

    await zhou.reload();
    await follow(zhou.getByRole("link", { name: /反对意见/ }));
    await zhou.locator("textarea[name=text]").first().fill("井道往北移半米，改用玻璃。");
    await zhou.locator("form", { has: zhou.locator("#field-text-answer") }).getByRole("button").click();
    await zhou.getByText("井道往北移半米，改用玻璃。").first().waitFor();

    await zhou.goto(`${desk}/stage`);
    expect(await textOf(zhou), "the clock of the notice is not over").toContain("还缺：方案公示期满");
    ahead += 18 * DAY;
  });

  it("signs its agreement, shares the costs and is filed", async () => {
    const lin = await open("lin");
    await forward(lin, "协议筹资");
    await lin.goto(`${desk}/agreement`);
    for (const item of await lin.locator("input[name=items]").all()) await item.check();
    await lin.locator("#field-signedOn-agreement").fill(today());
    await submit(lin, "记下");
    for (const [role, firm] of [["代建单位", "春申便民加梯服务公司（代建单位）"], ["施工单位", "申江建筑工程公司（施工单位）"], ["监理单位", "东岸工程监理公司（监理单位）"]] as const) {
      await lin.getByLabel("类别").selectOption({ label: role });
      await lin.getByLabel("单位", { exact: true }).selectOption({ label: firm });
      await lin.getByLabel("合同编号").fill(`HT-${stairwell}`);
      await lin.locator("#field-signedOn-contract").fill(today());
      await submit(lin, "登记一份合同");
      await lin.getByText("合同已登记").waitFor();
    }
    await lin.goto(`${desk}/money/charge`);
    await lin.getByLabel("款项").fill("首期款");
    await lin.getByLabel("这一期合计（元）").fill("358800");
    await submit(lin, "分到各户并记下");
    await lin.getByText("各户应付已记下。").waitFor();
    await forward(lin, "联审备案");
    await record(lin, "图纸审查", { day: today() });
    await record(lin, "备案编号", { text: "浦加备〔2026〕31 号", day: today() });
    await forward(lin, "施工");
    await lin.goto(`${desk}/construction/plan?start=${today()}`);
    await submit(lin, "定下这份计划");
    await lin.getByText("施工计划已保存。").waitFor();
  });

  it("is built: milestones are reported with photos and confirmed by the supervisor, a fault is put right and checked", async () => {
    const [builder, supervisor] = [await open("shigong", 390), await open("jianli", 390)];
    const reportDone = async () => {
      await builder.goto("/site");
      await follow(builder.locator(`a[href="/site/${stairwell}"]`));
      await builder.locator("input[name=kind][value=done]").check();
      await builder.locator("input[name=photos]:not([capture])").setInputFiles(picture);
      if (javaScriptEnabled) await builder.locator("main").getByText("先存在手机上").waitFor();
      await Promise.all([builder.waitForURL(/done=sent/), builder.getByRole("button", { name: "发送" }).click()]);
      await builder.getByText("报告已收到").waitFor();
    };
    const confirm = async (board: boolean) => {
      await supervisor.goto("/site");
      await follow(supervisor.locator(`a[href="${desk}/construction"]`));
      if (board) await supervisor.getByLabel("照片里看得到公示牌").check();
      await submit(supervisor, "照片相符，确认完成");
      await supervisor.getByText("已确认完成。").waitFor();
    };
    await reportDone();
    await confirm(true);
    await follow(supervisor.getByRole("link", { name: "打印施工公示牌" }));
    await supervisor.getByText("浦加备〔2026〕31 号").waitFor();
    expect(await textOf(supervisor)).toContain("申江建筑工程公司电话");
    await look(supervisor);
    await supervisor.goBack();

    await follow(supervisor.getByRole("link", { name: "问题整改" }));
    await supervisor.getByLabel("哪一步").selectOption({ index: 1 });
    await supervisor.getByLabel("发现了什么").fill("围挡没有夜灯");
    await supervisor.getByLabel("哪天前整改").fill(today());
    await submit(supervisor, "记下");
    await follow(builder.getByRole("link", { name: "问题整改" }));
    await builder.locator("input[name=photos]:not([capture])").setInputFiles(picture);
    await submit(builder, "报整改完成");
    await supervisor.reload();
    await submit(supervisor, "复查通过");
    await supervisor.getByText("已完成").first().waitFor();
    await look(supervisor);

    await buildOn();
    await reportDone();
    await confirm(false);
    await look(supervisor);
    await builder.goto(`/site/${stairwell}`);
    await follow(builder.getByRole("link", { name: "阶段和下一步" }));
    await submit(builder, "进入“验收登记”");
    await builder.getByText("已经办好。").waitFor();
  });

  /** The milestones between the first and the last, each reported and confirmed like these. */
  async function buildOn(): Promise<void> {
    const { db, storage } = portal.database;
    const deps = { db, storage, vault: portal.vault, now: clock() };
    const [builder, supervisor] = [await idOf("shigong"), await idOf("jianli")];
    for (const milestone of ["M1", "M2", "M3", "M4", "M5", "M6", "M7", "M8", "M9"]) {
      const { reportId } = await done(reportFromSite(deps, { stairwell, kind: "done", milestone, photos: [picture.buffer], accountId: builder, formKey: formKey() }));
      await done(decideMilestone(deps, { stairwell, reportId, verdict: "confirmed", accountId: supervisor, formKey: formKey() }));
    }
  }

  it("is inspected, accepted, registered and handed over; the public page tells all of it", async () => {
    const lin = await open("lin");
    await record(lin, "监督检验报告", { text: "JD-2026-118", day: today(), show: true });
    await record(lin, "竣工验收记录", { day: today() });
    await record(lin, "使用登记编号", { text: number, day: today() });
    await forward(lin, "投入使用");
    await record(lin, "移交", { day: today() });
    for (const kind of ["验收和使用登记公告", "投入使用公告"]) {
      await lin.goto(`${desk}/notices`);
      await follow(lin.locator(".card", { hasText: `待发布：${kind}` }).getByRole("button", { name: "看过了，发布" }));
      await lin.getByText("公告已发布。").waitFor();
    }

    const neighbour = await open("stranger", 390);
    await neighbour.goto(`/s/${stairwell}`);
    await look(neighbour);
    const story = await textOf(neighbour);
    for (const told of ["电梯已经投入使用。", number, "各步都已完成并确认", "征询结果：通过", "A 适合", "方案公示", "投入使用公告"]) expect(story).toContain(told);
    expect(story, "nobody's objection").not.toContain("井道离我家窗太近");
    await follow(neighbour.getByRole("link", { name: "看备案和验收材料" }));
    await neighbour.getByText("材料都齐了。").waitFor();
    await look(neighbour);
    const papers = await textOf(neighbour);
    for (const told of ["浦加备〔2026〕31 号", "JD-2026-118", number]) expect(papers).toContain(told);
    expect(await neighbour.getByRole("img").count(), "the file that was shown").toBe(1);
    expect(errors).toEqual([]);
  });
});
