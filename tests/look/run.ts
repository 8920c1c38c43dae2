import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { axeFaults } from "../support/axe.ts";
import { launchBrowser } from "../support/browser.ts";
import { gallery, type Shot } from "./gallery.ts";
import { limitsOf, measure, weigh, WEIGHTS, type View } from "./measures.ts";
import { openLookPlace } from "./place.ts";
import { listForms, sendBroken } from "./refused.ts";
import { becomeVisitor, prepareVisits, type Ground, type Visit, type Visitor } from "./visits.ts";

/**
 * Takes a picture of every page of the build in every state, both views, on a phone and on an office screen, and
 * measures each; `screenshots/index.html` shows them, `screenshots/figures.json` holds what was measured. Ends with 1
 * where something falls short.
 *
 *   npm run look [-- --only REGEXP] [--theme dark|contrast|print] [--no-pictures]
 */
const FOLDER = "screenshots";
const WIDTHS = [390, 1280];
/** Nothing is scrolled sideways down to here. */
const NARROWEST = 320;
const VIEWS: View[] = ["normal", "elder"];

const { values: asked } = parseArgs({ options: { only: { type: "string" }, theme: { type: "string", default: "light" }, "no-pictures": { type: "boolean" } } });
const only = new RegExp(asked.only ?? "");
const theme = asked.theme;

const browser = await launchBrowser();
if (!browser) process.exit(1);
const place = await openLookPlace();
const ground = await prepareVisits({ db: place.db, vault: place.vault });
const visits = ground.visits.filter((visit) => only.test(`${visit.path} ${visit.state ?? ""} ${visit.who}`));
rmSync(path.join(FOLDER, theme), { recursive: true, force: true });
mkdirSync(path.join(FOLDER, theme), { recursive: true });

const shots: Shot[] = [];
/** Forms that have been sent empty already, by what they ask for. */
const refused = new Set<string>();
const waiting = visits.entries();
await Promise.all([1, 2].map(() => lookThrough(browser)));
shots.sort((one, other) => one.file.localeCompare(other.file));
writeFileSync(path.join(FOLDER, `figures-${theme}.json`), JSON.stringify(shots, null, 1));
writeFileSync(path.join(FOLDER, `index-${theme}.html`), gallery(shots));
const faults = shots.flatMap((shot) => shot.faults.map((fault) => `${shot.path} (${shot.who}, ${shot.view}, ${shot.width}): ${fault}`));
for (const fault of faults) console.log(fault);
for (const route of ground.unseen) console.log(`no visit leads to ${route}`);
console.table({ pages: visits.length, shots: shots.length, faults: faults.length, ...extremes(shots) });
await browser.close();
await place.close();
process.exit(faults.length + ground.unseen.length === 0 ? 0 : 1);

/** Takes the next visit as long as there is one. */
async function lookThrough(browser: Browser): Promise<void> {
  for (const [index, visit] of waiting) for (const view of VIEWS) await lookAtVisit(browser, ground, visit, view, index);
}

async function lookAtVisit(browser: Browser, ground: Ground, visit: Visit, view: View, index: number): Promise<void> {
  const context = await openContext(browser, ground, visit.who, view);
  const page = await context.newPage();
  const answer = await page.goto(visit.path);
  const general: string[] = [];
  if (answer?.status() !== visit.status) general.push(`answers ${answer?.status()}, not ${visit.status}`);
  if (visit.status === 200 && new URL(page.url()).pathname !== visit.path.split("?")[0]) general.push(`leads on to ${page.url()}`);
  const { page: html, scripts } = await weigh(page);
  const bytes = html + scripts;
  const most = visit.scripts ? WEIGHTS.scripts : WEIGHTS.plain;
  if (!visit.desk && bytes > most) general.push(`${bytes} bytes without photos, at most ${most}`);
  await takeShots(page, visit, view, String(index), general, bytes);
  if (visit.status !== 200) return context.close();
  for (const form of await listForms(page)) {
    const name = `${visit.route} ${form.asks} ${view}`;
    if (refused.has(name)) continue;
    refused.add(name);
    await page.goto(visit.path);
    const status = await sendBroken(page, form.index);
    const state = `refused: ${form.asks}`;
    await takeShots(page, { ...visit, state }, view, `${index}-${form.index}`, status === 422 ? [] : [`an empty form is answered with ${status}`]);
  }
  await context.close();
}

