import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { CamelCasePlugin, Kysely, PostgresDialect } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { guideRoles } from "#app/i18n/zh-CN/guide.ts";
import { fileIntent } from "#app/use-cases/intent/file-intent.server.ts";
import { recordPlan } from "#app/use-cases/plan/record-plan.server.ts";
import type { DB } from "#db/schema.d.ts";
import { done, openedConsultation, type OpenedConsultation } from "#tests/support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "#tests/support/database.ts";
import {
  createAccount, createCommunity, createStairwell, createSubdistrict, formKey, testVault, type TestCommunity, type TestStairwell,
} from "#tests/support/factories.ts";
import { createFirm, planOf } from "#tests/support/plans.ts";
import { openPortal, type Answer, type TestPortal } from "#tests/support/portal.ts";

const now = new Date("2026-11-21T04:00:00Z");

let database: TestDatabase;
let portal: TestPortal;
let community: TestCommunity;
let quiet: TestStairwell;
let inUse: TestStairwell;
let open: OpenedConsultation;
let published: OpenedConsultation;
let failed: OpenedConsultation;

beforeAll(async () => {
  database = await cloneDatabase();
  const { db } = database;
  const { subdistrictId } = await createSubdistrict(db, { name: "梅园街道" });
  community = await createCommunity(db, { subdistrictId, name: "兰亭坊" });
  await db.updateTable("community").set({ pinyin: "lantingfang", initials: "ltf", address: "长河路12弄" }).where("id", "=", community.communityId).execute();
  const other = await createCommunity(db, { subdistrictId, name: "雪松里" });
  await db.updateTable("community").set({ pinyin: "xuesongli", initials: "xsl", address: "长河路112弄" }).where("id", "=", other.communityId).execute();
  quiet = await createStairwell(db, { community, stage: "intent" });
  inUse = await createStairwell(db, { community, stage: "in-use" });
  await db.updateTable("project").set({ startedOn: "2026-01-10", inUseSince: "2026-06-01" }).where("stairwellId", "=", inUse.stairwellId).execute();
  await createStairwell(db, { community: other, stage: "construction", sideState: "paused" });
  open = await openedConsultation(db, { community });
  published = await openedConsultation(db, {
    community,
    before: async ({ subdistrictId: place, committeeId: scopeId, code: stairwell }) => {
      const clerk = await createAccount(db, "committee", { subdistrictId: place, scopeId });
      await done(recordPlan({ db, vault: testVault, storage: database.storage, now }, planOf(stairwell, await createFirm(db, place), clerk)));
    },
  });
  for (const { room } of published.stairwell.flats.slice(0, 10)) await done(published.cast(room, room === "101" ? "oppose" : "agree"));
  failed = await openedConsultation(db, { community });
  for (const { room } of failed.stairwell.flats.slice(0, 4)) await done(failed.cast(room, "agree"));
  for (const one of [published, failed]) {
    await done(one.close());
    await done(one.certify());
    await done(one.publish());
  }
  portal = await openPortal(database, { clock: () => now });
});

afterAll(() => database.close());

const code = (one: OpenedConsultation) => one.stairwell.code;

/** What stands in the page itself, without its frame. */
function mainOf({ body }: Answer): string {
  return /<main[^>]*>(.*)<\/main>/s.exec(body)?.[1] ?? "";
}

const wordsOf = (answer: Answer) => mainOf(answer).replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");

const publicPages = () => [
  "/", "/find", "/find?q=ltf", "/find?q=nowhere", "/communities", `/communities/${community.code}`, "/progress", `/progress?committee=${community.committeeId}`,
  `/progress?community=${community.code}`, "/progress?stage=construction", "/progress?stage=agreement", "/reserve", "/help", "/help/guide", ...guideRoles.map((role) => `/help/guide/${role}`), "/data",
  ...[quiet.code, inUse.code, code(open), code(published), code(failed)].map((stairwell) => `/s/${stairwell}`),
];

