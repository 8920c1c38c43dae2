import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { done } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { passedPlan, type PassedPlan } from "../support/plan-notices.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";

let database: TestDatabase;
let plan: PassedPlan;
let portal: TestPortal;
let community: string;
const now = new Date("2026-12-02T02:00:00Z");

beforeAll(async () => {
  database = await cloneDatabase();
  plan = await passedPlan(database);
  await done(plan.announce(plan.at("2026-12-01T02:00:00Z")));
  portal = await openPortal(database, { clock: () => now });
  community = (await database.db.selectFrom("community").select("code").where("id", "=", plan.stairwell.communityId).executeTakeFirstOrThrow()).code;
});
afterAll(() => database.close());

const titlesOf = (xml: string) => [...xml.matchAll(/<entry>.*?<title>([^<]+)<\/title>/gs)].map((found) => found[1]);

describe("a place is followed without an account", () => {
  it("by a feed of its stairwell, to which its page leads: notices and steps by day, no counter and nobody", async () => {
    const page = (await portal.get(`/s/${plan.stairwell.code}`)).body;
    const href = /rel="alternate"[^>]*href="([^"]+)"/.exec(page)?.[1] ?? /href="([^"]+feed\.xml)"[^>]*rel="alternate"/.exec(page)?.[1] ?? "";
    const answer = await portal.get(href);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Content-Type")).toBe("application/atom+xml; charset=utf-8");
    const titles = titlesOf(answer.body);
    expect(titles[0]).toContain("方案公示");
    for (const step of [/征询结果：通过$/, /意见征询开始$/]) expect(titles.some((title) => step.test(title ?? ""))).toBe(true);
    expect(answer.body).not.toMatch(/业主|平方米|\d+ 户|T(?!00:00:00\+08:00)\d\d:\d\d/);
    expect(new Set([...answer.body.matchAll(/<id>([^<]+)<\/id>/g)].map((found) => found[1])).size).toBe(titles.length + 1);
  });

  it("by a feed of its community that names the stairwells", async () => {
    const answer = await portal.get(`/communities/${community}/feed.xml`);
    expect(titlesOf(answer.body).some((title) => /.+：意见征询开始/.test(title ?? ""))).toBe(true);
    expect((await portal.get("/communities/NOBODY/feed.xml")).status).toBe(404);
    expect((await portal.get("/s/X1-001/feed.xml")).status).toBe(404);
  });

  it("and the page says until when the plan takes opinions, or why it stands still, who is next and how late that is", async () => {
    const { stairwellId, subdistrictId, code } = plan.stairwell;
    const words = async () => (await portal.get(`/s/${code}`)).body.replace(/<[^>]+>/g, " ");
    expect(await words()).toContain("意见收到 2026 年 12 月 18 日 24:00");
    await database.db
      .insertInto("sideMove")
      .values({ subdistrictId, stairwellId, toState: "paused", reason: "等燃气管道迁移", owner: "燃气公司", nextDay: "2026-11-30", accountId: plan.clerk, at: new Date("2026-11-20T02:00:00Z") })
      .execute();
    await database.db.updateTable("project").set({ sideState: "paused" }).where("stairwellId", "=", stairwellId).execute();
    const stopped = await (await openPortal(database, { clock: () => now })).get(`/s/${code}`);
    for (const part of ["等燃气管道迁移", "燃气公司，2026 年 11 月 30 日前（已过 2 天）"]) expect(stopped.body).toContain(part);
  });
});
