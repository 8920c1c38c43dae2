import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { withTransaction } from "#db/client.server.ts";
import { findAssessment, insertFindings, listFindings } from "#db/queries/assessments.server.ts";
import { launchBrowser } from "../support/browser.ts";
import { follow } from "../support/follow.ts";
import { lookAt } from "../support/look.ts";
import { runPortal, type RunningPortal } from "../support/running-portal.ts";
import { signInStaff } from "../support/staff-browser.ts";

const browser: Browser | null = await launchBrowser();
let portal: RunningPortal;

beforeAll(async () => {
  portal = await runPortal();
});
afterAll(async () => {
  await portal.close();
});

describe.runIf(browser !== null).each([
  ["with scripts", true, "A2-005"],
  ["without scripts", false, "A1-003"],
] as const)("from the reserve to the consultation, %s", (_, javaScriptEnabled, stairwell) => {
  const errors: string[] = [];

  async function open(width: number, login?: string): Promise<Page> {
    const context = await browser?.newContext({ baseURL: portal.url, javaScriptEnabled, viewport: { width, height: 844 }, locale: "zh-CN" });
    if (!context) throw new Error("no browser");
    const page = await context.newPage();
    page.on("console", (message) => void (message.type() === "error" && !/ERR_INTERNET_DISCONNECTED|status of 4/.test(message.text()) && errors.push(message.text())));
    page.on("pageerror", (error) => void errors.push(error.message));
    if (login) await signInStaff(page, login);
    return page;
  }

  async function look(page: Page): Promise<void> {
    if (javaScriptEnabled) await lookAt(page);
  }

  const fold = (page: Page, name: string) => page.locator("details").filter({ has: page.locator("summary", { hasText: name }) });

  /** What is left to see, as if the assessor had gone on through the stairwell. */
  async function seeTheRest(assessmentId: number): Promise<void> {
    const { db } = portal.database;
    const found = await findAssessment(db, assessmentId);
    const seen = (await listFindings(db, assessmentId)).map(({ factor }) => factor);
    const { id: accountId } = await db.selectFrom("account").select("id").where("login", "=", "ping").executeTakeFirstOrThrow();
    const rest = (found?.factors ?? []).filter(({ id }) => !seen.includes(id));
    await withTransaction(db, (tx) =>
      insertFindings(tx, rest.map(({ id, limit }) => ({ factor: id, finding: "none", measured: limit && "4.50", note: null, remedy: null, remedyBy: null, subdistrictId: found?.subdistrictId ?? 0, assessmentId, accountId, at: new Date() }))),
    );
  }

  it("the committee asks, an assessor sees factor by factor on a phone, another signs, everybody reads the grade", async () => {
    const lin = await open(1280, "lin");
    await lin.goto(`/desk/s/${stairwell}`);
    await follow(lin.getByRole("link", { name: "阶段和下一步" }));
    await follow(lin.getByRole("button", { name: "进入“条件评估”" }));
    await lin.getByText("已经办好。").waitFor();
    await look(lin);

    const ping = await open(390, "ping");
    await ping.goto("/desk/assessments");
    await look(ping);
    await follow(ping.locator(".card", { has: ping.locator(`input[value="${stairwell}"]`) }).getByRole("button", { name: "开始评估" }));
    await ping.getByText("可以开始了。").waitFor();
    await look(ping);
    const assessmentId = Number(/assessments\/(\d+)/.exec(ping.url())?.[1]);

    const structure = fold(ping, "结构安全状况");
    if (javaScriptEnabled) {
      await ping.locator("[data-kept=ready]").waitFor({ state: "attached" });
      await ping.context().setOffline(true);
    }
    const storeys = fold(ping, "楼层数和房屋性质");
    await storeys.getByRole("radio", { name: "弱" }).check();
    await storeys.getByRole("button", { name: "保存这一项" }).click();
    if (javaScriptEnabled) {
      await ping.getByText("已经存在这台手机上").waitFor();
      await look(ping);
      await ping.context().setOffline(false);
    }
    await ping.waitForURL(/done=saved/);
    await ping.getByText("已看 1／13 项").waitFor();
    expect((await listFindings(portal.database.db, assessmentId)).map(({ factor, finding }) => [factor, finding])).toEqual([["storeys", "weak"]]);
    if (javaScriptEnabled) await ping.locator("[data-kept=ready]").waitFor({ state: "attached" });

    await structure.getByRole("radio", { name: "强" }).check();
    await structure.getByRole("button", { name: "保存这一项" }).click();
    await structure.getByText("请写几句看到的情况。").first().waitFor();
    await look(ping);
    await structure.getByLabel("看到的情况").fill("三楼楼板有裂缝");
    await structure.getByLabel("怎么解决").fill("先做结构加固");
    await structure.getByLabel("由谁来做").fill("代建单位");
    await structure.getByRole("radio", { name: "强" }).check();
    await structure.getByRole("button", { name: "保存这一项" }).click();
    await ping.getByText("已看 2／13 项").waitFor();

    await seeTheRest(assessmentId);
    await ping.reload();
    await ping.getByText("B 较难").first().waitFor();
    await look(ping);
    await follow(ping.getByRole("button", { name: "签字" }));
    await ping.getByText("已签字。").waitFor();

    const xu = await open(390, "fuhe");
    await xu.goto("/desk/assessments");
    await look(xu);
    await follow(xu.locator(`a[href="/desk/assessments/${assessmentId}"]`));
    await look(xu);
    await follow(xu.getByRole("button", { name: "复核无误，签发" }));
    await xu.getByText("已签发，公开页上看得到。").waitFor();
    await look(xu);

    const resident = await open(390);
    await resident.goto(`/s/${stairwell}`);
    await look(resident);
    const page = (await resident.locator("main").textContent()) ?? "";
    for (const part of ["B 较难", "结构安全状况：妨碍明显", "先做结构加固，由代建单位来做"]) expect(page).toContain(part);
    expect(page).not.toContain("三楼楼板有裂缝");
    await resident.goto(`/communities/${stairwell.split("-")[0] ?? ""}`);
    await look(resident);
    await lin.goto(`/desk/s/${stairwell}/stage`);
    await lin.getByText("条件评估 → 意见征询").waitFor();
    await look(lin);
    expect(errors).toEqual([]);
  });
});
