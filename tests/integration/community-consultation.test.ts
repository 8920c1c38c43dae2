import { CamelCasePlugin, Kysely, PostgresDialect } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeAtDeadline } from "#app/use-cases/consultation/close-at-deadline.server.ts";
import { openConsultation } from "#app/use-cases/consultation/open-consultation.server.ts";
import type { DB } from "#db/schema.d.ts";
import { listMyConsultations } from "#db/queries/accounts.server.ts";
import { findConsultation, readConsultationRows } from "#db/queries/consultations.server.ts";
import { findStairwell, listStairwells } from "#db/queries/stairwells.server.ts";
import { tallyInSql } from "#db/queries/tally-sql.server.ts";
import { readLog, verifyChain } from "../support/chain.ts";
import { done, openedConsultation, refusalOf } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createCommunity, createOwner, createStairwell, formKey, testVault, type TestCommunity } from "../support/factories.ts";
import { openPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

const now = new Date("2026-11-21T02:00:00Z");
let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.close());

const stageOf = async (stairwellId: number) =>
  (await database.db.selectFrom("project").select("stage").where("stairwellId", "=", stairwellId).executeTakeFirstOrThrow()).stage;

/** A community with two further stairwells beside the one that the consultation is about. */
async function opened(given: { community?: TestCommunity; stage?: "reserve" | "consultation" | "agreement" } = {}) {
  const community = given.community ?? (await createCommunity(database.db));
  return openedConsultation(database.db, {
    scope: "community", community, floors: 2, stage: given.stage ?? "reserve",
    before: async () => {
      for (let i = 0; i < 2; i++) await createStairwell(database.db, { community, floors: 2, stage: "intent" });
    },
  });
}

