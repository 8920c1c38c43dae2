import { existsSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { byCommittee, sumProgress } from "#app/domain/progress.ts";
import { publicTrendMeasures } from "#app/domain/public-view.ts";
import { sumTrend, trendOf } from "#app/domain/trend.ts";
import { fileIntent } from "#app/use-cases/intent/file-intent.server.ts";
import { changeSetting } from "#app/use-cases/setting/change-setting.server.ts";
import { countFilingsByMonth, countStepsByMonth, listOfficeStairwells, listWaitingReserve, listWaits, type OfficePart } from "#db/queries/office.server.ts";
import { listProgress } from "#db/queries/progress.server.ts";
import { done, openedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createCommunity, createStairwell, createSubdistrict, formKey, testVault } from "../support/factories.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";
import { importedAt, importFolder } from "../support/small-district.ts";

const now = new Date("2026-11-21T04:00:00Z");
const DISTRICT = "../shared/data/district";

/** What a page shows, without its markup. */
const textOf = (body: string) => body.replaceAll(/<style.*?<\/style>|<[^>]*>/gs, " ").replaceAll(/\s+/g, " ");

describe("the office of a subdistrict", () => {
  let database: TestDatabase;
  let portal: TestPortal;
  let office: TestPortal;
  let subdistrictId: number;
  let accountId: number;

  beforeAll(async () => {
    database = await cloneDatabase();
    ({ subdistrictId } = await createSubdistrict(database.db, { name: "梅园街道" }));
    accountId = await createAccount(database.db, "office", { subdistrictId, scopeId: subdistrictId });
    portal = await openPortal(database, { clock: () => now });
    office = await signedIn(database.db, portal, accountId);
  });
  afterAll(() => database.close());

  it("with nothing in it yet sees that there is nothing", async () => {
    for (const url of ["/desk/office", "/desk/office/waiting", "/desk/office/reserve"]) {
      const { status, body } = await office.get(url);
      expect([url, status]).toEqual([url, 200]);
      expect(body).toMatch(/没有在路上的楼道|没有在等的储备楼道/);
    }
  });

  it("goes from the whole to a committee, a community and its stairwells", async () => {
    const community = await createCommunity(database.db, { subdistrictId, name: "兰亭坊" });
    const stairwell = await createStairwell(database.db, { community });
    const whole = await office.get("/desk/office");
    expect(textOf(whole.body)).toContain("共 1 个楼道，12 户");
    expect(whole.body).toContain(`href="/desk/office?committee=${community.committeeId}"`);
    const committee = await office.get(`/desk/office?committee=${community.committeeId}`);
    expect(committee.body).toContain(`href="/desk/office?community=${community.code}"`);
    const inside = await office.get(`/desk/office?community=${community.code}`);
    expect(inside.body).toContain(`href="/desk/s/${stairwell.code}"`);
    expect(textOf(inside.body)).toContain("0／12 户");
  });

  it("sees nothing of another subdistrict", async () => {
    const foreign = await createStairwell(database.db);
    const community = await database.db.selectFrom("community").select("code").where("id", "=", foreign.communityId).executeTakeFirstOrThrow();
    for (const url of ["/desk/office", "/desk/office/waiting"]) {
      expect((await office.get(`${url}?committee=${foreign.committeeId}`)).status).toBe(404);
      expect((await office.get(`${url}?community=${community.code}`)).status).toBe(404);
      expect((await office.get(url)).body).not.toContain(foreign.code);
    }
    expect((await office.get("/desk/office/reserve")).body).not.toContain(foreign.code);
  });

  it("sees that a consultation runs, and not how the ballots come in", async () => {
    const community = await createCommunity(database.db, { subdistrictId, name: "雪松里" });
    const opened = await openedConsultation(database.db, { community, now: new Date("2026-11-20T02:00:00Z") });
    const url = `/desk/office?community=${community.code}`;
    const before = textOf((await office.get(url)).body);
    expect(before).toContain("征询进行中");
    for (const { room } of opened.stairwell.flats.slice(0, 5)) await done(opened.cast(room, "agree"));
    expect(textOf((await office.get(url)).body)).toBe(before);
    const [row] = await listOfficeStairwells(database.db, { subdistrictId, community: community.code }, { limit: 10, offset: 0 });
    expect([row?.consultation, JSON.stringify(row).includes("agree")]).toEqual(["open", false]);
  });

  it("puts the reserve in the order of its weights and writes the sum out", async () => {
    const community = await createCommunity(database.db, { subdistrictId, name: "竹园" });
    const low = await createStairwell(database.db, { community, floors: 3 });
    const high = await createStairwell(database.db, { community, floors: 7 });
    const file = (stairwell: string, room: string, needsHelp: boolean | null = null) =>
      fileIntent({ db: database.db, vault: testVault, now }, {
        stairwell, room, choice: "willing", channel: "paper", worry: null, needsHelp, name: null, phone: null, slipCode: null, ownFlatIds: [], accountId, formKey: formKey(),
      });
    for (const { room } of low.flats) await done(file(low.code, room));
    const order = async () => {
      const { body } = await office.get("/desk/office/reserve");
      return body.indexOf(low.code) < body.indexOf(high.code) ? "low" : "high";
    };
    expect(await order()).toBe("low");
    expect(textOf((await office.get("/desk/office/reserve")).body)).toContain("(50 × 100 ＋ 30 × 33 ＋ 20 × 0) ÷ 100 ＝ 59");
    for (const [room, needsHelp] of [["201", true], ["202", true], ["301", false], ["201", true]] as const) await done(file(low.code, room, needsHelp));
    const { body } = await office.get("/desk/office/reserve");
    expect(textOf(body)).toContain("(50 × 100 ＋ 30 × 33 ＋ 20 × 33) ÷ 100 ＝ 66");
    expect(textOf(body)).toContain("2／6 户");
    await done(changeSetting({ db: database.db, vault: testVault, now }, {
      subdistrictId, key: "priority-weights", value: { willing: 10, floors: 90, help: 0 }, fromDay: "2026-11-21", accountId, formKey: formKey(),
    }));
    expect(await order()).toBe("high");
    expect(textOf((await office.get("/desk/office/reserve")).body)).toContain("÷ 100");
  });

  it("is told 4xx for what is no such page or part", async () => {
    const wrong = ["page=0", "page=999", "page=x", "committee=x", "committee=-1", "community=%00", "community=a;b", "stage=nonsense", "committee=1&community=T1&page=1e9"];
    for (const url of ["/desk/office", "/desk/office/waiting", "/desk/office/reserve"]) {
      for (const query of wrong) {
        if (url.endsWith("reserve") && !query.startsWith("page")) continue;
        if (url === "/desk/office" && query.startsWith("stage")) continue;
        const { status } = await office.get(`${url}?${query}`);
        expect([url, query, status >= 400 && status < 500]).toEqual([url, query, true]);
      }
    }
  });
});

describe.skipIf(!existsSync(DISTRICT))(`the whole district, skipped where ${DISTRICT} is missing`, () => {
  let database: TestDatabase;
  let subdistrictId: number;

  beforeAll(async () => {
    database = await cloneDatabase();
    await importFolder(database, DISTRICT);
    ({ id: subdistrictId } = await database.db.selectFrom("subdistrict").select("id").executeTakeFirstOrThrow());
  });
  afterAll(() => database.close());

  it("comes to the same figures for the office as for everybody", async () => {
    const everybody = sumProgress(await listProgress(database.db));
    const rows = await listProgress(database.db, { subdistrict: subdistrictId });
    expect(sumProgress(rows)).toEqual(everybody);
    const sums = sumTrend(trendOf(publicTrendMeasures, await countStepsByMonth(database.db, {}), "2026-11-21", 24));
    expect([sums.reserve, sums.passed, sums.inUse]).toEqual([everybody.reserve, everybody.passed, everybody.inUse]);
    const { count } = await database.db.selectFrom("consultation").select((e) => e.fn.countAll<number>().as("count")).executeTakeFirstOrThrow();
    expect(sums.opened).toBe(count);

    const waits = await listWaits(database.db, { subdistrictId }, importedAt);
    for (const { stage, count: waiting, median, longest } of waits) {
      expect([stage, waiting]).toEqual([stage, everybody.stages[stage]]);
      expect(median).toBeLessThanOrEqual(longest);
    }
    const waiting = await listWaitingReserve(database.db, { subdistrictId });
    expect(waiting).toHaveLength(everybody.stages.reserve + everybody.stages.assessment);
    for (const { code, willing, flats } of waiting) expect([code, 3 * willing >= 2 * flats]).toEqual([code, true]);
  });

  it("adds up at every level: committees, communities, stairwells", async () => {
    const rows = await listProgress(database.db, { subdistrict: subdistrictId });
    const [committee] = byCommittee(rows);
    const community = rows.find(({ committeeId }) => committeeId === committee?.id);
    const part = { subdistrictId, community: community?.code };
    const stairwells = await listOfficeStairwells(database.db, part, { limit: 500, offset: 0 });
    expect(stairwells).toHaveLength(community?.stairwells ?? -1);
    const count = (test: (row: (typeof stairwells)[number]) => boolean) => stairwells.filter(test).length;
    expect(stairwells.reduce((sum, { flats }) => sum + flats, 0)).toBe(community?.flats);
    expect([count(({ filed }) => filed > 0), count(({ consultation }) => consultation === "passed"), count(({ consultation }) => consultation === "failed")]).toEqual([
      community?.withIntents, community?.passed, community?.failed,
    ]);
    const byMonth = async (of: OfficePart) => [...(await countFilingsByMonth(database.db, of)), ...(await countStepsByMonth(database.db, of))];
    const whole = await byMonth({ subdistrictId });
    const parts = (await Promise.all(byCommittee(rows).map(({ id }) => byMonth({ subdistrictId, committee: id })))).flat();
    const sum = (list: typeof whole) => list.reduce((total, row) => total + row.count, 0);
    expect(sum(parts)).toBe(sum(whole));
  });
});
