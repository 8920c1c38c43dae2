import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SETTLE } from "#app/ui/board-entry.ts";
import { castBallot } from "#app/use-cases/consultation/cast-ballot.server.ts";
import { checkBallot } from "#app/use-cases/consultation/check-ballot.server.ts";
import { attachPage } from "#app/use-cases/paper/attach-page.server.ts";
import { newSecret } from "#db/authenticator.server.ts";
import { launchBrowser } from "../support/browser.ts";
import { codeOf } from "../support/codes.ts";
import { done, openedConsultation, type OpenedConsultation } from "../support/consultations.ts";
import { formKey } from "../support/factories.ts";
import { photo } from "../support/files.ts";
import { follow, submit } from "../support/follow.ts";
import { lookAt } from "../support/look.ts";
import { mayLook } from "../support/looks.ts";
import { runPortal, type RunningPortal } from "../support/running-portal.ts";
import { sessionToken } from "../support/sessions.ts";

const browser: Browser | null = await launchBrowser();
let portal: RunningPortal;
const contexts: BrowserContext[] = [];
const errors: string[] = [];

beforeAll(async () => {
  portal = await runPortal();
});
afterAll(async () => {
  for (const context of contexts) await context.close();
  await portal.close();
});

/** A consultation that opened an hour ago over a stairwell of its own. */
const open = (shape: { floors: number; flatsPerFloor: number }) => openedConsultation(portal.database.db, { ...shape, now: new Date(Date.now() - 3_600_000) });

interface Screen {
  javaScriptEnabled?: boolean;
  width?: number;
  height?: number;
}

/** The board as an account sees it. */
async function boardOf({ consultation }: OpenedConsultation, accountId: number, { javaScriptEnabled = true, width = 1366, height = 768 }: Screen = {}): Promise<Page> {
  const context = await browser?.newContext({ baseURL: portal.url, javaScriptEnabled, viewport: { width, height }, locale: "zh-CN" });
  if (!context) throw new Error("no browser");
  contexts.push(context);
  await context.addCookies([{ name: "jiati", value: await sessionToken(portal.database.db, accountId, { vault: portal.vault }), url: portal.url }]);
  const page = await context.newPage();
  // What is refused, and a network that is away, the browser writes down by itself.
  page.on("console", (message) => void (message.type() === "error" && !/status of 4(09|22)|ERR_INTERNET_DISCONNECTED/.test(message.text()) && errors.push(message.text())));
  page.on("pageerror", (error) => void errors.push(error.message));
  await mayLook(portal.database.db, { consultation, accountId });
  await page.goto(`/desk/consultations/${consultation}`);
  if (javaScriptEnabled) await page.getByText("键盘").first().waitFor({ state: "attached" });
  return page;
}

const focused = (page: Page) => page.evaluate(() => (document.activeElement as HTMLElement).dataset["room"] ?? document.activeElement?.tagName);
const said = (page: Page, words: string) => page.locator(".board-outcome").getByText(words).first().waitFor();
const settle = (page: Page) => page.waitForTimeout(SETTLE + 50);
const ballots = ({ consultationId }: OpenedConsultation) =>
  portal.database.db.selectFrom("ballot").innerJoin("flat", "flat.id", "ballot.flatId").select(["flat.room", "ballot.choice", "ballot.channel"]).where("consultationId", "=", consultationId).orderBy("seq").execute();

const choices = ["agree", "oppose", "abstain"] as const;

/** Each ballot that was typed gets a page of paper, which the store does not have: the browser is given a picture of its own. */
async function giveEachItsPage(opened: OpenedConsultation): Promise<void> {
  const { db } = portal.database;
  const deps = { db, vault: portal.vault, now: new Date() };
  for (let seq = 1; seq <= 40; seq++) {
    const page = await opened.scan();
    await done(attachPage(deps, { consultation: opened.consultation, page, seq, accountId: opened.clerk, formKey: formKey() }));
  }
}

