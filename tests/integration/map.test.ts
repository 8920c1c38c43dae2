import { afterAll, beforeAll, expect, it } from "vitest";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createCommunity, createStairwell } from "../support/factories.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";

let database: TestDatabase;
let portal: TestPortal;
let code: string;

beforeAll(async () => {
  database = await cloneDatabase();
  const { db } = database;
  for (let n = 0; n < 100; n++) {
    const community = await createCommunity(db);
    await db.updateTable("community").set({ lon: 121.5 + (n % 10) / 200, lat: 31.2 + Math.floor(n / 10) / 200 }).where("id", "=", community.communityId).execute();
    if (n > 0) continue;
    code = community.code;
    for (const [at, stage] of (["in-use", "construction", "intent"] as const).entries()) {
      const { stairwellId } = await createStairwell(db, { community, stage, floors: 1 });
      await db.updateTable("stairwell").set({ lon: 121.5 + at / 2_000, lat: 31.2 }).where("id", "=", stairwellId).execute();
    }
  }
  await createCommunity(db, { name: "没有坐标的小区" });
  portal = await openPortal(database);
});
afterAll(() => database.close());

it("draws a hundred communities in less than 50 kB, each a link, and lists them and those without coordinates beside it", async () => {
  const { body, status } = await portal.get("/map");
  expect(status).toBe(200);
  const svg = /<svg viewBox="0 0 640[\s\S]*?<\/svg>/.exec(body)?.[0] ?? "";
  expect(svg.length).toBeLessThan(50_000);
  expect(svg.match(/<a /g)).toHaveLength(100);
  expect(body.match(/href="\/communities\/T\d+"/g)?.length).toBe(201);
  expect(body).toContain("没有坐标，不在图上");
  expect(body).not.toContain("<script");
  expect(svg).toContain("电梯已投用");
});

it("draws the stairwells of a community on its page, each with a sign of its own", async () => {
  const { body } = await portal.get(`/communities/${code}`);
  for (const sign of ["in-use", "building", "wishing"]) expect(body).toContain(`data-mark="${sign}"`);
});
