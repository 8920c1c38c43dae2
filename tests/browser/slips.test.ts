import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { follow } from "../support/follow.ts";
import { runPortal, type RunningPortal } from "../support/running-portal.ts";
import { signInStaff } from "../support/staff-browser.ts";

const browser: Browser | null = await launchBrowser();

describe.runIf(browser !== null)("the letters to the flats of a stairwell", () => {
  let portal: RunningPortal;
  let page: Page;

  beforeAll(async () => {
    portal = await runPortal();
    const context = await browser?.newContext({ baseURL: portal.url, javaScriptEnabled: false });
    if (!context) throw new Error("no browser");
    page = await context.newPage();
    await signInStaff(page, "lin");
    await page.goto("/desk/s/A1-004/slips");
  });
  afterAll(async () => {
    await portal.close();
  });

  const submit = (name: string) => follow(page.getByRole("button", { name, exact: true }));
  const codes = () => page.locator(".slip-number").allInnerTexts();

  it("print on one page each, none of them empty", async () => {
    const flats = (await codes()).length;
    expect(flats).toBe(12);
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(flats);
  });

  it("are replaced only after a second step that says what it does", async () => {
    const before = await codes();
    expect(await page.getByRole("button", { name: "确认换新，旧的作废" }).isVisible()).toBe(false);
    await page.getByText("全部换新", { exact: true }).click();
    expect(await page.getByText("旧编码马上作废").isVisible()).toBe(true);
    await submit("确认换新，旧的作废");
    const after = await codes();
    expect(after).toHaveLength(before.length);
    expect(after.filter((code) => before.includes(code))).toEqual([]);
  });
});