/** The colleague compares: the first ones at the screen, one key each, all others as the use case does. */
async function checkByKeys(colleague: Page, { consultation, colleague: accountId }: OpenedConsultation, atScreen: number): Promise<void> {
  const deps = { db: portal.database.db, vault: portal.vault, now: new Date() };
  const page = await photo({ seed: 1, width: 620, height: 877 });
  await colleague.route("**/files/**", (route) => route.fulfill({ contentType: "image/jpeg", body: page }));
  await colleague.goto(`/desk/consultations/${consultation}/check`);
  // Where the keys are told of, they are heard.
  const keys = colleague.locator("summary", { hasText: "键盘" });
  await keys.waitFor();
  await colleague.keyboard.press("?");
  await colleague.getByRole("table", { name: "键盘" }).waitFor();
  await lookAt(colleague);
  for (let left = 40; left > 40 - atScreen; left--) {
    await colleague.getByText(`还有 ${left} 张等您核对`).waitFor();
    await keys.waitFor();
    await colleague.locator(".paper img").evaluate((image: HTMLImageElement) => image.decode());
    // What was pressed for the entry before does not answer for this one.
    await settle(colleague);
    await Promise.all([colleague.waitForEvent("load"), colleague.keyboard.press("1")]);
  }
  await colleague.getByText(`还有 ${40 - atScreen} 张等您核对`).waitFor();
  const waiting = await portal.database.db
    .selectFrom("ballot").innerJoin("consultation", "consultation.id", "ballot.consultationId").leftJoin("ballotCheck", "ballotCheck.ballotId", "ballot.id")
    .select("ballot.seq").where("consultation.code", "=", consultation).where("ballotCheck.ballotId", "is", null).execute();
  for (const { seq } of waiting) await done(checkBallot(deps, { consultation, seq, verdict: "confirmed", accountId, formKey: formKey() }));
}

/** The clerk closes, the colleague certifies and publishes, each with the code of the own authenticator. */
async function certifyTogether(clerk: Page, colleague: Page, opened: OpenedConsultation): Promise<void> {
  const { db } = portal.database;
  for (const id of [opened.clerk, opened.colleague]) await db.updateTable("account").set({ totpCipher: portal.vault.seal(newSecret()) }).where("id", "=", id).execute();
  const end = `/desk/consultations/${opened.consultation}/end`;
  await clerk.goto(end);
  await clerk.getByLabel("提前截止的原因").fill("全部户已交回表决票");
  await clerk.getByLabel("验证码").fill(await codeOf(db, opened.clerk, { vault: portal.vault }));
  await submit(clerk, "截止");
  await colleague.goto(end);
  await colleague.getByLabel("验证码").fill(await codeOf(db, opened.colleague, { vault: portal.vault }));
  await submit(colleague, "认证");
  await submit(colleague, "公布");
  await colleague.goto(`/desk/consultations/${opened.consultation}/certificate`);
}

