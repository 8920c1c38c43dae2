import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issueSlips, slipCode } from "#app/use-cases/slip/issue-slips.server.ts";
import { launchBrowser } from "../support/browser.ts";
import { done } from "../support/consultations.ts";
import { formKey } from "../support/factories.ts";
import { follow } from "../support/follow.ts";
import { lookAt } from "../support/look.ts";
import { runPortal, type RunningPortal } from "../support/running-portal.ts";

const browser: Browser | null = await launchBrowser();
let portal: RunningPortal;

/** A stairwell of the demo whose owners vote. */
const VOTING = "A1-002";

beforeAll(async () => {
  if (!browser) return;
  portal = await runPortal();
  const { id: accountId } = await portal.database.db.selectFrom("account").select("id").where("login", "=", "lin").executeTakeFirstOrThrow();
  await done(issueSlips({ db: portal.database.db, vault: portal.vault, now: new Date() }, { stairwell: VOTING, renew: false, accountId, formKey: formKey() }));
});
afterAll(async () => {
  if (browser) await portal.close();
});

async function slipOf(room: string): Promise<string> {
  const { flatId, number } = await portal.database.db
    .selectFrom("slip").innerJoin("flat", "flat.id", "slip.flatId").innerJoin("stairwell", "stairwell.id", "flat.stairwellId")
    .select(["slip.flatId", "slip.number"]).where("stairwell.code", "=", VOTING).where("flat.room", "=", room).where("slip.revokedAt", "is", null)
    .executeTakeFirstOrThrow();
  return slipCode(portal.vault, flatId, number);
}

async function newestCode(): Promise<string> {
  const { textCipher } = await portal.database.db.selectFrom("outbox").select("textCipher").where("kind", "in", ["binding-code", "sign-in-code"]).orderBy("id", "desc").limit(1).executeTakeFirstOrThrow();
  return /\d{6}/.exec(portal.vault.open(textCipher ?? Buffer.alloc(0)))?.[0] ?? "";
}

