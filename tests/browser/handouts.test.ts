import type { Browser, Page } from "playwright-core";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { guideRoles } from "#app/i18n/zh-CN/guide.ts";
import { Table } from "#app/ui/table.tsx";
import { launchBrowser } from "../support/browser.ts";
import { mayLook } from "../support/looks.ts";
import { codeOf, readPrinted, type Printed } from "../support/printed.ts";
import { runPortal, type RunningPortal } from "../support/running-portal.ts";
import { signInStaff } from "../support/staff-browser.ts";

const browser: Browser | null = await launchBrowser();

/** Of the demo: where a vote is open, where one was passed, where is built. */
const [VOTING, PASSED, BUILDING] = ["A1-002", "A1-001", "A1-005"];
const FLATS = 12;
const [A4, A3, LANDSCAPE] = ["210×297", "297×420", "297×210"];

/** As long as such names get: a committee of 12 signs, an owner of 12, an address of 40. */
const COMMITTEE = "春申路第一百二十三居委会";
const OWNER = "阿依古丽·买买提江·吐尔";
const ADDRESS = "浦东新区春申路街道东三里桥路一千二百三十四弄第一百二十三号甲乙丙丁四幢八号楼";

describe.runIf(browser !== null)("what is printed", () => {
  let portal: RunningPortal;
  let page: Page;
  let consultation: string;
  let passed: string;

  beforeAll(async () => {
    portal = await runPortal();
    const { db } = portal.database;
    const stairwell = await db.selectFrom("stairwell").innerJoin("community", "community.id", "stairwell.communityId").select(["stairwell.id", "communityId", "committeeId"]).where("stairwell.code", "=", VOTING).executeTakeFirstOrThrow();
    await db.updateTable("committee").set({ name: COMMITTEE }).where("id", "=", stairwell.committeeId).execute();
    await db.updateTable("community").set({ address: ADDRESS }).where("id", "=", stairwell.communityId).execute();
    const owners = db.selectFrom("ownership").innerJoin("flat", "flat.id", "ownership.flatId").select("ownerId").where("flat.stairwellId", "=", stairwell.id).where("room", "=", "502");
    await db.updateTable("owner").set({ name: OWNER }).where("id", "in", owners).execute();
    const { id: accountId } = await db.selectFrom("account").select("id").where("login", "=", "lin").executeTakeFirstOrThrow();
    const codeAt = async (where: string) => (await db.selectFrom("consultation").innerJoin("stairwell", "stairwell.id", "stairwellId").select("consultation.code").where("stairwell.code", "=", where).orderBy("consultation.id", "desc").executeTakeFirstOrThrow()).code;
    [consultation, passed] = [await codeAt(VOTING), await codeAt(PASSED)];
    for (const looked of [consultation, passed]) await mayLook(db, { consultation: looked, accountId });

    const context = await browser?.newContext({ baseURL: portal.url, javaScriptEnabled: false });
    if (!context) throw new Error("no browser");
    page = await context.newPage();
    await signInStaff(page, "lin");
  });
  afterAll(async () => {
    await page.context().close();
    await portal.close();
  });

  /** Prints the page at this address; on every sheet of whatever is printed, these hold. */
  async function print(path: string): Promise<Printed> {
    await page.goto(path);
    const printed = await readPrinted(page);
    const { codes, colours, texts: _, ...figures } = printed;
    console.log(`${path}：${JSON.stringify({ ...figures, codes: codes.length })}`);
    expect(printed.smallest, path).toBeGreaterThanOrEqual(16);
    expect(printed.code ?? Infinity, path).toBeGreaterThanOrEqual(30);
    expect({ colours, unmarked: printed.unmarked, empty: printed.empty, cut: printed.cut }, path).toEqual({ colours: ["rgb(0, 0, 0)"], unmarked: [], empty: [], cut: 0 });
    return printed;
  }
  const to = (path: string) => codeOf(portal.url + path);

  it("a ballot for each flat on one page, whose code leads to this flat on the board of this vote and its plan", async () => {
    const printed = await print(`/desk/consultations/${consultation}/print/ballots`);
    expect(printed).toMatchObject({ pages: FLATS, sizes: [A4] });
    const rooms = (await page.locator(".handout-room").allInnerTexts()).map((text) => text.replace(/\D/g, ""));
    expect(printed.codes).toEqual(rooms.map((room) => to(`/desk/consultations/${consultation}?room=${room}`)));
    expect(await page.locator(".handout-room").first().evaluate((room) => Number.parseFloat(getComputedStyle(room).fontSize))).toBeGreaterThan(60);
    expect(await page.getByText(`${OWNER}（签名）`).count()).toBe(1);

    const [version] = (await page.locator(".handout-question").first().innerText()).match(/方案.（第 \d+ 版）/) ?? [];
    await page.goto(`/desk/consultations/${consultation}?room=502`);
    expect(await page.locator('.board-flat[aria-current="true"]').getAttribute("data-room")).toBe("502");
    expect(await page.locator(".page-title").innerText()).toContain(version);
  });

  it.each([
    ["authorisations", FLATS],
    ["blank", 1],
    ["roll", 1],
  ])("%s of a vote on %i pages of A4", async (what, pages) => {
    expect(await print(`/desk/consultations/${consultation}/print/${what}`)).toMatchObject({ pages, sizes: [A4] });
  });

  it("the slips, a letter on a page or four on a page, each with the code of its flat", async () => {
    const letters = await print(`/desk/s/${VOTING}/slips`);
    expect(letters).toMatchObject({ pages: FLATS, sizes: [A4] });
    const numbers = await page.locator(".slip-number").allInnerTexts();
    const window = await page.locator(".slip-window").first().evaluate((at) => at.scrollHeight > at.clientHeight);
    expect(window).toBe(false);
    const quarters = await print(`/desk/s/${VOTING}/slips?layout=quarters`);
    expect(quarters).toMatchObject({ pages: FLATS / 4, sizes: [A4] });
    for (const { codes } of [letters, quarters]) expect(codes).toEqual(numbers.map((number) => to(`/q/${number}`)));
  });

  it("the receipts of paper ballots, four on a page, which lead to where they are looked up", async () => {
    const { pages, sizes, codes } = await print(`/desk/consultations/${consultation}/print/receipts`);
    expect(sizes).toEqual([A4]);
    expect(pages).toBe(Math.ceil(codes.length / 4));
    expect(new Set(codes)).toEqual(new Set([to("/verify")]));
  });

  it("the poster of a door on A4 or A3, which leads to its stairwell", async () => {
    const small = await print(`/desk/s/${VOTING}/poster`);
    const big = await print(`/desk/s/${VOTING}/poster?size=a3`);
    expect([small, big]).toMatchObject([{ pages: 1, sizes: [A4] }, { pages: 1, sizes: [A3] }]);
    expect(big.code).toBeGreaterThan((small.code ?? 0) * 1.3);
    for (const { codes } of [small, big]) expect(codes).toEqual([to(`/s/${VOTING}`)]);
  });

  it("the board of a site on A4 or A3, which leads to its stairwell", async () => {
    const sheets = [await print(`/desk/s/${BUILDING}/construction/board`), await print(`/desk/s/${BUILDING}/construction/board?size=a3`)];
    expect(sheets).toMatchObject([{ pages: 1, sizes: [A4] }, { pages: 1, sizes: [A3] }]);
    for (const { codes } of sheets) expect(codes).toEqual([to(`/s/${BUILDING}`)]);
  });

  it("the flats to be visited, across the long side of one page", async () => {
    expect(await print(`/desk/s/${VOTING}/doors`)).toMatchObject({ pages: 1, sizes: [LANDSCAPE] });
  });

  it("a result on one page: its certificate, and its notice with the four tests, the head of the record and a code", async () => {
    expect(await print(`/desk/consultations/${passed}/certificate`)).toMatchObject({ pages: 1, sizes: [A4] });
    await page.goto(`/desk/consultations/${passed}/notices`);
    await page.getByRole("button", { name: "看过了，发布" }).click();
    await page.waitForURL(/\/notices\/\d+$/);
    const notice = new URL(page.url()).pathname;
    const printed = await print(notice);
    expect(printed).toMatchObject({ pages: 1, sizes: [A4], codes: [to(notice)] });
    const words = await page.locator(".sheet").innerText();
    for (const test of ["参加表决的人数", "参加表决的面积", "其中同意的人数", "其中同意的面积"]) expect(words).toContain(test);
    expect(words).toMatch(/校验码 \w{4}(-\w{4}){3}/);
  });

  it("the notice of a plan on one page, its drawing on the next", async () => {
    const { id } = await portal.database.db.selectFrom("notice").select("id").where("kind", "=", "plan").where("publishedAt", "is not", null).orderBy("id").executeTakeFirstOrThrow();
    const notice = `/notices/${id}`;
    expect(await print(notice)).toMatchObject({ pages: 2, sizes: [A4], codes: [to(notice)] });
  });

  it.each(guideRoles)("the guide for %s on few pages, no picture cut", async (role) => {
    const { pages, sizes } = await print(`/help/guide/${role}`);
    expect(sizes).toEqual([A4]);
    expect(pages).toBeLessThanOrEqual(4);
  });

  it("a long table, whose head and whose last row never stand alone, wherever a page ends", async () => {
    const columns = [{ key: "room", label: "室号" }, { key: "owner", label: "业主" }];
    const rows = Array.from({ length: 20 }, (_, index) => ({ key: `${index}`, cells: { room: `甲${index + 10}`, owner: "张三" } }));
    const table = renderToStaticMarkup(createElement(Table, { caption: "全部名单", columns, rows }));
    await page.goto("/help");
    for (let above = 180; above <= 250; above += 7) {
      await page.locator("main").evaluate((main, [markup, height]) => {
        main.innerHTML = `<div></div>${markup}`;
        (main.firstElementChild as HTMLElement).style.height = `${height}mm`;
      }, [table, above] as const);
      const { texts } = await readPrinted(page);
      const rowsOn = texts.filter((text) => /全部名单|室号|甲\d\d/.test(text)).map((text) => text.match(/甲\d\d/g)?.length ?? 0);
      expect(Math.min(...rowsOn), `${above} mm above it`).toBeGreaterThanOrEqual(2);
      expect(rowsOn.reduce((sum, many) => sum + many)).toBe(20);
    }
  });

  it.each([
    ["what a lift costs", `/s/${BUILDING}/cost`, 1],
    ["plans side by side", `/s/${BUILDING}/plans`, 2],
    ["the agreement", `/desk/s/${BUILDING}/agreement`, 2],
    ["who has paid", `/desk/s/${BUILDING}/money`, 3],
    ["the payments of a flat, each with its receipt", `/desk/s/${BUILDING}/money/flats/301`, 1],
    ["what was typed, to be read back", `/desk/consultations/CODE/read?room=601&choice=agree`, 1],
    ["a stairwell", `/s/${BUILDING}`, 8],
    ["the questions", "/help", 8],
    ["how a receipt is checked", "/verify", 1],
  ])("%s, as anybody prints it", async (_what, path, most) => {
    const { pages, sizes } = await print(path.replace("CODE", consultation));
    expect(sizes).toEqual([A4]);
    expect(pages).toBeLessThanOrEqual(most);
  });
});
