import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import sharp from "sharp";
import { seedDemo } from "#app/commands/seed-demo.ts";
import { readConfig } from "#app/config.server.ts";
import { guides, type Guide } from "#app/i18n/zh-CN/guide.ts";
import { createStorage } from "#app/integrations/storage.server.ts";
import { startPortal } from "#app/server.ts";
import { guideScreens } from "#app/ui/guide-screens.ts";
import { connect } from "#db/client.server.ts";
import { openDatabase } from "#db/open.server.ts";
import { createVault } from "#db/personal-data.server.ts";
import { launchBrowser } from "../support/browser.ts";
import { MOST_PICTURE_BYTES, PICTURE_FOLDER, PICTURE_SCALE } from "../support/guide-pictures.ts";
import { signInStaff } from "../support/staff-browser.ts";
import { shots, type Shot } from "./pictures.ts";

/** Takes the pictures of the guides from a demo of its own; with names, those alone. */
const wanted = process.argv.slice(2);

const folder = mkdtempSync(path.join(tmpdir(), "jiati-guide-"));
chmodSync(folder, 0o711);
const config = readConfig({ SESSION_SECRET: "a secret for pictures only, long enough", LOG_LEVEL: "error", PORT: "0", DATA_DIR: folder }, { demo: true });
const database = await openDatabase(config, { holder: "portal", database: "jiati_demo" });
const client = connect(database.url, { max: 4 });
await seedDemo({ db: client.db, vault: createVault(config.dataKey), storage: createStorage(config.storage, database.name), now: new Date() });
await client.close();
const portal = await startPortal(config, database);
// Else its fields for dates begin with the month.
const browser = await launchBrowser(["--lang=zh-CN"]);

try {
  if (!browser) throw new Error("no browser");
  mkdirSync(PICTURE_FOLDER, { recursive: true });
  for (const guide of Object.values<Guide>(guides)) await takeGuide(browser, guide);
} finally {
  await browser?.close();
  await portal.close();
  await database.close();
  rmSync(folder, { recursive: true, force: true });
}

async function takeGuide(on: Browser, { screen, steps }: Guide): Promise<void> {
  const pages = new Map<string, Page>();
  for (const { picture } of steps) {
    const shot = (shots as Record<string, Shot>)[picture];
    if (!shot || (wanted.length > 0 && !wanted.includes(picture))) continue;
    const who = JSON.stringify(shot.as ?? null);
    const page = pages.get(who) ?? (await openAs(on, screen, shot.as));
    pages.set(who, page);
    await shot.go(page);
    const top = shot.from ? await page.locator(`main ${shot.from}`).first().evaluate((one) => one.getBoundingClientRect().top + scrollY) : 0;
    await page.evaluate((y) => scrollTo({ top: Math.max(0, y), behavior: "instant" }), top - 12);
    await write(picture, await page.screenshot());
  }
  for (const page of pages.values()) await page.context().close();
}

async function openAs(on: Browser, screen: Guide["screen"], as: Shot["as"]): Promise<Page> {
  const context = await on.newContext({ baseURL: portal.url, viewport: guideScreens[screen], deviceScaleFactor: PICTURE_SCALE[screen], locale: "zh-CN", reducedMotion: "reduce" });
  const page = await context.newPage();
  if (as && "login" in as) await signInStaff(page, as.login);
  if (as && "phone" in as) {
    await page.goto("/sign-in");
    await page.getByLabel("手机号码").fill(as.phone);
    await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "获取验证码" }).click()]);
    const messages = await context.newPage();
    await messages.goto("/demo/messages");
    const code = /(?<!\d)\d{6}(?!\d)/.exec(await messages.locator("main").innerText())?.[0] ?? "";
    await messages.close();
    await page.getByLabel("验证码").fill(code);
    await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "登录", exact: true }).click()]);
  }
  return page;
}

/** As good as fits. */
async function write(picture: string, png: Buffer): Promise<void> {
  for (const quality of [72, 60, 48, 36, 24]) {
    const webp = await sharp(png).webp({ quality, effort: 6 }).toBuffer();
    if (webp.length > MOST_PICTURE_BYTES && quality > 24) continue;
    writeFileSync(path.join(PICTURE_FOLDER, `${picture}.webp`), webp);
    console.log(`${picture} ${Math.ceil(webp.length / 1_000)} kB, quality ${quality}`);
    return;
  }
}
