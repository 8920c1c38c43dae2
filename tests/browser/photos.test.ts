import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { cameraPhoto, photo } from "../support/files.ts";
import { follow } from "../support/follow.ts";
import { lookAt } from "../support/look.ts";
import { runPortal, type RunningPortal } from "../support/running-portal.ts";
import { signInStaff } from "../support/staff-browser.ts";

const browser: Browser | null = await launchBrowser();
let portal: RunningPortal;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "jiati-photos-"));
  writeFileSync(path.join(folder, "one.jpg"), await cameraPhoto());
  writeFileSync(path.join(folder, "two.jpg"), await photo({ seed: 5 }));
  writeFileSync(path.join(folder, "page.jpg"), "<html><script>alert(1)</script></html>");
  portal = await runPortal();
});
afterAll(async () => {
  await portal.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.runIf(browser !== null).each([
  ["with scripts", true, "A1-003"],
  ["without scripts", false, "A1-005"],
] as const)("photos of a stairwell, %s", (_, javaScriptEnabled, stairwell) => {
  const errors: string[] = [];

  async function open(width: number, view = "normal"): Promise<Page> {
    const context = await browser?.newContext({ baseURL: portal.url, javaScriptEnabled, viewport: { width, height: 900 }, locale: "zh-CN" });
    if (!context) throw new Error("no browser");
    await context.addCookies([{ name: "view", value: view, url: portal.url }]);
    const page = await context.newPage();
    page.on("console", (message) => void (message.type() === "error" && !message.text().includes("status of 422") && errors.push(message.text())));
    page.on("pageerror", (error) => void errors.push(error.message));
    return page;
  }

  async function look(page: Page): Promise<void> {
    if (javaScriptEnabled) await lookAt(page);
  }

  const pictures = (page: Page) => page.locator("main .photos img").evaluateAll((all) => (all as HTMLImageElement[]).map((one) => one.naturalWidth));

  it("are sent by a clerk, looked at, shown to everybody, and removed", async () => {
    const desk = await open(1280);
    await signInStaff(desk, "lin");
    await desk.goto(`/desk/s/${stairwell}`);
    await follow(desk.getByRole("link", { name: "楼道照片" }));
    await look(desk);

    await desk.setInputFiles("input[name=photos]:not([capture])", [path.join(folder, "one.jpg"), path.join(folder, "page.jpg")]);
    await desk.getByLabel("拍的是什么").fill("门厅改造前");
    await desk.getByRole("button", { name: "保存照片" }).click();
    await desk.getByRole("link", { name: "第 2 个文件" }).waitFor();
    expect(await desk.getByLabel("拍的是什么").inputValue()).toBe("门厅改造前");
    await look(desk);

    await desk.setInputFiles("input[name=photos]:not([capture])", [path.join(folder, "one.jpg"), path.join(folder, "two.jpg")]);
    await desk.getByRole("button", { name: "保存照片" }).click();
    await desk.getByText("照片已保存，还没有公开。").waitFor();
    await expect.poll(async () => (await pictures(desk)).slice(0, 2).every((width) => width > 0)).toBe(true);
    const before = await desk.locator("main .photos li").count();
    await look(desk);

    const resident = await open(390);
    await resident.goto(`/s/${stairwell}`);
    expect(await resident.getByText("门厅改造前").count()).toBe(0);

    await follow(desk.getByRole("link", { name: "照片：门厅改造前" }).first());
    await look(desk);
    await desk.getByLabel("我看过了").check();
    await desk.getByRole("button", { name: "公开这张照片" }).click();
    await desk.getByText("照片已公开。").waitFor();

    await expect.poll(async () => (await resident.reload(), await resident.getByText("门厅改造前").count())).toBe(1);
    await resident.locator("main .photos img").first().scrollIntoViewIfNeeded();
    await expect.poll(async () => (await pictures(resident))[0]).toBeGreaterThan(0);
    await look(resident);
    const elder = await open(320, "elder");
    await elder.goto(`/s/${stairwell}`);
    await look(elder);
    await follow(resident.getByRole("link", { name: "照片：门厅改造前" }));
    expect(resident.url()).toMatch(/\/files\/[\w-]{22}\/screen$/);

    await follow(desk.getByRole("link", { name: "照片：门厅改造前" }).first());
    await desk.getByLabel("为什么删掉").fill("拍到了人");
    await desk.getByRole("button", { name: "删掉这张照片" }).click();
    await desk.getByText("照片已删掉。").waitFor();
    expect(await desk.locator("main .photos li").count()).toBe(before - 1);
    expect(errors).toEqual([]);
  });
});