describe.runIf(browser !== null).each([
  ["with scripts", true, { intent: "502", bind: "501", phone: "19900000501" }],
  ["without scripts", false, { intent: "602", bind: "601", phone: "19900000601" }],
] as const)("a resident's phone, %s", (scripts, javaScriptEnabled, flats) => {
  let context: BrowserContext;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    if (!browser) return;
    context = await browser.newContext({ baseURL: portal.url, javaScriptEnabled, viewport: { width: 390, height: 800 }, locale: "zh-CN" });
    page = await context.newPage();
    page.on("console", (message) => void (message.type() === "error" && errors.push(`${page.url()}: ${message.text()}`)));
    page.on("pageerror", (error) => void errors.push(`${page.url()}: ${error.message}`));
  });
  afterAll(() => context.close());

  const words = async () => (await page.locator("main").textContent()) ?? "";
  const submit = (name: string) => follow(page.getByRole("button", { name }).first());
  const followLink = (name: string) => follow(page.getByRole("link", { name }).first());

  /** Every page of a journey: nothing to scroll sideways, and nothing that axe finds. */
  async function look(): Promise<void> {
    if (javaScriptEnabled) await lookAt(page);
  }

  it("goes from the slip to a filed intent in three taps", async () => {
    await page.goto(`/q/${await slipOf(flats.intent)}`);
    await look();
    await followLink("填意愿");
    await look();
    await submit("愿意");
    await look();
    await submit("确认提交");
    await look();
    expect(await words()).toMatch(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}/);
    expect(errors).toEqual([]);
  });

  it("goes from the poster on the door to a receipt by keyboard alone, on a window of 320 px, over a slow line or enlarged twice", async () => {
    if (!browser) return;
    // 640 px wide at 200 % is a window of 320 px.
    const narrow = await browser.newContext({ baseURL: portal.url, javaScriptEnabled, viewport: { width: 320, height: javaScriptEnabled ? 284 : 568 }, deviceScaleFactor: javaScriptEnabled ? 2 : 1, locale: "zh-CN" });
    const way = await narrow.newPage();
    const line = await narrow.newCDPSession(way);
    const seen = { pages: 0, bytes: 0 };
    line.on("Network.loadingFinished", ({ encodedDataLength }) => (seen.bytes += encodedDataLength));
    await line.send("Network.enable");
    if (!javaScriptEnabled) await line.send("Network.emulateNetworkConditions", { offline: false, latency: 300, downloadThroughput: 50_000, uploadThroughput: 50_000 });
    const focused = () => way.evaluate(() => [...document.querySelectorAll("*")].indexOf(document.activeElement ?? document.body));
    const tabTo = async (target: Locator) => {
      for (let presses = 0; presses < 80; presses++) {
        const before = await focused();
        await way.keyboard.press("Tab");
        await expect.poll(focused).not.toBe(before);
        if (await target.evaluate((at) => at === document.activeElement)) return;
      }
      throw new Error(`${way.url()}: nothing leads to it`);
    };
    const arrived = async () => {
      seen.pages++;
      expect(await way.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), way.url()).toBeLessThanOrEqual(0);
    };
    const press = async (target: Locator) => {
      await tabTo(target);
      await Promise.all([way.waitForEvent("load"), way.keyboard.press("Enter")]);
      await arrived();
    };
    const button = (name: string) => way.getByRole("button", { name, exact: true });

    await way.goto("/s/A1-004");
    await arrived();
    await press(way.getByRole("link", { name: "我要填意愿" }));
    for (const answer of [flats.intent, "愿意", "费用", "不说，跳过"]) await press(button(answer));
    for (const [label, typed] of [["姓名", "周敏"], ["手机号码", flats.phone]] as const) {
      await tabTo(way.getByLabel(label));
      await way.keyboard.type(typed);
    }
    await press(button("下一步"));
    await press(button("确认提交"));
    expect(await way.locator("main").textContent()).toMatch(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{2}/);
    expect(seen.pages).toBe(8);
    expect(seen.bytes).toBeLessThan(javaScriptEnabled ? 260_000 : 60_000);
    console.log(`from the poster to the receipt: ${seen.pages} pages, ${seen.bytes} bytes ${scripts}`);
    await narrow.close();
  });

  it("reads aloud where the stairwell is and what comes next, sentence by sentence, where the browser can", async () => {
    const said = () => page.evaluate(() => (window as unknown as { said: string[] }).said);
    await page.addInitScript(`
      globalThis.said = [];
      globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
      Object.defineProperty(globalThis, "speechSynthesis", { value: location.hash === "#dumb" ? undefined : { speak: (one) => said.push(one.text + one.lang), cancel: () => { said.length = 0; } } });`);
    await page.goto("/s/A1-005");
    await followLink("读给我听");
    await look();
    const sentences = await page.locator(".read-aloud p").allTextContents();
    expect(sentences.join("")).toMatch(/^海棠苑 5 号楼道。现在：.*下一步：.*您可以：.*打电话给春申居民委员会：021-5000 0011。$/);
    const start = page.getByRole("button", { name: "开始朗读" });
    if (!javaScriptEnabled) return expect(await start.count()).toBe(0);
    await start.click();
    await expect.poll(said).toEqual(sentences.map((sentence) => `${sentence}zh-CN`));
    await page.getByRole("button", { name: "停下", pressed: true }).click();
    await expect.poll(said).toEqual([]);
    await start.waitFor();
    await page.goto("/s/A1-005");
    await page.goto("/s/A1-005/listen#dumb");
    await page.waitForFunction(() => Object.keys(document.querySelector("main") ?? {}).some((key) => key.startsWith("__reactFiber")));
    expect(await start.count()).toBe(0);
    expect(errors).toEqual([]);
  });

  it("is bound by the slip and votes: reads, chooses, confirms, takes it back and changes it", async () => {
    await page.goto(`/q/${await slipOf(flats.bind)}`);
    await followLink("投表决票");
    await look();
    await submit("是，我是业主");
    await look();
    await page.getByLabel("手机号码").fill(flats.phone);
    await submit("获取验证码");
    await look();
    await page.getByLabel("验证码").fill(await newestCode());
    await submit("绑定并登录");
    await look();
    expect(await words()).toContain("怎样算通过");

    await followLink("看好了，去选择");
    await look();
    await followLink("不同意");
    const pad = page.locator("canvas");
    if (javaScriptEnabled) {
      await pad.evaluate((element) => element.scrollIntoView({ block: "center" }));
      const box = await pad.boundingBox();
      if (!box) throw new Error("no place to sign");
      await page.mouse.move(box.x + 40, box.y + 50);
      await page.mouse.down();
      await page.mouse.move(box.x + 160, box.y + 90, { steps: 4 });
      await page.mouse.up();
      await page.getByText("已签名，会和票一起保存").waitFor();
    }
    expect(await pad.count()).toBe(javaScriptEnabled ? 1 : 0);
    await look();
    await submit("确认投票");
    await look();
    expect(await words()).toMatch(/您投的是：不同意.*开启码/);
    expect(await page.getByAltText("您的手写签名").count()).toBe(javaScriptEnabled ? 1 : 0);

    await submit("投错了，撤回");
    await look();
    expect(await words()).toContain("已撤回，这张票不算数");
    await followLink("看好了，去选择");
    await followLink("弃权");
    await submit("确认投票");
    await followLink("同意");
    await submit("确认投票");
    expect(await words()).toContain("您投的是：同意");
    expect(errors).toEqual([]);
  });

  it("signs in by its number once it is bound, sees the code that opens the ballot and can do without reminders", async () => {
    await context.clearCookies();
    await page.goto("/sign-in");
    await look();
    await page.getByLabel("手机号码").fill(flats.phone);
    await submit("获取验证码");
    await look();
    await page.getByLabel("验证码").fill(await newestCode());
    await submit("登录");
    await look();
    await page.getByText("我的回执和开启码").click();
    await page.getByText("开启码", { exact: true }).waitFor();
    await look();
    await submit("不要再提醒我");
    expect(await words()).toContain("重新打开提醒");
    expect(errors).toEqual([]);
  });
});
