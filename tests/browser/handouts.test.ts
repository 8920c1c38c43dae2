import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser } from "../support/browser.ts";
import { runPortal, type RunningPortal } from "../support/running-portal.ts";
import { signInStaff } from "../support/staff-browser.ts";

const browser: Browser | null = await launchBrowser();

const STAIRWELL = "A1-002";
const FLATS = 12;

/** What is printed: pages with their sizes in millimetres, the smallest text in points and the smallest code, without its margin, in millimetres. */
async function print(page: Page) {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  const sizes = [...pdf.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]/g)].map(([, w, h]) => [w, h].map((pt) => Math.round((Number(pt) / 72) * 25.4)).join("×"));
  await page.emulateMedia({ media: "print" });
  const seen = await page.evaluate(() => {
    const texts = document.createTreeWalker(document.querySelector("main") ?? document.body, NodeFilter.SHOW_TEXT);
    const points: number[] = [];
    const colours = new Set<string>();
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      const at = text.parentElement;
      if (!at?.checkVisibility() || text.textContent?.trim() === "" || at.closest(".unseen")) continue;
      points.push(Number.parseFloat(getComputedStyle(at).fontSize) * 0.75);
      colours.add(getComputedStyle(at).color);
    }
    const codes = [...document.querySelectorAll<SVGSVGElement>(".qr")].map((qr) => {
      const modules = qr.viewBox.baseVal.width;
      return ((qr.getBoundingClientRect().width * 25.4) / 96) * ((modules - 8) / modules);
    });
    return { smallest: Math.round(Math.min(...points) * 100) / 100, codes, colours: [...colours] };
  });
  await page.emulateMedia({ media: null });
  return { pages: sizes.length, sizes: [...new Set(sizes)], ...seen, code: Math.min(...seen.codes) };
}

describe.runIf(browser !== null)("paper from the desk, as it leaves the printer", () => {
  let portal: RunningPortal;
  let page: Page;
  let consultation: string;

  beforeAll(async () => {
    portal = await runPortal();
    const context = await browser?.newContext({ baseURL: portal.url, javaScriptEnabled: false });
    if (!context) throw new Error("no browser");
    page = await context.newPage();
    await signInStaff(page, "lin");
    await page.goto(`/desk/s/${STAIRWELL}`);
    consultation = (await page.locator("a[href^='/desk/consultations/Q']").first().getAttribute("href")) ?? "";
  });
  afterAll(async () => {
    await portal.close();
  });

  it("has a ballot on one page for each flat, to be read without glasses, with a code that is scanned at once", async () => {
    await page.goto(`${consultation}/print`);
    await page.getByRole("link", { name: "每户一张，有室号、方案和二维码" }).click();
    await page.getByRole("heading", { name: "表决票", level: 1 }).waitFor();
    const printed = await print(page);
    console.log(`表决票：${JSON.stringify({ ...printed, codes: printed.codes.length })}`);
    expect(printed).toMatchObject({ pages: FLATS, sizes: ["210×297"], colours: ["rgb(0, 0, 0)"] });
    expect(printed.codes).toHaveLength(FLATS);
    expect(printed.smallest).toBeGreaterThanOrEqual(16);
    expect(printed.code).toBeGreaterThanOrEqual(30);
    expect(await page.locator(".handout-room").first().evaluate((room) => Number.parseFloat(getComputedStyle(room).fontSize))).toBeGreaterThan(60);
  });

  it.each([
    ["authorisations", FLATS],
    ["blank", 1],
    ["roll", 1],
  ])("has %s on %i pages of A4", async (what, pages) => {
    await page.goto(`${consultation}/print/${what}`);
    const printed = await print(page);
    expect(printed).toMatchObject({ pages, sizes: ["210×297"] });
    expect(printed.smallest).toBeGreaterThanOrEqual(16);
  });

  it("has the slips a letter on a page, or four on a page", async () => {
    await page.goto(`/desk/s/${STAIRWELL}/slips`);
    const letters = await print(page);
    expect(letters).toMatchObject({ pages: FLATS, sizes: ["210×297"] });
    await page.getByRole("link", { name: "改成一页四户" }).click();
    await page.getByRole("link", { name: "改成一户一页" }).waitFor();
    const quarters = await print(page);
    expect(quarters).toMatchObject({ pages: FLATS / 4, sizes: ["210×297"] });
    for (const { smallest, code, codes } of [letters, quarters]) {
      expect(codes).toHaveLength(FLATS);
      expect(smallest).toBeGreaterThanOrEqual(16);
      expect(code).toBeGreaterThanOrEqual(30);
    }
    await page.emulateMedia({ media: "print" });
    const cut = await page.locator(".quarter").evaluateAll((slips) => slips.filter((slip) => slip.scrollHeight > slip.clientHeight || slip.scrollWidth > slip.clientWidth).length);
    await page.emulateMedia({ media: null });
    expect(cut).toBe(0);
  });

  it("has the door poster on one page of A4 or of A3", async () => {
    await page.goto(`/desk/s/${STAIRWELL}/poster`);
    const small = await print(page);
    expect(small).toMatchObject({ pages: 1, sizes: ["210×297"] });
    await page.getByRole("link", { name: "改成 A3" }).click();
    await page.getByRole("link", { name: "改成 A4" }).waitFor();
    const big = await print(page);
    expect(big).toMatchObject({ pages: 1, sizes: ["297×420"] });
    expect(big.code).toBeGreaterThan(small.code * 1.3);
    expect(Math.min(small.smallest, big.smallest)).toBeGreaterThanOrEqual(16);
  });
});