describe("a consultation of a whole community", () => {
  it("has every flat of it on its roll, by door and room, and leaves the stage where it is", async () => {
    const { consultation, consultationId, stairwell } = await opened();
    expect(consultation).toBe(`Q2026-${stairwell.code}-Z`);
    expect(await findConsultation(database.db, consultation)).toMatchObject({ scope: "community", stairwell: stairwell.code, ruleset: { id: "cn-civil-278-ordinary" } });
    const { roll } = await readConsultationRows(database.db, consultationId);
    expect(roll).toHaveLength(12);
    expect(new Set(roll.map(({ unit }) => unit)).size).toBe(12);
    for (const { unit } of roll) expect(unit).toMatch(/^\d+号-[12]0[12]$/);
    expect(await stageOf(stairwell.stairwellId)).toBe("reserve");
    const [entry] = (await readLog(database.db, stairwell.stairwellId)).slice(-1);
    expect(entry).toMatchObject({ verb: "consultation-opened", content: { scope: "community", roll: { units: 12, heads: 12 } } });
    expect(await verifyChain(database.db, stairwell.stairwellId)).toBe(1);
  });

  it("counts whoever owns flats in several stairwells once", async () => {
    const community = await createCommunity(database.db);
    const both: number[] = [];
    const { consultationId } = await openedConsultation(database.db, {
      scope: "community", community, floors: 1,
      before: async (stairwell) => {
        const other = await createStairwell(database.db, { community, floors: 1, stage: "intent" });
        both.push(stairwell.flats[0]?.id ?? 0, other.flats[0]?.id ?? 0);
        await database.db.updateTable("ownership").set({ until: "2020-01-01" }).where("flatId", "in", both).execute();
        await createOwner(database.db, { subdistrictId: stairwell.subdistrictId, flatIds: both });
      },
    });
    const { roll } = await readConsultationRows(database.db, consultationId);
    expect([roll.length, new Set(roll.map(({ voter }) => voter)).size]).toEqual([4, 3]);
  });

  it("names flats by the house too where two houses have a door of one number", async () => {
    const community = await createCommunity(database.db);
    const { consultationId } = await openedConsultation(database.db, {
      scope: "community", community, floors: 1, flatsPerFloor: 1,
      before: async ({ stairwellId }) => {
        const other = await createStairwell(database.db, { community, floors: 1, flatsPerFloor: 1, stage: "intent" });
        await database.db.updateTable("stairwell").set({ building: "东幢", entrance: "1号" }).where("id", "=", stairwellId).execute();
        await database.db.updateTable("stairwell").set({ building: "西幢", entrance: "1号" }).where("id", "=", other.stairwellId).execute();
      },
    });
    const { roll } = await readConsultationRows(database.db, consultationId);
    expect(roll.map(({ unit }) => unit)).toEqual(["东幢1号-101", "西幢1号-101"]);
  });

  it("runs beside the stairwell's own, each of them once", async () => {
    const { stairwell, clerk, deps } = await opened({ stage: "consultation" });
    const open = (scope: "stairwell" | "community") =>
      openConsultation(deps, {
        stairwell: stairwell.code, scope, ruleset: scope === "community" ? "cn-civil-278-ordinary" : "cn-civil-278-major",
        closesOn: "2026-12-20", accountId: clerk, formKey: formKey(),
      });
    expect(await refusalOf(open("community"))).toBe("already_open");
    await done(open("stairwell"));
    expect(await refusalOf(open("stairwell"))).toBe("already_open");
    expect(await stageOf(stairwell.stairwellId)).toBe("consultation");
  });

  it("is refused under another rule than the ordinary majority, before the reserve and once there is building", async () => {
    for (const [stage, ruleset, code] of [
      ["reserve", "cn-civil-278-major", "ruleset_not_for_scope"],
      ["intent", "cn-civil-278-ordinary", "not_in_reserve"],
      ["construction", "cn-civil-278-ordinary", "stage_too_late"],
      ["approval", "cn-civil-278-ordinary", "done"],
    ] as const) {
      const stairwell = await createStairwell(database.db, { stage });
      const accountId = await createAccount(database.db, "committee", { subdistrictId: stairwell.subdistrictId, scopeId: stairwell.committeeId });
      const opening = openConsultation({ db: database.db, vault: testVault, now }, {
        stairwell: stairwell.code, scope: "community", ruleset, closesOn: "2026-12-20", accountId, formKey: formKey(),
      });
      expect(await refusalOf(opening)).toBe(code);
    }
  });

  it("waits until every flat of the community has an owner", async () => {
    const community = await createCommunity(database.db);
    const stairwell = await createStairwell(database.db, { community });
    const { code } = await createStairwell(database.db, { community, floors: 13, owned: false, stage: "intent" });
    const { entrance } = await database.db.selectFrom("stairwell").select("entrance").where("code", "=", code).executeTakeFirstOrThrow();
    const accountId = await createAccount(database.db, "committee", { subdistrictId: stairwell.subdistrictId, scopeId: stairwell.committeeId });
    const opening = await openConsultation({ db: database.db, vault: testVault, now }, {
      stairwell: stairwell.code, scope: "community", ruleset: "cn-civil-278-ordinary", closesOn: "2026-12-20", accountId, formKey: formKey(),
    });
    expect(opening).toMatchObject({ ok: false, problem: { code: "owners_missing", params: { flats: 26 } } });
    expect(JSON.stringify(opening)).toContain(`${entrance}-1001、${entrance}-1002、`);
  });

  it("neither hides nor stands for the stairwell's own where lists and data speak of it", async () => {
    const { consultation, stairwell, cast, close, certify, publish, consultationId } = await opened({ stage: "agreement" });
    const { roll } = await readConsultationRows(database.db, consultationId);
    for (const { unit } of roll) await done(cast(unit, "agree"));
    await done(close());
    await done(certify());
    await done(publish());
    const portal = await openPortal(database, { clock: () => now });
    const data = JSON.parse((await portal.get(`/api/v1/stairwells/${stairwell.code}.json`)).body) as object;
    expect(data).toMatchObject({ consultation: "none", result: null, community_result: { consultation, published: { passed: true, heads: { roll: 12, agree: 12 } } } });
    const { code } = await database.db.selectFrom("community").select("code").where("id", "=", stairwell.communityId).executeTakeFirstOrThrow();
    expect((await listStairwells(database.db, { community: code })).map((row) => row.consultation)).toEqual([null, null, null]);
    const page = (await portal.get(`/s/${stairwell.code}`)).body.replace(/<[^>]+>/g, "");
    expect(page).toContain("全小区 12 人，12 人参加表决，12 人同意");
    expect(page).toContain("公布全小区征询结果：通过");
  });

  it("is cast online by owners of every stairwell, each for the own flats", async () => {
    const community = await createCommunity(database.db);
    const { consultation, stairwell, deps } = await opened({ community });
    const other = await database.db
      .selectFrom("flat").innerJoin("stairwell", "stairwell.id", "flat.stairwellId").select(["flat.id", "flat.room", "stairwell.entrance", "stairwell.id as stairwellId"])
      .where("stairwell.communityId", "=", community.communityId).where("stairwell.id", "<>", stairwell.stairwellId).orderBy("flat.id").executeTakeFirstOrThrow();
    const { entrance } = await database.db.selectFrom("stairwell").select("entrance").where("id", "=", stairwell.stairwellId).executeTakeFirstOrThrow();
    const unit = `${other.entrance}-${other.room}`;
    expect(await listMyConsultations(database.db, [other.id], deps.now)).toMatchObject([{ code: consultation, scope: "community", unit, entrance, choice: null }]);

    const accountId = await createAccount(database.db, "resident", { subdistrictId: stairwell.subdistrictId, scopeId: other.id });
    const portal = await signedIn(database.db, await openPortal(database, { clock: () => deps.now }), accountId);
    const me = (await portal.get("/me")).body;
    expect(me).toContain("全小区意见征询");
    const url = /href="(\/me\/ballots\/[^"]+)"/.exec(me)?.[1]?.replaceAll("&amp;", "&") ?? "";
    expect((await portal.get(url)).body).toContain("全小区");
    expect((await portal.get(`${url}${url.includes("?") ? "&" : "?"}step=choose`)).body).toContain(`${unit} 室同意`);
    expect((await portal.post(url, { room: unit, choice: "agree", seen: "0", "form-key": formKey() })).status).toBe(302);
    expect((await portal.post(url, { room: `${entrance}-101`, choice: "agree", seen: "0", "form-key": formKey() })).status).toBe(422);
    expect(await listMyConsultations(database.db, [other.id], deps.now)).toMatchObject([{ choice: "agree" }]);
  });
});