describe.runIf(browser !== null)("a clerk at the board, with scripts", () => {
  it("enters forty ballots by keyboard, at most three interactions each; a colleague sees them come in and checks them; the result is certified", async () => {
    const opened = await open({ floors: 10, flatsPerFloor: 4 });
    const clerk = await boardOf(opened, opened.clerk);
    const colleague = await boardOf(opened, opened.colleague);
    await colleague.locator("[data-room='1003']").focus();
    await lookAt(clerk);

    // As they came in: mostly in order, every sixth one out of it.
    const rooms = opened.stairwell.flats.map(({ room }) => room);
    const stack = rooms.filter((_, index) => index % 6 !== 5);
    for (const [index, room] of rooms.filter((_, at) => at % 6 === 5).entries()) stack.splice((index * 17) % stack.length, 0, room);
    let keys = 0;
    let most = 0;
    const press = async (...pressed: string[]) => {
      for (const key of pressed) await clerk.keyboard.press(key);
      keys += pressed.length;
      return 1;
    };
    await clerk.locator("[data-room='101']").focus();
    for (const [index, room] of stack.entries()) {
      let interactions = 0;
      if ((await focused(clerk)) !== room) {
        interactions += await press("g");
        interactions += await press(...room, "Enter");
      }
      expect(await focused(clerk)).toBe(room);
      // With Shift this keyboard's pad gives figures, as others do with Num Lock.
      interactions += await press(index % 2 === 0 ? `Digit${(index % 3) + 1}` : `Shift+Numpad${(index % 3) + 1}`);
      await said(clerk, `${room} 室`);
      await said(clerk, `第 ${index + 1} 张`);
      most = Math.max(most, interactions);
      await settle(clerk);
    }
    console.log(`forty ballots by keyboard: ${keys} key presses, at most ${most} interactions each`);
    expect(most).toBeLessThanOrEqual(3);
    expect(await ballots(opened)).toEqual(stack.map((room, index) => ({ room, choice: choices[index % 3], channel: "paper" })));

    await colleague.getByText("待核对").nth(39).waitFor();
    expect(await focused(colleague)).toBe("1003");
    await lookAt(clerk);

    await giveEachItsPage(opened);
    await checkByKeys(colleague, opened, 3);
    await certifyTogether(clerk, colleague, opened);
    const certificate = (await colleague.locator("main").textContent()) ?? "";
    // Of forty, as they were typed: 14 agree, 13 oppose, 13 abstain.
    for (const part of ["3 × 40 ≥ 2 × 40", "4 × 14 < 3 × 40", "结论：不通过"]) expect(certificate).toContain(part);
  }, 400_000);

  it("does not record the next flat by a second press or click that comes at once", async () => {
    const opened = await open({ floors: 3, flatsPerFloor: 2 });
    const clerk = await boardOf(opened, opened.clerk);
    await clerk.locator("[data-room='101']").focus();
    await clerk.keyboard.press("1");
    await said(clerk, "101 室 同意 已记录");
    await clerk.keyboard.press("1");
    await said(clerk, "按得太快");
    expect(await ballots(opened)).toHaveLength(1);
    await settle(clerk);
    await clerk.getByRole("button", { name: "不同意", exact: true }).dblclick();
    await clerk.getByText("不同意，待核对").waitFor();
    await settle(clerk);
    expect((await ballots(opened)).map(({ room, choice }) => [room, choice])).toEqual([["101", "agree"], ["102", "oppose"]]);
    expect(await focused(clerk)).toBe("201");
  });

  it("moves by arrows, changes where ballots come from, and is back at paper after a proxy", async () => {
    const opened = await open({ floors: 3, flatsPerFloor: 2 });
    const authorisation = await opened.scan();
    const clerk = await boardOf(opened, opened.clerk);
    await clerk.locator("[data-room='101']").focus();
    for (const key of ["ArrowUp", "ArrowRight", "ArrowUp"]) await clerk.keyboard.press(key);
    expect(await focused(clerk)).toBe("302");
    await clerk.keyboard.press("a");
    await clerk.keyboard.press("3");
    await clerk.getByText("您说：弃权").waitFor();
    await lookAt(clerk);
    await clerk.getByRole("button", { name: "本人说对，保存" }).click();
    await said(clerk, "302 室 弃权 已记录");
    await clerk.locator("[data-room='101']").focus();
    await clerk.keyboard.press("x");
    await clerk.keyboard.press("1");
    expect(await clerk.getByLabel("书面委托").inputValue()).toBe("1");
    await clerk.keyboard.type(" 11 月 20 日委托书，写明同意");
    await clerk.getByLabel("委托书在哪一页").selectOption(String(authorisation));
    await clerk.keyboard.press("Escape");
    expect(await focused(clerk)).toBe("101");
    await clerk.keyboard.press("1");
    await said(clerk, "101 室 同意 已记录");
    await settle(clerk);
    expect(await clerk.getByLabel("书面委托").inputValue()).toBe("");
    await clerk.keyboard.press("2");
    await said(clerk, "102 室 不同意 已记录");
    expect((await ballots(opened)).map(({ room, channel }) => [room, channel])).toEqual([["302", "assisted"], ["101", "proxy"], ["102", "paper"]]);
    await clerk.keyboard.press("?");
    await clerk.getByRole("table", { name: "键盘" }).waitFor();
    await lookAt(clerk);
    await clerk.keyboard.press("Escape");
    expect(await focused(clerk)).toBe("MAIN");
  });

  it("takes the last one back by a key, once", async () => {
    const opened = await open({ floors: 2, flatsPerFloor: 2 });
    const clerk = await boardOf(opened, opened.clerk);
    await clerk.locator("[data-room='102']").focus();
    await clerk.keyboard.press("2");
    await said(clerk, "102 室 不同意 已记录");
    await clerk.keyboard.press("u");
    await said(clerk, "102 室 不同意 已撤回");
    expect(await focused(clerk)).toBe("102");
    await clerk.keyboard.press("u");
    await said(clerk, "没有可以撤回的");
    expect(await portal.database.db.selectFrom("countingBallot").select("seq").where("consultationId", "=", opened.consultationId).execute()).toEqual([]);
    expect(await clerk.locator("[data-room='102']").textContent()).toContain("未交回");
  });

  it("is told at the flat what came meanwhile, and nothing is recorded unseen", async () => {
    const opened = await open({ floors: 2, flatsPerFloor: 2 });
    const clerk = await boardOf(opened, opened.clerk);
    await clerk.locator("[data-room='201']").focus();
    const deps = { db: portal.database.db, vault: portal.vault, now: new Date() };
    const flatIds = opened.stairwell.flats.map(({ id }) => id);
    await done(castBallot(deps, { consultation: opened.consultation, room: "201", choice: "oppose", channel: "online", flatIds, accountId: opened.colleague, formKey: formKey() }));
    await clerk.locator("[data-room='201']").getByText("不同意").waitFor();
    expect(await focused(clerk)).toBe("201");
    await clerk.keyboard.press("1");
    await said(clerk, "有了新的记录（网上）");
    expect(await ballots(opened)).toHaveLength(1);
    expect(await focused(clerk)).toBe("201");
    await clerk.keyboard.press("1");
    await said(clerk, "201 室 同意 已记录，第 2 张");
  });

  it("keeps what could not be sent, tries it again as the same, and never counts it twice", async () => {
    const opened = await open({ floors: 2, flatsPerFloor: 2 });
    const clerk = await boardOf(opened, opened.clerk);
    await clerk.locator("[data-room='101']").focus();
    await clerk.context().setOffline(true);
    await clerk.keyboard.press("1");
    await said(clerk, "101 室 同意：没有保存");
    await lookAt(clerk);
    await clerk.keyboard.press("ArrowRight");
    await clerk.keyboard.press("1");
    await said(clerk, "有一张还没有保存");
    await clerk.context().setOffline(false);
    await clerk.keyboard.press("r");
    await said(clerk, "101 室 同意 已记录，第 1 张");
    await settle(clerk);

    // It arrives, but the answer does not: what is sent again is known.
    await clerk.route("**/board?*", async (route) => {
      await route.fetch();
      await route.abort("internetdisconnected");
    }, { times: 1 });
    await clerk.keyboard.press("2");
    await said(clerk, "102 室 不同意：没有保存");
    await clerk.getByRole("button", { name: "再试一次" }).click();
    await said(clerk, "102 室 不同意 已记录，第 2 张");
    expect(await ballots(opened)).toHaveLength(2);
  });

  it("whose session has ended keeps the ballot, signs in elsewhere, and sends it", async () => {
    const opened = await open({ floors: 2, flatsPerFloor: 2 });
    const clerk = await boardOf(opened, opened.clerk);
    await clerk.locator("[data-room='101']").focus();
    const { db } = portal.database;
    await db.updateTable("session").set({ endedAt: new Date() }).where("accountId", "=", opened.clerk).execute();
    await clerk.keyboard.press("3");
    await said(clerk, "登录已过期");
    expect(await ballots(opened)).toEqual([]);
    await clerk.context().addCookies([{ name: "jiati", value: await sessionToken(db, opened.clerk, { vault: portal.vault }), url: portal.url }]);
    await clerk.keyboard.press("r");
    await said(clerk, "101 室 弃权 已记录");
  });

  it("has the form beside the building, on an office screen and on a tablet, and over it on a phone", async () => {
    const opened = await open({ floors: 10, flatsPerFloor: 4 });
    for (const [width, height] of [[1366, 768], [768, 1024], [1024, 768]] as const) {
      const page = await boardOf(opened, opened.clerk, { width, height });
      for (const room of ["101", "1004"]) {
        await page.locator(`[data-room='${room}']`).click();
        const flat = await page.locator(`[data-room='${room}']`).boundingBox();
        for (const choice of ["同意", "不同意", "弃权"]) {
          const button = await page.getByRole("button", { name: choice, exact: true }).boundingBox();
          expect([width, room, choice, (button?.y ?? -1) >= 0, (button?.y ?? 0) + (button?.height ?? 0) <= height, (button?.x ?? 0) > (flat?.x ?? 0)]).toEqual([width, room, choice, true, true, true]);
        }
      }
      if (width === 768) await lookAt(page);
      await page.context().close();
    }
    const phone = await boardOf(opened, opened.clerk, { width: 390, height: 844 });
    await phone.locator("[data-room='101']").click();
    const button = await phone.getByRole("button", { name: "弃权", exact: true }).boundingBox();
    expect((button?.y ?? -1) > 0 && (button?.y ?? 0) < 700).toBe(true);
    await lookAt(phone);
  });

  it("leaves nothing in the console", () => {
    expect(errors).toEqual([]);
  });
});

describe.runIf(browser !== null)("a clerk at the board, without scripts", () => {
  it("records flat after flat by one button each, and finds a flat by its room", async () => {
    const opened = await open({ floors: 4, flatsPerFloor: 2 });
    const clerk = await boardOf(opened, opened.clerk, { javaScriptEnabled: false });
    const press = (name: string) => follow(clerk.getByRole("button", { name, exact: true }));
    await clerk.getByLabel("找一户").fill("101");
    await press("去");
    for (let flat = 0; flat < 8; flat++) await press(flat === 3 ? "弃权" : "同意");
    expect(await clerk.locator("main").textContent()).toContain("全部交回，可以截止");
    expect((await ballots(opened)).map(({ room, choice }) => `${room} ${choice}`)).toEqual([
      "101 agree", "102 agree", "201 agree", "202 abstain", "301 agree", "302 agree", "401 agree", "402 agree",
    ]);
    expect(await clerk.locator("main").textContent()).not.toContain("键盘");
  });
});