/** Pictures of the page as it stands, and what is measured on it. */
async function takeShots(page: Page, visit: Visit, view: View, index: string, general: string[], bytes?: number): Promise<void> {
  const taken = new Map<number, Shot>();
  for (const width of WIDTHS) {
    await resize(page, width);
    const file = `${index.padStart(3, "0")}-${visit.path.replaceAll(/[^\w.-]+/g, "_").slice(0, 60)}-${view}-${width}.jpg`;
    await page.evaluate(async () => {
      for (const image of document.images) image.loading = "eager";
      await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
    });
    if (!asked["no-pictures"]) await page.screenshot({ path: path.join(FOLDER, theme, file), type: "jpeg", quality: 70, fullPage: true });
    taken.set(width, { ...visit, theme, view, width, file, ...(bytes !== undefined && { bytes }), faults: width === WIDTHS[0] ? general : [] });
  }
  shots.push(...taken.values());
  // Measuring unfolds what is folded: only after the pictures.
  if (theme !== "print") {
    for (const [width, shot] of taken) {
      await resize(page, width);
      const { faults, contrast, target, text } = await measure(page, limitsOf({ view, desk: visit.desk, width }));
      Object.assign(shot, { contrast, target, text });
      shot.faults.push(...faults);
    }
    const [first] = taken.values();
    await resize(page, NARROWEST);
    const { faults } = await measure(page, { contrast: 0, target: 0, text: 0, sheets: false });
    first?.faults.push(...faults, ...(await axeFaults(page)).map((fault) => `axe ${fault.slice(0, 160)}`));
  }
}

function resize(page: Page, width: number): Promise<void> {
  return page.setViewportSize({ width, height: width < 600 ? 844 : 768 });
}

async function openContext(browser: Browser, ground: Ground, who: Visitor, view: View): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: place.url, locale: "zh-CN", reducedMotion: "reduce",
    colorScheme: theme === "dark" ? "dark" : "light",
    ...(theme === "contrast" && { contrast: "more" as const }),
  });
  await context.addInitScript("globalThis.__name = (named) => named");
  const cookie = (name: string, value: string) => ({ name, value, url: place.url });
  await context.addCookies([cookie("view", view)]);
  await becomeVisitor(context, ground, who, place.url);
  if (theme === "print") context.on("page", (page: Page) => void page.emulateMedia({ media: "print" }));
  return context;
}

/** The worst of each measure, public pages and those of residents apart from desk and site. */
function extremes(shots: readonly Shot[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const view of VIEWS) {
    for (const [name, isDesk] of [["public and resident", false], ["desk and site", true]] as const) {
      const these = shots.filter((shot) => shot.view === view && shot.desk === isDesk);
      const least = (key: "contrast" | "target" | "text") => Math.min(...these.flatMap((shot) => shot[key] ?? []));
      found[`least contrast, ${name}, ${view}`] = least("contrast");
      found[`smallest target, ${name}, ${view}`] = least("target");
      found[`smallest text, ${name}, ${view}`] = least("text");
    }
  }
  const plain = shots.filter((shot) => !shot.desk);
  found["heaviest page without scripts"] = Math.max(...plain.filter(({ scripts }) => !scripts).map(({ bytes = 0 }) => bytes));
  found["heaviest form with scripts"] = Math.max(...plain.filter(({ scripts }) => scripts).map(({ bytes = 0 }) => bytes));
  return found;
}
