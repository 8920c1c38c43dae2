import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkBallot } from "#app/use-cases/consultation/check-ballot.server.ts";
import { attachPage } from "#app/use-cases/paper/attach-page.server.ts";
import { createVault } from "#db/personal-data.server.ts";
import { broughtToConsultation } from "../support/assessments.ts";
import { launchBrowser } from "../support/browser.ts";
import { done } from "../support/consultations.ts";
import { formKey } from "../support/factories.ts";
import { follow, submit } from "../support/follow.ts";
import { lookAt } from "../support/look.ts";
import { scannedPage } from "../support/paper.ts";
import { runPortal, type RunningPortal } from "../support/running-portal.ts";
import { signInStaff, standInFor } from "../support/staff-browser.ts";

const browser: Browser | null = await launchBrowser();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "jiati-browser-"));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
});

describe.runIf(browser !== null).each([
  ["with scripts", true],
  ["without scripts", false],
] as const)("from a filed intent to a certified result, %s", (_, javaScriptEnabled) => {
  let portal: RunningPortal;
  const errors: string[] = [];
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    portal = await runPortal();
  });
  afterAll(async () => {
    for (const context of contexts) await context.close();
    await portal.close();
  });

  async function open(width: number): Promise<Page> {
    const context = await browser?.newContext({ baseURL: portal.url, javaScriptEnabled, viewport: { width, height: 800 }, locale: "zh-CN" });
    if (!context) throw new Error("no browser");
    contexts.push(context);
    const page = await context.newPage();
    page.on("console", (message) => void (message.type() === "error" && !message.text().includes("status of 422") && errors.push(`${page.url()}: ${message.text()}`)));
    page.on("pageerror", (error) => void errors.push(`${page.url()}: ${error.message}`));
    page.on("response", (response) => void (response.status() >= 500 && errors.push(`${response.status()} ${response.url()}`)));
    return page;
  }

  /** What every page must be: nothing to scroll sideways, and nothing that axe finds. */
  async function look(page: Page): Promise<void> {
    if (javaScriptEnabled) await lookAt(page);
  }


  /** With scripts the board stays; a second click within 0.8 s would be taken for the same one. */
  async function record(page: Page, choice: string): Promise<void> {
    if (!javaScriptEnabled) return void (await submit(page, choice));
    const saved = page.waitForResponse((response) => response.url().includes("/board") && response.request().method() === "POST");
    await page.getByRole("button", { name: choice, exact: true }).click();
    expect((await saved).status()).toBe(200);
    await page.getByText(`室 ${choice} 已记录`).waitFor();
    await page.waitForTimeout(850);
  }

  async function openStaff(login: string): Promise<Page> {
    const page = await open(1366);
    await signInStaff(page, login, look);
    expect(page.url()).toBe(`${portal.url}/desk`);
    await look(page);
    return page;
  }

  async function newestCode(): Promise<string> {
    const page = await open(390);
    await page.goto("/demo/messages");
    await look(page);
    return /\d{6}/.exec((await page.locator("main").textContent())?.replace(/1\d{10}/g, "") ?? "")?.[0] ?? "";
  }

  /** The colleague compares every ballot from paper with its entry. */
  async function confirmAll(consultation: string): Promise<void> {
    const { db } = portal.database;
    const { id: accountId } = await db.selectFrom("account").select("id").where("login", "=", "zhou").executeTakeFirstOrThrow();
    const waiting = await db
      .selectFrom("pendingCheck")
      .innerJoin("consultation", "consultation.id", "pendingCheck.consultationId")
      .select(["pendingCheck.seq", "consultation.id as consultationId", "consultation.subdistrictId"])
      .where("consultation.code", "=", consultation)
      .execute();
    const deps = { db, vault: createVault("any"), now: new Date() };
    for (const { seq, consultationId, subdistrictId } of waiting) {
      const act = { consultation, seq: seq ?? 0, accountId };
      const page = await scannedPage(db, { consultationId, subdistrictId, accountId, at: deps.now });
      await done(attachPage(deps, { ...act, page, formKey: formKey() }));
      await done(checkBallot(deps, { ...act, verdict: "confirmed", formKey: formKey() }));
    }
  }

  const PHONE = "13800000046";

  it("a resident files an intent in a few short pages and confirms it by phone; the stairwell enters the reserve", async () => {
    const page = await open(320);
    await page.goto("/s/A1-004");
    await look(page);
    expect(await page.locator("main").textContent()).toContain("一半以上的住户愿意");
    await follow(page.getByRole("link", { name: "我要填意愿" }));
    await look(page);
    await submit(page, "502");
    await look(page);
    await submit(page, "愿意");
    await look(page);
    await submit(page, "费用");
    await look(page);
    await submit(page, "不说，跳过");
    await look(page);
    await page.getByRole("button", { name: "下一步" }).click();
    await page.getByText("还没有填“姓名”").first().waitFor();
    await page.getByLabel("姓名").fill("阿依古丽·买买提");
    await page.getByLabel("手机号码").fill("138 0000 0046");
    await submit(page, "下一步");
    await look(page);
    expect(await page.locator("main").textContent()).toContain("阿依古丽·买买提");
    await submit(page, "确认提交");
    await look(page);
    expect(await page.locator("main").textContent()).toMatch(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}/);

    const onlooker = await open(390);
    await onlooker.goto("/s/A1-004");
    expect(await onlooker.locator("main").textContent(), "an unconfirmed filing shows nowhere").toContain("一半以上的住户愿意");

    await submit(page, "发验证码给我");
    await page.getByLabel("验证码").fill(await newestCode());
    await submit(page, "确认");
    await look(page);
    expect(await page.locator("main").textContent()).toContain("已经算数");

    await onlooker.goto("/s/A1-004");
    await look(onlooker);
    expect(await onlooker.locator("main").textContent()).toContain("三分之二以上的住户愿意");
    await onlooker.goto("/reserve");
    await look(onlooker);
    expect(await onlooker.locator("main").textContent()).toContain("4 号楼道");
  });

  it("the committee opens a consultation, takes ballots from phone and paper, closes it; a colleague certifies and publishes", async () => {
    await broughtToConsultation(portal.database.db, "A1-004", new Date());
    const lin = await openStaff("lin");
    await lin.goto("/desk/s/A1-004");
    await look(lin);
    await follow(lin.getByRole("link", { name: "开始意见征询" }));
    await look(lin);
    await submit(lin, "冻结清册，开始征询");
    // Single ballots are looked at for a reason.
    await look(lin);
    await submit(lin, "登记表决票");
    await look(lin);
    const board = lin.url();

    const owner = await open(390);
    await owner.goto("/me");
    await look(owner);
    await owner.getByLabel("手机号码").fill(PHONE);
    await submit(owner, "获取验证码");
    await look(owner);
    await owner.getByLabel("验证码").fill(await newestCode());
    await submit(owner, "登录");
    await look(owner);
    await follow(owner.getByRole("link", { name: "去表决" }));
    await look(owner);
    await follow(owner.getByRole("link", { name: "看好了，去选择" }));
    await look(owner);
    await follow(owner.getByRole("link", { name: "同意", exact: true }).first());
    await look(owner);
    await submit(owner, "确认投票");
    await look(owner);
    expect(await owner.locator("main").textContent()).toContain("您投的是：同意");

    const onlooker = await open(390);
    await onlooker.goto("/s/A1-004");
    const open_ = (await onlooker.locator("main").textContent()) ?? "";
    expect(open_).toContain("意见征询正在进行");
    expect(open_).not.toMatch(/1\s*[／/]\s*12/);

    // Flat after flat: the next one without a ballot comes up by itself.
    await lin.goto(`${board}?room=101`);
    for (let flat = 0; flat < 11; flat++) {
      const heading = (await lin.locator("main").textContent()) ?? "";
      expect(heading).toContain("录入表决票");
      await record(lin, flat === 2 ? "不同意" : flat === 5 ? "弃权" : "同意");
    }
    await look(lin);
    expect(await lin.locator("main").textContent()).toContain("等第二个人核对，核对后才算数：101");
    await confirmAll(board.split("/").pop() ?? "");
    await lin.goto(board);
    expect(await lin.locator("main").textContent()).toContain("已参加 12／12 人");

    await follow(lin.getByRole("link", { name: "截止、认证、公布" }));
    await look(lin);
    await submit(lin, "截止");
    await lin.getByText("还没有填“验证码”").first().waitFor();
    await lin.getByLabel("验证码").fill(await standInFor(lin, "lin"));
    await submit(lin, "截止");
    await lin.getByText("要写明原因").first().waitFor();
    await look(lin);
    await lin.getByLabel("提前截止的原因").fill("全部户已交回表决票");
    await submit(lin, "截止");
    expect(await lin.locator("main").textContent()).toContain("要由另一位同事认证");
    const closed = (await onlooker.goto("/s/A1-004"), await onlooker.locator("main").textContent()) ?? "";
    expect(closed).toContain("正在核对");

    const zhou = await openStaff("zhou");
    await zhou.goto(lin.url());
    await zhou.getByLabel("验证码").fill(await standInFor(zhou, "zhou"));
    await submit(zhou, "认证");
    await look(zhou);
    await submit(zhou, "公布");
    await look(zhou);
    expect(await zhou.locator("main").textContent()).toContain("4 × 10 ≥ 3 × 12");

    await onlooker.goto("/s/A1-004");
    await look(onlooker);
    const result = (await onlooker.locator("main").textContent()) ?? "";
    expect(result).toContain("征询结果：通过");
    expect(result).toContain("4 × 10 ≥ 3 × 12");
    expect(result).toContain("3 × 12 ≥ 2 × 12");

    // An auditor's recount of the downloaded file says the same as the page.
    await zhou.goto(`${board}/look?to=${encodeURIComponent(new URL(zhou.url()).pathname)}`);
    await submit(zhou, "复核");
    const file = await zhou.request.get(`${board}/file`);
    expect(file.headers()["content-disposition"]).toContain("attachment");
    const saved = path.join(folder, `result-${String(javaScriptEnabled)}.json`);
    writeFileSync(saved, await file.body());
    const recount = spawnSync(process.execPath, ["--import", "tsx", "app/commands/recount.ts", saved], { encoding: "utf8" });
    expect(recount.status).toBe(0);
    expect(JSON.parse(recount.stdout)).toMatchObject({ passed: true, agree: { heads: 10 }, oppose: { heads: 1 }, abstain: { heads: 1 }, roll: { heads: 12 } });
  });

  it("leaves nothing in the console and no answer of 500", () => {
    expect(errors).toEqual([]);
  });
});