describe("a community of 1 200 flats", () => {
  it("is opened, counted and closed with as many statements as one of twelve", async () => {
    const seen: string[] = [];
    const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool: database.pool }), plugins: [new CamelCasePlugin()], log: ({ query }) => void seen.push(query.sql) });
    const statements = async (work: () => Promise<unknown>) => {
      seen.length = 0;
      await work();
      return seen.length;
    };
    const counted: { opening: number; closing: number }[] = [];
    for (const stairwells of [2, 59]) {
      const community = await createCommunity(database.db);
      const stairwell = await createStairwell(database.db, { community, floors: 5, flatsPerFloor: 4 });
      for (let i = 0; i < stairwells; i++) await createStairwell(database.db, { community, floors: 5, flatsPerFloor: 4, stage: "intent" });
      const accountId = await createAccount(database.db, "committee", { subdistrictId: stairwell.subdistrictId, scopeId: stairwell.committeeId });
      const form = { stairwell: stairwell.code, scope: "community", ruleset: "cn-civil-278-ordinary", closesOn: "2026-12-20", accountId, formKey: formKey() } as const;
      let consultation = "";
      const opening = await statements(async () => {
        consultation = (await done(openConsultation({ db, vault: testVault, now }, form))).consultation;
      });
      const closing = await statements(() => done(closeAtDeadline({ db, vault: testVault, now: new Date("2027-01-01") }, consultation)));
      counted.push({ opening, closing });
      const found = await findConsultation(database.db, consultation);
      const [tally] = await tallyInSql(database.db, found?.id ?? 0);
      expect(tally?.result.roll).toMatchObject({ units: (stairwells + 1) * 20, heads: (stairwells + 1) * 20 });
      expect((await findStairwell(database.db, stairwell.code))?.consultations).toMatchObject([{ scope: "community" }]);
    }
    expect(counted[1]).toEqual(counted[0]);
    expect(counted[0]?.opening).toBeLessThan(25);
  });
});
