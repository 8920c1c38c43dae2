import type { Page } from "playwright-core";
import { signInStaff } from "../support/staff-browser.ts";
import type { GuidePicture } from "#app/i18n/zh-CN/guide.ts";

export interface Shot {
  /** Who is signed in: an account of the staff, or an owner by phone. */
  as?: { login: string } | { phone: string };
  /** Leads the page to what the picture shows. */
  go: (page: Page) => Promise<unknown>;
  /** What stands at the top of the picture; the top of the page unless told. */
  from?: string;
}

const owner = { phone: "13800000024" };
const clerk = { login: "lin" };
const assessor = { login: "ping" };
const contractor = { login: "shigong" };
const office = { login: "office" };

const submit = (page: Page, name: string) => Promise.all([page.waitForEvent("load"), page.getByRole("button", { name, exact: true }).first().click()]);
const at = (path: string) => (page: Page) => page.goto(path);

/** The first address on a page that begins like this. */
async function firstLink(page: Page, from: string, start: RegExp): Promise<string> {
  await page.goto(from);
  const links = await page.locator("main a[href]").evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""));
  const found = links.find((href) => start.test(href));
  if (!found) throw new Error(`${from} has no link ${start.source}`);
  return found;
}

/** The consultation of a stairwell, for a clerk who says why the ballots are looked at. */
async function consultation(page: Page, { stairwell, reason, part = "" }: { stairwell: string; reason: string; part?: string }): Promise<void> {
  const board = await firstLink(page, "/desk/consultations", new RegExp(`^/desk/consultations/[^/]*${stairwell}`));
  await page.goto(board.replace(/[?#].*/, "") + part);
  if (new URL(page.url()).pathname.endsWith("/look")) await submit(page, reason);
}

const openAssessment = async (page: Page) => page.goto(await firstLink(page, "/desk/assessments", /^\/desk\/assessments\/\d/));

/** The supervisor of the site finds something. */
async function findFault(page: Page): Promise<void> {
  const context = await page.context().browser()?.newContext({ baseURL: new URL(page.url()).origin, locale: "zh-CN" });
  const supervisor = await context?.newPage();
  if (!supervisor) throw new Error("no browser");
  await signInStaff(supervisor, "jianli");
  await supervisor.goto("/desk/s/A1-005/construction/faults");
  for (const fold of await supervisor.locator("main details:not([open]) > summary").all()) await fold.click();
  await supervisor.locator("[name=milestone]").selectOption({ label: "钢结构井道" });
  await supervisor.locator("[name=text]").fill("三楼连接板有两处焊缝没有打磨。");
  await supervisor.locator("[name=dueOn]").fill(new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10));
  await Promise.all([supervisor.waitForURL(/done/), supervisor.locator("button[value=found]").click()]);
  await context?.close();
}

/** The result of a vote, drafted and not yet published. */
async function draftedNotice(page: Page): Promise<void> {
  const board = await firstLink(page, "/desk/s/A1-001", /^\/desk\/consultations\/Q/);
  await page.goto(`${board.replace(/[?#].*/, "")}/notices`);
}

async function fileIntent(page: Page): Promise<void> {
  await page.goto("/s/A1-004/intent");
  await submit(page, "302");
}

/** How each picture of the guides is taken, in the order in which a demo allows it. */
export const shots: Record<GuidePicture, Shot> = {
  "resident-stairwell": { go: at("/s/A1-004") },
  "resident-choice": { go: fileIntent },
  "resident-receipt": {
    async go(page) {
      await fileIntent(page);
      await submit(page, "愿意");
      await submit(page, "费用");
      await submit(page, "不说，跳过");
      await page.getByLabel("姓名").fill("王秀珍");
      await page.getByLabel("手机号码").fill("13800000999");
      await submit(page, "下一步");
      await submit(page, "确认提交");
    },
  },
  "resident-sign-in": { go: at("/sign-in") },
  "resident-ballot": {
    as: owner,
    async go(page) {
      await page.goto(await firstLink(page, "/me", /^\/me\/ballots\//));
      await Promise.all([page.waitForEvent("load"), page.getByRole("link", { name: "看好了，去选择" }).click()]);
    },
  },
  "resident-ticket": { go: at("/s/A1-005/tickets/new") },
  "clerk-today": { as: clerk, go: at("/desk") },
  "clerk-stairwell": { as: clerk, go: at("/desk/s/A1-004"), from: "h1" },
  "clerk-board": { as: clerk, go: (page) => consultation(page, { stairwell: "A1-002", reason: "登记表决票" }), from: "h1" },
  "clerk-check": { as: { login: "zhou" }, go: (page) => consultation(page, { stairwell: "A1-002", reason: "复核", part: "/check" }) },
  "clerk-notices": { as: clerk, go: draftedNotice, from: "h1" },
  "clerk-stage": { as: clerk, go: at("/desk/s/A1-003/stage"), from: "h1" },
  "clerk-tickets": { as: clerk, go: at("/desk/tickets"), from: "h1" },
  "assessor-list": { as: assessor, go: at("/desk/assessments"), from: '.card:has-text("继续评估")' },
  "assessor-factors": { as: assessor, go: openAssessment },
  "assessor-factor": { as: assessor, go: openAssessment, from: "details[open]" },
  "assessor-grade": { as: assessor, go: openAssessment, from: '.card:has-text("全部看过以后")' },
  "assessor-sign": { as: { login: "fuhe" }, go: openAssessment, from: '.card:has-text("等级")' },
  "contractor-sites": { as: contractor, go: at("/site") },
  "contractor-report": { as: contractor, go: at("/site/A1-005") },
  "contractor-stopped": {
    as: contractor,
    async go(page) {
      await page.goto("/site/A1-005");
      await page.locator("input[name=kind][value=stopped]").check();
    },
    from: "form",
  },
  "contractor-plan": { as: contractor, go: at("/site/A1-005"), from: 'h2:has-text("最近的报告")' },
  "contractor-faults": {
    as: contractor,
    async go(page) {
      await page.goto("/site/A1-005/faults");
      await findFault(page);
      await page.reload();
    },
  },
  "contractor-tickets": { as: contractor, go: at("/site/tickets") },
  "office-overview": { as: office, go: at("/desk/office") },
  "office-waiting": { as: office, go: at("/desk/office/waiting"), from: "h1" },
  "office-reserve": { as: office, go: at("/desk/office/reserve"), from: "h1" },
  "office-settings": { as: office, go: at("/desk/office/settings"), from: "h1" },
  "office-accounts": { as: office, go: at("/desk/accounts"), from: "h1" },
  "office-help": { as: office, go: at("/desk/help"), from: "h1" },
};
