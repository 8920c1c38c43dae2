import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { limitsOf, measure, weigh, WEIGHTS } from "../look/measures.ts";
import { listForms, sendBroken } from "../look/refused.ts";
import { becomeVisitor, prepareVisits, type Ground, type Visit, type Visitor } from "../look/visits.ts";
import { launchBrowser } from "../support/browser.ts";
import { runPortal, type RunningPortal } from "../support/running-portal.ts";

const browser: Browser | null = await launchBrowser();
let portal: RunningPortal;
let ground: Ground;

beforeAll(async () => {
  if (!browser) return;
  portal = await runPortal();
  ground = await prepareVisits({ db: portal.database.db, vault: portal.vault });
});
const contexts: BrowserContext[] = [];
afterAll(async () => {
  for (const context of contexts) await context.close();
  if (browser) await portal.close();
});

interface Seen {
  visit: Visit;
  contrast: number;
  target: number;
  text: number;
  bytes: number;
  faults: string[];
}

async function open(browser: Browser, visitor: Visitor): Promise<Page> {
  const context = await browser.newContext({ baseURL: portal.url, javaScriptEnabled: true, locale: "zh-CN", viewport: { width: 390, height: 844 } });
  contexts.push(context);
  await becomeVisitor(context, ground, visitor, portal.url);
  return context.newPage();
}

/** One load of a page; the two views are the same page with another mark on it, which only the styles read. */
async function see(page: Page, visit: Visit): Promise<Seen> {
  const answer = await page.goto(visit.path);
  const seen: Seen = { visit, contrast: 21, target: 999, text: 999, bytes: 0, faults: [] };
  if (answer?.status() !== visit.status) return { ...seen, faults: [`answers ${answer?.status()}, not ${visit.status}`] };
  const weight = await weigh(page);
  seen.bytes = weight.page + weight.scripts;
  const most = visit.scripts ? WEIGHTS.scripts : WEIGHTS.plain;
  if (!visit.desk && seen.bytes > most) seen.faults.push(`${seen.bytes} bytes without photos, at most ${most}`);
  await measureViews(page, seen, [1280, 390]);
  return seen;
}

/** What comes back when a form of the page is sent empty: the page again, with all that is wrong. */
async function seeRefused(page: Page, visit: Visit, index: number): Promise<Seen> {
  const seen: Seen = { visit: { ...visit, state: `refused ${index}` }, contrast: 21, target: 999, text: 999, bytes: 0, faults: [] };
  const status = await sendBroken(page, index);
  if (status !== 422) return { ...seen, faults: [`an empty form is answered with ${status}`] };
  await measureViews(page, seen, [390]);
  return seen;
}

async function measureViews(page: Page, seen: Seen, widths: readonly number[]): Promise<void> {
  const { visit } = seen;
  for (const view of widths.length === 1 && visit.desk ? (["normal"] as const) : (["normal", "elder"] as const)) {
    await page.evaluate((to) => (document.documentElement.dataset["view"] = to), view);
    for (const width of view === "elder" ? [390] : widths) {
      await page.setViewportSize({ width, height: 844 });
      const found = await measure(page, limitsOf({ view, desk: visit.desk, width }));
      seen.faults.push(...found.faults.map((fault) => `${view} ${width}: ${fault}`));
      if (visit.desk || view === "elder") continue;
      Object.assign(seen, { contrast: Math.min(seen.contrast, found.contrast), target: Math.min(seen.target, found.target), text: Math.min(seen.text, found.text) });
    }
    await page.setViewportSize({ width: 320, height: 568 });
    const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (wider > 0) seen.faults.push(`${view}: ${wider} px sideways at 320 px`);
  }
}

describe.runIf(browser !== null)("every page", () => {
  it("is visited, by somebody who may see it", () => {
    expect(ground.unseen).toEqual([]);
    expect(ground.visits.filter(({ route }) => route === "none").map(({ path }) => path)).toEqual(["/no-such-page"]);
  });

  it("can be read and pressed in both views, on a phone and at the office, and weighs little", async () => {
    if (!browser) return;
    const seen: Seen[] = [];
    // At the desk one state of a page stands for all: `npm run look` sees them, in all four pictures.
    const waiting = ground.visits.filter((visit, index, all) => !visit.desk || index === all.findIndex(({ route }) => route === visit.route)).values();
    const refused = new Set<string>();
    const look = async () => {
      const pages = new Map<Visitor, Page>();
      for (const visit of waiting) {
        const page = pages.get(visit.who) ?? (await open(browser, visit.who));
        pages.set(visit.who, page);
        seen.push(await see(page, visit));
        if (visit.status !== 200) continue;
        let moved = false;
        for (const { index, asks } of await listForms(page)) {
          const form = `${visit.route} ${asks}`;
          if (refused.has(form)) continue;
          refused.add(form);
          if (moved) await page.goto(visit.path);
          moved = true;
          seen.push(await seeRefused(page, visit, index));
        }
      }
    };
    await Promise.all([look(), look()]);
    expect(seen.flatMap(({ visit, faults }) => faults.map((fault) => `${visit.path} (${visit.who}, ${visit.state}): ${fault}`))).toEqual([]);
    const [plain, forms] = [seen.filter(({ visit }) => !visit.desk && !visit.scripts), seen.filter(({ visit }) => !visit.desk && visit.scripts)];
    console.log(
      `${seen.length} pages, ${refused.size} of them with a refused form; public and residents': least contrast ${Math.min(...seen.map(({ contrast }) => contrast))}, smallest target ${Math.min(...seen.map(({ target }) => target))} px, ` +
        `smallest text ${Math.min(...seen.map(({ text }) => text))} px; heaviest without scripts ${Math.max(...plain.map(({ bytes }) => bytes))}, with scripts ${Math.max(...forms.map(({ bytes }) => bytes))} bytes`,
    );
  }, 400_000);

  it("would be found out: each measure fails a page that is made to fall short", async () => {
    if (!browser) return;
    const page = await open(browser, "stranger");
    const spoilt = async (css: string) => {
      await page.goto("/s/A1-004");
      await page.addStyleTag({ content: `${css} ` });
      return (await measure(page, limitsOf({ view: "normal", desk: false, width: 390 }))).faults.join("\n");
    };
    await page.route("**/*", async (route) => {
      const answer = await route.fetch();
      const { "content-security-policy": _, ...headers } = answer.headers();
      await route.fulfill({ response: answer, headers });
    });
    expect(await spoilt("")).toBe("");
    expect(await spoilt("main { color: #5a6669 }")).toMatch(/^contrast 5\./m);
    expect(await spoilt("main p { font-size: 17px }")).toMatch(/^text 17 px/m);
    expect(await spoilt(".button { min-height: 0; padding: 0 }")).toMatch(/^target \d\d\.?\d* px .*button/m);
    expect(await spoilt("main { width: 400px }")).toMatch(/^\d+ px sideways at 390 px$/m);
    await page.goto("/s/A1-004/intent");
    const { page: html, scripts } = await weigh(page);
    expect([html > 5_000, scripts > 50_000]).toEqual([true, true]);
    expect(WEIGHTS).toEqual({ plain: 50_000, scripts: 170_000 });
  });
});
