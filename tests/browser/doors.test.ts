import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { follow } from "../support/follow.ts";
import { lookAt } from "../support/look.ts";
import { runPortal, type RunningPortal } from "../support/running-portal.ts";
import { signInStaff } from "../support/staff-browser.ts";

const browser: Browser | null = await launchBrowser();

describe.runIf(browser !== null)("a clerk rings at the doors of a stairwell, a phone in one hand, scripts off", () => {
  const HEIGHT = 760;
  let portal: RunningPortal;
  let page: Page;

  beforeAll(async () => {
    portal = await runPortal();
    const context = await browser?.newContext({ baseURL: portal.url, javaScriptEnabled: false, viewport: { width: 390, height: HEIGHT }, locale: "zh-CN" });
    if (!context) throw new Error("no browser");
    page = await context.newPage();
    await signInStaff(page, "zhou");
    await page.goto("/desk/s/A1-002");
    await follow(page.getByRole("link", { name: "上门名单" }));
  });
  afterAll(async () => {
    await portal.close();
  });

  const tap = (name: string) => follow(page.getByRole("button", { name, exact: true }));
  const main = async () => (await page.locator("main").textContent()) ?? "";

  it("sees who was not there on three days, whom a colleague met, and where to begin", async () => {
    const list = await main();
    expect(list).toMatch(/601 室三次未遇：\d+ 月 \d+ 日、\d+ 月 \d+ 日、\d+ 月 \d+ 日/);
    expect(list).toContain("602 室");
    expect(list).toContain("从 501 室开始");
    const missing = await page.locator(".link-list a").count();
    expect(missing).toBe(5);
  });

  it("has the three buttons at the thumb, large, and not under the bar for calling", async () => {
    await page.getByRole("link", { name: "从 501 室开始" }).click();
    const bar = await page.locator(".page-call").boundingBox();
    for (const name of ["见到了", "打通了", "没遇到"]) {
      const box = await page.getByRole("button", { name, exact: true }).boundingBox();
      expect(box?.height).toBeGreaterThanOrEqual(48);
      expect(box?.width).toBeGreaterThanOrEqual(90);
      expect(box?.y).toBeGreaterThan(HEIGHT / 2);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0);
    }
  });

  it("is led from flat to flat, takes back a slip of the thumb, and leaves a word for colleagues", async () => {
    await tap("没遇到");
    expect(await main()).toContain("501 室：没遇到，记下了");
    expect(page.url()).toContain("/doors/502");
    await tap("按错了，撤销");
    expect(page.url()).toMatch(/\/doors\/501$/);
    await page.getByText("给同事的话").first().click();
    await page.getByLabel("给同事的话").fill("周六上午在家");
    await tap("见到了");
    await page.goto("/desk/s/A1-002/doors/501");
    const card = await main();
    expect(card).toContain("周六上午在家");
    expect(card).toContain("不是表决");
    expect(await page.locator("main input[type=radio], main select").count()).toBe(0);
  });

  it("loses the flat from the list when its ballot comes in", async () => {
    await page.goto("/desk/s/A1-002");
    await follow(page.locator("a[href^='/desk/consultations/']").first());
    // Single ballots are seen for a reason only, asked once.
    await tap("登记表决票");
    await page.goto(`${page.url().split("?")[0]}?room=501`);
    await tap("同意");
    await page.goto("/desk/s/A1-002/doors");
    expect(await main()).not.toContain("501 室");
    expect(await page.locator(".link-list a").count()).toBe(4);
  });

  it("prints the list on A4 with a row and empty boxes for each flat", async () => {
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".doors-sheet tbody tr").count()).toBe(4);
    expect(await page.locator(".doors-sheet tbody tr").first().locator("li").count()).toBe(12);
    expect(await page.locator(".link-list").isVisible()).toBe(false);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    await page.emulateMedia({ media: "screen" });
  });

  it("nowhere scrolls sideways, in either view, and axe finds nothing", async () => {
    const context = await browser?.newContext({ baseURL: portal.url, viewport: { width: 320, height: HEIGHT }, storageState: await page.context().storageState() });
    const narrow = await context?.newPage();
    if (!context || !narrow) throw new Error("no browser");
    for (const view of ["normal", "elder"]) {
      await context.addCookies([{ name: "view", value: view, url: portal.url }]);
      for (const url of ["/desk/s/A1-002/doors", "/desk/s/A1-002/doors/601", "/desk/s/A1-002/doors/501", "/desk/tickets", "/desk/tickets/2", "/desk/tickets/4", "/desk/tickets/new", "/desk/tickets/new?stairwell=A1-005", "/s/A1-005/tickets/new", "/s/A1-005/tickets/new?kind=noise"]) {
        await narrow.goto(url);
        await lookAt(narrow);
      }
    }
    await context.close();
  });
});
