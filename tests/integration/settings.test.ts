import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { OwnRuleset, SettingKey, SettingValue } from "#app/domain/setting-schemas.ts";
import { closeConsultation } from "#app/use-cases/consultation/close-consultation.server.ts";
import { changeSetting } from "#app/use-cases/setting/change-setting.server.ts";
import type { Deps } from "#app/use-cases/transact.server.ts";
import { readConsultationFile } from "#db/queries/consultations.server.ts";
import { listRowFaults } from "#db/queries/record-faults.server.ts";
import { listSettings, readSetting } from "#db/queries/settings.server.ts";
import { done, openedConsultation, refusalOf } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createStairwell, createSubdistrict, formKey, testVault } from "../support/factories.ts";
import { openPortal, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";

const TODAY = "2026-11-21";
let now = new Date("2026-11-21T02:00:00Z");
let database: TestDatabase;
let portal: TestPortal;
let subdistrictId: number;
let accountId: number;
let office: TestPortal;

beforeAll(async () => {
  database = await cloneDatabase();
  ({ subdistrictId } = await createSubdistrict(database.db));
  accountId = await createAccount(database.db, "office", { subdistrictId, scopeId: subdistrictId, name: "陈军" });
  portal = await openPortal(database, { clock: () => now });
  office = await signedIn(database.db, portal, accountId);
});
afterAll(() => database.close());

const deps = (): Deps => ({ db: database.db, vault: testVault, now });
const url = (key: string) => `/desk/office/settings/${key}`;

describe("the office", () => {
  it("sets from when on something holds, and sees what holds, what will and who said so", async () => {
    const saved = await office.post(url("city-subsidy"), { subsidy: "fixed", amount: "160,000", percent: "", fromDay: "2027-01-01", "form-key": formKey() });
    expect([saved.status, saved.location]).toEqual([302, `${url("city-subsidy")}?saved=yes`]);
    const { body } = await office.get(saved.location ?? "");
    for (const part of ["已保存", "每台 14 万元", "每台 16 万元", "2027 年 1 月 1 日起", "陈军"]) expect(body).toContain(part);
    expect(await readSetting(database.db, subdistrictId, "city-subsidy", "2026-12-31")).toEqual({ kind: "fixed", fen: 14_000_000 });
    expect(await readSetting(database.db, subdistrictId, "city-subsidy", "2027-01-01")).toEqual({ kind: "fixed", fen: 16_000_000 });
    expect((await office.get("/desk/office/settings")).body).toContain("2027 年 1 月 1 日起改");
  });

  it("sends the same form twice and it counts once", async () => {
    const form = { graceDays: "5", fromDay: TODAY, "form-key": formKey() };
    const [one, other] = await Promise.all([office.post(url("paper-grace"), form), office.post(url("paper-grace"), form)]);
    expect([one.status, other.status]).toEqual([302, 302]);
    expect(await listSettings(database.db, subdistrictId, "paper-grace")).toHaveLength(1);
  });

  it("replaces what was to come by another entry of the same day; both stay on record", async () => {
    for (const days of ["6", "7"]) await office.post(url("paper-grace"), { graceDays: days, fromDay: "2026-12-01", "form-key": formKey() });
    expect(await readSetting(database.db, subdistrictId, "paper-grace", "2026-12-01")).toBe(7);
    const { body } = await office.get(url("paper-grace"));
    expect(body).toContain("截止后 6 天内");
    expect(body.indexOf("截止后 7 天内")).toBeLessThan(body.indexOf("截止后 6 天内"));
  });

  it("of another subdistrict sets its own things only", async () => {
    const other = await createSubdistrict(database.db);
    const stranger = await signedIn(database.db, portal, await createAccount(database.db, "office", { ...other, scopeId: other.subdistrictId }));
    await stranger.post(url("paper-grace"), { graceDays: "9", fromDay: TODAY, "form-key": formKey() });
    expect(await readSetting(database.db, other.subdistrictId, "paper-grace", TODAY)).toBe(9);
    expect(await readSetting(database.db, subdistrictId, "paper-grace", TODAY)).toBe(5);
  });

  it("changes the phone that stands on every page, on the day on which it says so", async () => {
    await office.post(url("phones"), { lines: "街道加梯办：021-58880000", fromDay: "2026-11-25", "form-key": formKey() });
    const fresh = await openPortal(database, { clock: () => now });
    expect((await fresh.get("/reserve")).body).toContain("021-50000000");
    now = new Date("2026-11-25T02:00:00Z");
    expect((await fresh.get("/reserve")).body).toContain("021-58880000");
    now = new Date("2026-11-21T02:00:00Z");
  });
});

describe("a change that is refused", () => {
  const count = async () => (await database.db.selectFrom("setting").select("id").execute()).length;

  it("says at the field what is wrong, keeps what was typed, and stores nothing", async () => {
    const before = await count();
    const expected: [string, Record<string, string>, number, string][] = [
      ["paper-grace", { graceDays: "4", fromDay: "2026-11-20" }, 422, "不能从过去的日子起改"],
      ["paper-grace", { graceDays: "5", fromDay: TODAY }, 422, "和那一天本来的内容一样"],
      ["paper-grace", { graceDays: "99", fromDay: TODAY }, 422, "“宽限天数”要在 0–14 之间"],
      ["paper-grace", { graceDays: "4", fromDay: "" }, 422, "还没有填“从哪一天起”"],
      ["milestones", { lines: "进场；3 天\n打桩；很久", fromDay: TODAY }, 422, "“清单”第 2 行看不懂"],
      ["city-subsidy", { subsidy: "fixed", amount: "十四万", fromDay: TODAY }, 422, "“金额”要填元"],
      ["default-ruleset", { stairwellRule: "own:没有", communityRule: "cn-civil-278-ordinary", fromDay: TODAY }, 422, "这条规则在那一天不能用"],
      ["default-ruleset", { stairwellRule: "cn-sh-2019-stairwell", communityRule: "cn-civil-278-ordinary", fromDay: TODAY }, 422, "这条规则在那一天不能用"],
    ];
    for (const [key, form, status, message] of expected) {
      const answer = await office.post(url(key), { ...form, "form-key": formKey() });
      expect([key, answer.status]).toEqual([key, status]);
      expect(answer.body).toContain(message);
      for (const value of Object.values(form)) if (value.length > 2 && key !== "default-ruleset") expect(answer.body).toContain(value.split("\n")[0] ?? "");
    }
    expect((await office.get(url("nonsense"))).status).toBe(404);
    expect((await office.post(url("nonsense"), { fromDay: TODAY, "form-key": formKey() })).status).toBe(404);
    expect(await count()).toBe(before);
  });

  it("of a ruleset that was entered: its thresholds stay for ever, only its last day may be set", async () => {
    const line = "本街道试行；沪房〔2027〕1号；参与 2/3、2/3；同意 2/3、2/3；占参与者；以上；2027-01-01 起";
    const change = (lines: string, fromDay: string) => office.post(url("own-rulesets"), { lines, fromDay, "form-key": formKey() });
    expect((await change(line, "2026-12-01")).status).toBe(302);
    const rewritten = await change(line.replace("同意 2/3", "同意 1/2"), "2026-12-02");
    expect([rewritten.status, rewritten.body.includes("内容不能再改")]).toEqual([422, true]);
    const removed = await change(line.replace("本街道试行", "另一条"), "2026-12-02");
    expect([removed.status, removed.body.includes("不能去掉")]).toEqual([422, true]);
    expect((await change(`${line}；至 2030-12-31`, "2026-12-02")).status).toBe(302);
    expect(await refusalOf(changeSetting(deps(), {
      subdistrictId, key: "default-ruleset", value: { stairwell: "own:本街道试行", community: "cn-civil-278-ordinary" }, fromDay: "2026-12-31", accountId, formKey: formKey(),
    }))).toBe("ruleset_not_offered");
    await done(changeSetting(deps(), {
      subdistrictId, key: "default-ruleset", value: { stairwell: "own:本街道试行", community: "cn-civil-278-ordinary" }, fromDay: "2027-01-01", accountId, formKey: formKey(),
    }));
  });

  it("by the database: an entry is never changed or removed, by nobody", async () => {
    for (const { db } of [database, database.owner]) {
      await expect(sql`update setting set from_day = '2020-01-01'`.execute(db)).rejects.toThrow(/refused|denied/);
      await expect(sql`delete from setting`.execute(db)).rejects.toThrow(/refused|denied/);
    }
    await expect(sql`truncate setting`.execute(database.owner.db)).rejects.toThrow(/refused/);
  });
});

describe("a consultation", () => {
  it("is offered the ruleset first that the subdistrict has set", async () => {
    const stairwell = await createStairwell(database.db);
    const own = stairwell.subdistrictId;
    const officer = await createAccount(database.db, "office", { subdistrictId: own, scopeId: own });
    const clerk = await signedIn(database.db, portal, await createAccount(database.db, "committee", { subdistrictId: own, scopeId: stairwell.committeeId }));
    const offered = async () => {
      const { body } = await clerk.get(`/desk/s/${stairwell.code}/consultation`);
      return [...body.matchAll(/name="ruleset"[^>]*value="([\w-]+)"|value="([\w-]+)"[^>]*name="ruleset"/g)].map(([, one, other]) => one ?? other)[0];
    };
    expect(await offered()).toBe("cn-civil-278-major");
    await done(changeSetting(deps(), {
      subdistrictId: own, key: "default-ruleset", value: { stairwell: "cn-civil-278-ordinary", community: "cn-civil-278-ordinary" }, fromDay: TODAY, accountId: officer, formKey: formKey(),
    }));
    expect(await offered()).toBe("cn-civil-278-ordinary");
  });

  it("is opened under the subdistrict's own ruleset while that holds, and keeps its thresholds for ever", async () => {
    const stairwell = await createStairwell(database.db, { stage: "consultation" });
    const own = stairwell.subdistrictId;
    const officer = await createAccount(database.db, "office", { subdistrictId: own, scopeId: own });
    const committee = await createAccount(database.db, "committee", { subdistrictId: own, scopeId: stairwell.committeeId });
    const clerk = await signedIn(database.db, portal, committee);
    const rule: OwnRuleset = {
      id: "own:试行规则", title: "试行规则", source: "沪房〔2026〕9号", effectiveFrom: TODAY, effectiveUntil: "2027-11-30",
      quorum: { heads: "1/2", area: null }, approval: { of: "roll", heads: "3/5", area: "3/5", strict: true },
    };
    const set = <Key extends SettingKey>(key: Key, value: SettingValue<Key>, fromDay: string) =>
      done(changeSetting(deps(), { subdistrictId: own, key, value, fromDay, accountId: officer, formKey: formKey() }));
    await set("own-rulesets", [rule, { ...rule, id: "own:以后的", title: "以后的", effectiveFrom: "2026-11-22" }], TODAY);
    await set("default-ruleset", { stairwell: rule.id, community: rule.id }, TODAY);

    for (const url of [`/desk/s/${stairwell.code}/consultation`, `/desk/s/${stairwell.code}/consultation?scope=community`, "/desk/consultations/new"]) {
      const { body } = await clerk.get(url);
      expect(body, url).toMatch(/<input(?=[^>]*value="own:试行规则")(?=[^>]*checked)[^>]*>/);
      expect(body, url).toContain("沪房〔2026〕9号，2026 年 11 月 21 日起施行");
      expect(body, url).toContain("参加：人数 1/2 以上；同意：占全体，人数超过 3/5、面积超过 3/5");
      expect(body, url).not.toContain("以后的");
    }
    const open = (ruleset: string) => clerk.post(`/desk/s/${stairwell.code}/consultation`, { ruleset, closesOn: "2026-12-20", "form-key": formKey() });
    for (const [id, why] of [["own:以后的", "今天不在施行期内"], ["own:没有", "街道没有这条表决规则"], ["my-own", "还没有填“表决规则”"]] as const) {
      const refused = await open(id);
      expect([refused.status, refused.body.includes(why)], id).toEqual([422, true]);
    }
    expect((await open(rule.id)).status).toBe(302);
    const stored = await database.db.selectFrom("consultation").select(["rulesetId", "ruleset"]).where("stairwellId", "=", stairwell.stairwellId).executeTakeFirstOrThrow();
    expect(stored).toEqual({ rulesetId: rule.id, ruleset: { ...rule, binding: true } });
    const code = `Q2026-${stairwell.code}`;
    expect((await clerk.get(`/desk/consultations/${code}/end`)).body).toContain("沪房〔2026〕9号");
    await done(closeConsultation({ ...deps(), now: new Date("2026-12-21T02:00:00Z") }, { consultation: code, accountId: committee, formKey: formKey() }));
    expect(await readConsultationFile(database.db, code)).toMatchObject({ ruleset: { quorum: rule.quorum, approval: rule.approval } });
    expect(await listRowFaults(database.db)).toEqual([]);
  });

  it("keeps the ruleset that it was opened with, whatever is set later", async () => {
    const { consultationId, stairwell } = await openedConsultation(database.db);
    const office = await createAccount(database.db, "office", { subdistrictId: stairwell.subdistrictId, scopeId: stairwell.subdistrictId });
    const before = await database.db.selectFrom("consultation").select("ruleset").where("id", "=", consultationId).executeTakeFirstOrThrow();
    await done(changeSetting(deps(), {
      subdistrictId: stairwell.subdistrictId, key: "default-ruleset", value: { stairwell: "cn-civil-278-ordinary", community: "cn-civil-278-ordinary" },
      fromDay: TODAY, accountId: office, formKey: formKey(),
    }));
    expect(await database.db.selectFrom("consultation").select("ruleset").where("id", "=", consultationId).executeTakeFirstOrThrow()).toEqual(before);
  });
});