describe("every public page", () => {
  it("opens for everybody, without scripts, with whom to call and the way to the elder view", async () => {
    for (const path of publicPages()) {
      const answer = await portal.get(path);
      expect([path, answer.status]).toEqual([path, 200]);
      expect(answer.body).not.toMatch(/<script|javascript:|\son\w+=/i);
      expect(answer.headers.get("Content-Security-Policy")).toContain("script-src 'none'");
      expect(answer.body).toContain('href="tel:');
      expect(answer.body).toContain('href="/view?to=elder');
      expect(answer.body).toMatch(/<title>[^<]+ · 加梯一键通<\/title>/);
    }
  });

  it("is sound: one heading, ids once, links and labels that lead somewhere, no value that is none", async () => {
    for (const path of publicPages()) {
      const { body } = await portal.get(path);
      expect([path, body.match(/<h1/g)?.length]).toEqual([path, 1]);
      const ids = [...body.matchAll(/\sid="([^"]+)"/g)].map((found) => found[1]);
      expect([path, ids.filter((id, index) => ids.indexOf(id) !== index)]).toEqual([path, []]);
      const wanted = [...body.matchAll(/\s(?:aria-labelledby|aria-describedby|for)="([^"]+)"/g)].flatMap((found) => found[1]?.split(" ") ?? []);
      const anchors = [...body.matchAll(/\shref="#([^"]+)"/g)].map((found) => found[1]);
      expect([path, [...wanted, ...anchors].filter((id) => !ids.includes(id))]).toEqual([path, []]);
      expect(body.replace(/<[^>]+>/g, " ")).not.toMatch(/NaN|undefined|\[object|\bnull\b/);
    }
  });

  it("leads only to pages that exist", async () => {
    const bodies = await Promise.all(publicPages().map(async (path) => (await portal.get(path)).body));
    const links = new Set(bodies.flatMap((body) => [...body.matchAll(/\shref="(\/(?!view|assets)[^"#]*)/g)].map((found) => found[1]?.replaceAll("&amp;", "&") ?? "")));
    const known = new Set(readdirSync("build/client"));
    for (const link of links) {
      if (known.has(link.slice(1)) || /^\/(me|sign-in|s\/[^/]+\/intent)/.test(link)) continue;
      expect([link, (await portal.get(link)).status]).toEqual([link, 200]);
    }
  });

  it("weighs at most 50 kB compressed with its styles", async () => {
    const styles = readdirSync("build/client/assets").filter((name) => name.endsWith(".css"));
    const weight = styles.reduce((sum, name) => sum + gzipSync(readFileSync(`build/client/assets/${name}`)).length, 0);
    for (const path of publicPages()) {
      const { body } = await portal.get(path);
      expect(gzipSync(body).length + weight).toBeLessThan(50_000);
    }
  });

  it("is the same for somebody signed in", async () => {
    const signedIn = { Cookie: `jiati=${"a".repeat(43)}` };
    const accountId = await createAccount(database.db, "committee", { subdistrictId: community.subdistrictId, scopeId: community.committeeId, name: "沈雁" });
    await database.db
      .insertInto("session")
      .values({ tokenHash: testVault.hash("session", "a".repeat(43)), accountId, createdAt: now, expiresAt: new Date("2027-01-01") })
      .execute();
    for (const path of publicPages()) expect((await portal.get(path, signedIn)).body).toBe((await portal.get(path)).body);
  });

  it("has large letters in the elder view", async () => {
    expect((await portal.get("/help", { Cookie: "view=elder" })).body).toContain('data-view="elder"');
  });
});

describe("the first page", () => {
  it("draws every stairwell of a small subdistrict, on narrow and wide screens, with where it stands", async () => {
    const main = mainOf(await portal.get("/"));
    const links = [...main.matchAll(/<a href="\/s\/([^"]+)" tabindex="-1"><title>([^<]+)</g)];
    const codes = (await database.db.selectFrom("stairwell").select("code").orderBy("code").execute()).map((one) => one.code);
    expect(links.map((link) => link[1])).toEqual([...codes, ...codes]);
    const titleOf = (stairwell: string) => links.find((link) => link[1] === stairwell)?.[2];
    expect(titleOf(inUse.code)).toMatch(/^兰亭坊 .+楼道：走到“投入使用”$/);
    expect(titleOf(code(open))).toMatch(/：走到“意见征询”$/);
    expect(titleOf(quiet.code)).toMatch(/：还没有人填意愿$/);
    expect(main).toContain(`${codes.length} 个楼道，`);
  });
});

describe("finding my stairwell", () => {
  it.each(["兰亭坊", "lantingfang", "LTF", "ltf", "长河路12弄", "１２弄", "蓝亭坊", " 兰亭 坊 "])("by %j leads to the community", async (typed) => {
    const answer = await portal.get(`/find?q=${encodeURIComponent(typed)}`);
    expect(mainOf(answer)).toContain(`href="/communities/${community.code}"`);
    expect(mainOf(answer)).not.toContain("雪松里");
  });

  it("by its door leads to the stairwell, first of all", async () => {
    const { entrance } = await database.db.selectFrom("stairwell").select("entrance").where("code", "=", quiet.code).executeTakeFirstOrThrow();
    for (const typed of [`兰亭坊 ${entrance}`, `ltf${parseInt(entrance)}`, `12弄${entrance}101室`, `长河路12弄 ${entrance}`, quiet.code, quiet.code.toLowerCase(), quiet.code.replace("-", ""), `蘭亭坊${entrance.replace("号", "號")}`, `ltf ${parseInt(entrance)} hao`]) {
      const main = mainOf(await portal.get(`/find?q=${encodeURIComponent(typed)}`));
      expect([typed, /<a href="([^"]+)"/.exec(main)?.[1]]).toEqual([typed, `/s/${quiet.code}`]);
    }
  });

  it("says which door is missing and offers the community", async () => {
    const answer = await portal.get(`/find?q=${encodeURIComponent("兰亭坊 999 号")}`);
    expect(wordsOf(answer)).toContain("没有找到 999 号");
    expect(mainOf(answer)).toContain(`/communities/${community.code}`);
  });

  it("that nobody knows says whom to call", async () => {
    const answer = await portal.get("/find?q=nowhere");
    expect(wordsOf(answer)).toContain("没有找到“nowhere”");
    expect(mainOf(answer)).toContain('href="tel:');
  });

  it("never fails, whatever is typed", async () => {
    for (const typed of ["", " ", "%", "_", "'; drop table", "\u0001\u0007", "\u202e", "<b>x</b>", "((((", "\\", "😀".repeat(40), "八".repeat(50), "号".repeat(100)]) {
      const answer = await portal.get(`/find?q=${encodeURIComponent(typed)}`);
      expect([typed, answer.status]).toEqual([typed, 200]);
      expect(answer.body).not.toContain("<b>x</b>");
    }
    const long = await portal.get(`/find?q=${encodeURIComponent("坊".repeat(101))}`);
    expect(long.status).toBe(422);
    expect(wordsOf(long)).toContain("写得太长了");
    expect((await portal.get(`/find?q=${encodeURIComponent("\uFDFA".repeat(90))}`)).status).toBe(422);
  });

  it("is slowed down for one who searches on and on", async () => {
    let answer = await portal.get("/find?q=ltf");
    for (let tries = 0; answer.status === 200 && tries < 400; tries++) answer = await portal.get("/find?q=zz");
    expect(answer.status).toBe(429);
    expect(wordsOf(answer)).toContain("试的次数太多了");
    expect((await portal.get("/find")).status).toBe(200);
    await database.db.deleteFrom("rateLimit").execute();
  });
});

describe("a neighbour reading the page of a stairwell", () => {
  it("learns that a consultation is open and until when, and nothing from a ballot that comes in", async () => {
    const before = await portal.get(`/s/${code(open)}`);
    expect(wordsOf(before)).toContain("2026 年 11 月 28 日 24:00 截止");
    await done(open.cast("101", "agree"));
    await done(open.cast("102", "oppose"));
    expect((await portal.get(`/s/${code(open)}`)).body).toBe(before.body);
    expect((await portal.get(`/api/v1/stairwells/${code(open)}.json`)).body).not.toMatch(/agree|participated/);
  });

  it("learns after the deadline that it is being checked, and nothing of the result", async () => {
    const later = await openPortal(database, { clock: () => open.later.now });
    const answer = await later.get(`/s/${code(open)}`);
    expect(wordsOf(answer)).toContain("意见征询已截止，正在核对");
    expect(wordsOf(answer)).not.toContain("我是业主，去表决");
  });

  it("learns the verdict with its rule, who was counted, took part and agreed, and the sums in heads", async () => {
    const words = wordsOf(await portal.get(`/s/${code(published)}`));
    expect(words).toContain("征询结果：通过");
    expect(words).toContain("全楼道 12 人，10 人参加表决，9 人同意。");
    expect(words).toContain("3 × 10 ≥ 2 × 12");
    expect(words).toContain("4 × 9 ≥ 3 × 10");
    expect(words).toContain("第二百七十八条");
    expect(words).toContain("2021 年 1 月 1 日起施行");
    expect(words).not.toMatch(/平方米|720|540|反对|弃权/);
    expect(wordsOf(await portal.get(`/s/${code(failed)}`))).toContain("征询结果：没有通过");
  });

  it("never finds a name, a phone, an owner's code or a room", async () => {
    const paths = [...publicPages(), "/api/v1/stairwells.csv", "/api/v1/progress.json", ...[open, published, failed].map((one) => `/api/v1/stairwells/${code(one)}.json`)];
    for (const path of paths) {
      const { body } = await portal.get(path);
      expect([path, /业主\d|用户\d|P\d{6}|1[3-9]\d{9}/.exec(body)?.[0]]).toEqual([path, undefined]);
      expect([path, /(?<![\d.-])[1-6]0[12](?![\d.])/.exec(body.replace(/\s(?:d|transform)="[^"]*"/g, ""))?.[0]]).toEqual([path, undefined]);
    }
  });

  it("learns nothing of the wishes from fewer than five filings, and a band from then on", async () => {
    const stairwell = await createStairwell(database.db, { stage: "intent" });
    const accountId = await createAccount(database.db, "committee", { subdistrictId: stairwell.subdistrictId, scopeId: stairwell.committeeId });
    const file = (index: number, choice: "willing" | "unwilling") =>
      done(
        fileIntent(
          { db: database.db, vault: testVault, now },
          {
            stairwell: stairwell.code, room: stairwell.flats[index]?.room ?? "", choice, worry: null, channel: "paper",
            name: null, phone: null, slipCode: null, ownFlatIds: [], accountId, formKey: formKey(),
          },
        ),
      );
    const read = async () => mainOf(await portal.get(`/s/${stairwell.code}`));
    expect(await read()).toContain("还没有人填意愿");
    await file(0, "willing");
    const one = await read();
    expect(one).toContain("满 5 户后");
    await file(1, "unwilling");
    await file(2, "willing");
    await file(3, "willing");
    expect(await read()).toBe(one);
    await file(4, "willing");
    expect(await read()).toContain("三分之一以上的住户愿意，还不到一半");
  });

  it("finds no page behind an unknown code, and the right one behind small letters", async () => {
    expect((await portal.get("/s/NOBODY-1")).status).toBe(404);
    expect((await portal.get("/communities/NOBODY")).status).toBe(404);
    const small = await portal.get(`/s/${quiet.code.toLowerCase()}`);
    expect([small.status, small.location]).toEqual([301, `/s/${quiet.code}`]);
  });

  it("is asked for an intent unless the lift runs", async () => {
    expect((await portal.get(`/s/${quiet.code}`)).body).toContain(`href="/s/${quiet.code}/intent"`);
    expect((await portal.get(`/s/${inUse.code}`)).body).not.toContain("/intent");
  });
});

describe("the progress", () => {
  it("sees month by month what stairwells came to, and never when households filed", async () => {
    const answer = await portal.get("/progress");
    expect(wordsOf(answer)).toMatch(/征询通过的楼道 共 1 /);
    expect(answer.body).not.toMatch(/填意愿的户|"intents"/);
  });

  it("counts the same at every level", async () => {
    const whole = wordsOf(await portal.get("/progress"));
    expect(whole).toMatch(/征询通过 1／\d/);
    const part = wordsOf(await portal.get(`/progress?community=${community.code}`));
    expect(part).toContain("共 5 个楼道，60 户");
    expect(part).toContain("征询通过 1／5");
    expect(part).toContain("征询没有通过 1／5");
    expect(part).toContain("正在征询 1／5");
    expect(part).toContain("电梯已投用 1／5");
  });

  it("lists the stairwells of a stage", async () => {
    const answer = await portal.get(`/progress?community=${community.code}&stage=consultation`);
    for (const one of [open, published, failed]) expect(mainOf(answer)).toContain(`href="/s/${code(one)}"`);
    expect(mainOf(answer)).not.toContain(`href="/s/${quiet.code}"`);
  });

  it("answers what it cannot read with 400, what it does not know with 404", async () => {
    const statusOf = async (query: string) => (await portal.get(`/progress?${query}`)).status;
    expect(await Promise.all(["stage=done", "committee=x", "page=0", "community=%27"].map(statusOf))).toEqual([400, 400, 400, 400]);
    expect(await Promise.all(["committee=99999", "community=NOBODY", "stage=intent&page=99"].map(statusOf))).toEqual([404, 404, 404]);
    expect([(await portal.get("/reserve?page=x")).status, (await portal.get("/reserve?page=99")).status]).toEqual([400, 404]);
  });

  it("and every other public page takes at most five queries", async () => {
    const seen: string[] = [];
    const db = new Kysely<DB>({
      dialect: new PostgresDialect({ pool: database.pool }),
      plugins: [new CamelCasePlugin()],
      log: ({ query }) => void seen.push(query.sql),
    });
    const watched = await openPortal(database, { db, clock: () => now });
    for (const path of [...publicPages(), "/api/v1/stairwells.csv", "/api/v1/progress.json"]) {
      seen.length = 0;
      await watched.get(path);
      expect([path, seen.length <= 5]).toEqual([path, true]);
      if (path === "/progress") expect(seen).toHaveLength(2);
    }
  });
});

describe("the reserve", () => {
  it("lists by community those with two thirds, the newest first", async () => {
    const { db } = database;
    await db.updateTable("project").set({ reserveSince: new Date("2026-11-20T02:00:00Z") }).where("stairwellId", "=", published.stairwell.stairwellId).execute();
    const main = mainOf(await portal.get("/reserve"));
    const links = [...main.matchAll(/href="\/s\/([^"]+)"/g)].map((found) => found[1]);
    expect(links[0]).toBe(code(published));
    expect(links).not.toContain(quiet.code);
  });
});

describe("the open data", () => {
  it("has one line a stairwell, by code, with exactly the columns it explains", async () => {
    const answer = await portal.get("/api/v1/stairwells.csv");
    expect(answer.headers.get("Content-Type")).toBe("text/csv; charset=utf-8");
    const [header, ...lines] = answer.body.trimEnd().split("\n");
    expect(header).toBe("code,community,committee,flats,stage,intent_reached,consultation,lift");
    expect(lines.map((line) => line.split(",")[0])).toEqual(lines.map((line) => line.split(",")[0]).sort());
    const { name: committee } = await database.db.selectFrom("committee").select("name").where("id", "=", community.committeeId).executeTakeFirstOrThrow();
    const rest = (stairwell: string) => lines.find((line) => line.startsWith(`${stairwell},`))?.replace(`${stairwell},${community.code},${committee},12,`, "");
    expect([quiet.code, inUse.code, code(open), code(published), code(failed)].map(rest)).toEqual([
      "intent,false,none,none", "in-use,true,none,in-use", "consultation,true,open,none", "consultation,true,passed,none", "consultation,true,failed,none",
    ]);
    const explained = wordsOf(await portal.get("/data"));
    for (const column of header?.split(",") ?? []) expect(explained).toContain(column);
  });

  it("keeps a result that is not published as open", async () => {
    const one = await openedConsultation(database.db, { community });
    for (const { room } of one.stairwell.flats) await done(one.cast(room, "agree"));
    await done(one.close());
    await done(one.certify());
    const { body } = await portal.get("/api/v1/stairwells.csv");
    expect(body.split("\n").find((line) => line.startsWith(`${code(one)},`))).toMatch(/,open,none$/);
    expect(JSON.parse((await portal.get(`/api/v1/stairwells/${code(one)}.json`)).body)).toMatchObject({ consultation: "open", result: { published: null } });
  });

  it("tells of a stairwell what its page tells", async () => {
    const data = JSON.parse((await portal.get(`/api/v1/stairwells/${code(published)}.json`)).body) as { result: { published: { tests: object[] } } };
    expect(data).toMatchObject({
      code: code(published), community: community.code, flats: 12, consultation: "passed", lift: "none",
      result: { published: { passed: true, ruleset: "cn-civil-278-major", heads: { roll: 12, participated: 10, agree: 9 } } },
    });
    expect(data.result.published.tests[1]).toEqual({ test: "quorum-area", need: "2/3", strict: false, met: true });
  });

  it("answers an unknown code with 404 as data", async () => {
    const answer = await portal.get("/api/v1/stairwells/NOBODY-1.json");
    expect([answer.status, answer.headers.get("Content-Type"), JSON.parse(answer.body)]).toEqual([
      404, "application/json; charset=utf-8", { error: "unknown stairwell", code: "NOBODY-1" },
    ]);
  });

  it("adds the communities up to the whole", async () => {
    const data = JSON.parse((await portal.get("/api/v1/progress.json")).body) as { total: { stairwells: number }; committees: { stairwells: number }[] };
    expect(data.committees.reduce((sum, { stairwells }) => sum + stairwells, 0)).toBe(data.total.stairwells);
  });
});
