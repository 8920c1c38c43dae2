import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { photo } from "../support/files.ts";
import { lookAt } from "../support/look.ts";
import { runPortal, type RunningPortal } from "../support/running-portal.ts";
import { signInStaff } from "../support/staff-browser.ts";

/** The demo's site of the contractor; its milestone now is the steel frame. */
const STAIRWELL = "A1-005";
const browser: Browser | null = await launchBrowser();
let portal: RunningPortal;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "jiati-site-"));
  writeFileSync(path.join(folder, "one.jpg"), await photo({ seed: 6 }));
  portal = await runPortal();
});
afterAll(async () => {
  await portal.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.runIf(browser !== null)("a contractor with a phone at the site", () => {
  async function open(javaScriptEnabled: boolean): Promise<Page> {
    const context = await browser?.newContext({ baseURL: portal.url, javaScriptEnabled, viewport: { width: 390, height: 844 }, locale: "zh-CN" });
    if (!context) throw new Error("no browser");
    const page = await context.newPage();
    await signInStaff(page, "shigong");
    return page;
  }
  const reports = async () => {
    const { rows } = await portal.database.pool.query<{ kind: string; photos: number }>(
      `select r.kind, count(p.file_id)::int as photos from site_report r join stairwell s on s.id = r.stairwell_id
       left join site_report_photo p on p.report_id = r.id where s.code = $1 group by r.id order by r.id`, [STAIRWELL]);
    return rows;
  };
  const choose = (page: Page, name: string) => page.locator(`input[name=kind][value=${name}]`).check();

  it("without a network keeps the report with its photo on the phone, says so, and sends it once when the network is back", async () => {
    const page = await open(true);
    const errors: string[] = [];
    page.on("pageerror", (error) => void errors.push(error.message));
    const before = (await reports()).length;
    await page.goto(`/site/${STAIRWELL}`);
    await lookAt(page);

    // Until the page's scripts have looked for what is kept, the browser would send the form itself.
    await page.locator("main").getByText("先存在手机上").waitFor();
    await page.context().setOffline(true);
    await choose(page, "done");
    await page.setInputFiles("input[name=photos]:not([capture])", path.join(folder, "one.jpg"));
    await page.getByRole("button", { name: "发送" }).click();
    await page.getByText("已经存在这台手机上").waitFor();
    await page.getByText("有网络时会自动发送").waitFor();
    expect(await reports()).toHaveLength(before);
    expect(await page.locator("input[name=kind]:checked").count()).toBe(0);

    await Promise.all([page.waitForURL(/done=sent/), page.context().setOffline(false)]);
    await page.getByText("报告已收到").waitFor();
    await page.locator("main").getByText("先存在手机上").waitFor();
    expect(await page.getByText("已经存在这台手机上").count()).toBe(0);
    expect((await reports()).slice(before)).toEqual([{ kind: "done", photos: 1 }]);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it("without scripts sends a plain form, and gets back what was typed when something is missing", async () => {
    const page = await open(false);
    const before = (await reports()).length;
    await page.goto(`/site/${STAIRWELL}`);
    expect(await page.getByLabel("下一步由谁做").isVisible()).toBe(false);
    await choose(page, "stopped");
    await page.getByLabel("下一步由谁做").selectOption("gas");
    await page.getByLabel(/^为什么/).selectOption("gas");
    await page.getByRole("button", { name: "发送" }).click();
    await page.getByRole("link", { name: "请填下一步哪天前完成" }).waitFor();
    expect(await page.getByLabel("下一步由谁做").inputValue()).toBe("gas");
    await page.getByLabel("哪天前完成").fill("2099-01-01");
    await page.getByRole("button", { name: "发送" }).click();
    await page.getByText("报告已收到").waitFor();
    expect((await reports()).slice(before)).toEqual([{ kind: "stopped", photos: 0 }]);

    await page.goto(`/s/${STAIRWELL}`);
    await page.getByText("停工了：等燃气管道迁移。").waitFor();
    await page.context().close();
  });
});
