import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { photo } from "../support/files.ts";
import { follow, submit } from "../support/follow.ts";
import { lookAt } from "../support/look.ts";
import { runPortal, type RunningPortal } from "../support/running-portal.ts";
import { signInStaff } from "../support/staff-browser.ts";

const browser: Browser | null = await launchBrowser();
describe.runIf(browser !== null).each([
  ["with scripts", true],
  ["without scripts", false],
] as const)("a complaint from the first tap to the resident's word, %s", (_, javaScriptEnabled) => {
  let portal: RunningPortal;
  let resident: Page;
  let clerk: Page;
  const contexts: BrowserContext[] = [];
  const errors: string[] = [];

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

  beforeAll(async () => {
    portal = await runPortal();
    resident = await open(390);
    clerk = await open(1280);
    await signInStaff(clerk, "lin");
  });
  afterAll(async () => {
    for (const context of contexts) await context.close();
    await portal.close();
  });

  async function look(page: Page): Promise<void> {
    if (javaScriptEnabled) await lookAt(page);
  }

  const main = async (page: Page) => (await page.locator("main").textContent()) ?? "";

  async function newestCode(): Promise<string> {
    const page = await open(390);
    await page.goto("/demo/messages");
    return /\d{6}/.exec((await main(page)).replace(/1\d{10}/g, "")) ?.[0] ?? "";
  }

  it("a tenant says what is wrong in four short pages, with a photo", async () => {
    await resident.goto("/s/A1-005");
    await follow(resident.getByRole("link", { name: "有问题要反映" }));
    await look(resident);
    await follow(resident.getByRole("link", { name: /^工程质量/ }));
    await look(resident);
    await resident.getByLabel("手机号码").fill("139 0000 7001");
    await submit(resident, "获取验证码");
    await look(resident);
    await resident.getByLabel("验证码").fill(await newestCode());
    await submit(resident, "下一步");
    await look(resident);
    await submit(resident, "提交");
    expect(await main(resident)).toContain("还没有填“具体情况”");
    await look(resident);
    await resident.getByLabel("具体情况").fill("二楼平台的栏杆松了。\n孩子会爬。");
    await resident.getByLabel("照片", { exact: false }).first().setInputFiles({ name: "栏杆.jpg", mimeType: "image/jpeg", buffer: await photo() });
    await submit(resident, "提交");
    expect(resident.url()).toMatch(/\/me\/tickets\/\d+$/);
    expect(await main(resident)).toContain("收到了");
    expect(await resident.locator("main img").count()).toBe(1);
    await look(resident);
  });

  it("the clerk finds it among today's work, sees the photo and answers", async () => {
    await clerk.goto("/desk");
    await follow(clerk.getByRole("link", { name: /件诉求待受理/ }));
    await look(clerk);
    await follow(clerk.getByRole("link", { name: /^工程质量/ }));
    await look(clerk);
    expect(await clerk.locator("main img").count()).toBe(1);
    await submit(clerk, "受理");
    await submit(clerk, "答复");
    expect(await main(clerk)).toContain("还没有填“写给居民的话”");
    await clerk.getByLabel("写给居民的话").fill("今天下午已加固，请看看。");
    await submit(clerk, "答复");
    expect(await main(clerk)).toContain("等居民说解决了没有");
    await look(clerk);
  });

  it("the resident is told by phone, says that it is not solved, and in the end that it is", async () => {
    const phone = await open(390);
    await phone.goto("/demo/messages");
    expect(await main(phone)).toMatch(/您提的诉求 \d+ 号已有答复/);
    await resident.reload();
    await look(resident);
    expect(await main(resident)).toContain("今天下午已加固");
    await resident.getByLabel("还有什么没解决").fill("另一根也松。");
    await submit(resident, "没有解决");
    await look(resident);
    await clerk.reload();
    expect(await main(clerk)).toContain("另一根也松");
    await clerk.getByLabel("写给居民的话").fill("两根都换了新的。");
    await submit(clerk, "答复");
    await resident.reload();
    await submit(resident, "解决了");
    expect(await main(resident)).toContain("已解决");
    await look(resident);
    await clerk.goto("/desk/tickets?show=solved");
    expect(await main(clerk)).toContain("工程质量");
    await look(clerk);
  });

  it("the desk takes down what somebody says on the phone", async () => {
    await clerk.goto("/desk/tickets");
    await follow(clerk.getByRole("link", { name: "登记来电来访" }));
    await clerk.getByLabel("小区或门牌").fill("海棠苑5号");
    await submit(clerk, "查找");
    await follow(clerk.getByRole("link", { name: /海棠苑/ }).last());
    await look(clerk);
    await clerk.getByLabel("哪一类").selectOption("stop");
    await clerk.getByLabel("说了什么").fill("停了两个星期，没有人说为什么。");
    await submit(clerk, "登记");
    expect(await main(clerk)).toContain("停了两个星期");
    expect(await main(clerk)).toContain("没有留");
    await look(clerk);
  });

  it("leaves nothing in the console and no answer of 500", () => {
    expect(errors).toEqual([]);
  });
});
