import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cloneDatabase, type TestDatabase } from "#tests/support/database.ts";
import { createSubdistrict } from "#tests/support/factories.ts";
import { openPortal, type TestPortal } from "#tests/support/portal.ts";

let database: TestDatabase;
let portal: TestPortal;

beforeAll(async () => {
  database = await cloneDatabase();
  await createSubdistrict(database.db);
  portal = await openPortal(database, { clock: () => new Date("2026-11-21T04:00:00Z") });
});

afterAll(() => database.close());

const ask = (query = "") => portal.get(`/help/cost${query}`);

describe("the cost calculator", () => {
  it("answers at once for a usual stairwell, with the subsidy of the day, without scripts", async () => {
    const { status, body, headers } = await ask();
    expect(status).toBe(200);
    expect(body).toContain("140 000 元");
    expect(body).toContain("75 900 元");
    expect(headers.get("Content-Security-Policy")).toContain("script-src 'none'");
  });

  it("says what does not fit at its place, keeps what was typed, and shows no wrong figure", async () => {
    for (const [query, place, words] of [
      ["?total=abc", "field-total", "要填元"],
      ["?floors=99", "field-floors", "之间"],
      ["?scheme=own&percents=10+20", "field-percents", "请给每层填一个百分比"],
      ["?within=area", "field-areas", "一共 2 个"],
      ["?scheme=nowhere", "field-scheme", "没有这个分摊方案"],
      ["?percents=%3Cscript%3E", "field-percents", "应是 0 到 100"],
    ] as const) {
      const { status, body } = await ask(query);
      expect([query, status]).toEqual([query, 422]);
      expect(body).toContain(`#${place}`);
      expect(body).toContain(words);
      expect(body).not.toContain("业主共同承担</dt>");
    }
    expect((await ask("?total=123456&floors=1")).body).toContain('value="123456"');
  });

  it("passes over fields that it does not know", async () => {
    expect((await ask("?__proto__=1&nothing=2")).status).toBe(200);
  });
});
