import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createStairwell, formKey, testVault, type TestStairwell } from "../support/factories.ts";
import { openPortal, type Answer, type TestPortal } from "../support/portal.ts";
import { newSession } from "#app/http/sign-in.server.ts";

const START = new Date("2026-11-21T02:00:00Z");

let database: TestDatabase;
let portal: TestPortal;
let now = START;
beforeAll(async () => {
  database = await cloneDatabase();
  portal = await openPortal(database, { clock: () => now });
});
afterAll(() => database.close());
beforeEach(() => {
  now = START;
});

async function clerkOf({ subdistrictId, committeeId }: TestStairwell): Promise<TestPortal> {
  const accountId = await createAccount(database.db, "committee", { subdistrictId, scopeId: committeeId });
  const { token } = newSession(START);
  const expiresAt = new Date(START.getTime() + 12 * 3_600_000);
  await database.db.insertInto("session").values({ tokenHash: testVault.hash("session", token), accountId, createdAt: START, expiresAt }).execute();
  const visitor = portal.visitor();
  visitor.cookies.set("jiati", token);
  return visitor;
}

async function desk(): Promise<{ stairwell: TestStairwell; clerk: TestPortal; url: string }> {
  const stairwell = await createStairwell(database.db, { floors: 6, flatsPerFloor: 0 });
  return { stairwell, clerk: await clerkOf(stairwell), url: `/desk/s/${stairwell.code}/roll` };
}

const ROLL = "室号,建筑面积,产权人,证件号码,联系电话\n101,50.10,钱某,310115195003070027,139-0000-1101\n201,48.25,孙某,,\n202,48.25,孙某,,\n";

function form(file: string | Uint8Array | null, more: Record<string, string> = {}): FormData {
  const data = new FormData();
  data.set("form-key", formKey());
  if (file !== null) data.set("roll", new File([typeof file === "string" ? file : new Uint8Array(file)], "清册.csv"));
  for (const [name, value] of Object.entries(more)) data.set(name, value);
  return data;
}

const drafts = () => database.db.selectFrom("rollDraft").selectAll().execute();
const countFlats = async ({ stairwellId }: TestStairwell) =>
  (await database.db.selectFrom("flat").select("id").where("stairwellId", "=", stairwellId).execute()).length;

describe("a clerk with a roll", () => {
  it("uploads it, looks it through and confirms it", async () => {
    const { stairwell, clerk, url } = await desk();
    expect((await clerk.get(url)).body).toMatch(/<form [^>]*enctype="multipart\/form-data"/i);
    const uploaded = await clerk.upload(url, form(ROLL));
    expect(uploaded.status).toBe(302);
    expect(uploaded.location).toMatch(new RegExp(`^${url}/[\\w-]{22}$`));
    const check = uploaded.location ?? "";

    const { status, body } = await clerk.get(check);
    expect(status).toBe(200);
    for (const part of ["钱某", "139****1101", "50.10", "201 室和 202 室的“孙某”是同一个人吗？", "CSV，UTF-8，以逗号分隔", "未登记"]) expect(body).toContain(part);
    for (const secret of ["310115195003070027", "13900001101", "139-0000-1101"]) expect(body).not.toContain(secret);
    expect(await countFlats(stairwell)).toBe(0);

    const key = formKey();
    const [one, other] = await Promise.all([clerk.post(check, { "form-key": key }), clerk.post(check, { "form-key": key })]);
    expect([one.status, one.location]).toEqual([302, `/desk/s/${stairwell.code}?roll=stored`]);
    expect([other.status, other.location]).toEqual([one.status, one.location]);
    expect((await clerk.post(check, { "form-key": key })).location).toBe(one.location);
    expect(await countFlats(stairwell)).toBe(3);
    expect((await clerk.get(one.location ?? "")).body).toContain("业主清册已保存");

    const gone = await clerk.get(check);
    expect([gone.status, gone.location]).toEqual([302, `${url}?draft=gone`]);
    expect((await clerk.get(gone.location ?? "")).body).toContain("刚才的预览已经保存过或过期了");
    const again = await clerk.post(check, { "form-key": formKey() });
    expect(again.location).toBe(`${url}?draft=gone`);
  });

  it("is told each fault at its line and column, and nothing is kept", async () => {
    const { clerk, url } = await desk();
    const before = await drafts();
    const { status, body } = await clerk.upload(url, form("室号,面积,业主,电话\n101,五十,钱某,139000011011234\n,50.10,李某,\n"));
    expect(status).toBe(422);
    for (const part of ["3 处错误", "第 2 行 建筑面积", "“五十”不是数字", "“139********1234”不是电话号码", "第 3 行 室号"]) expect(body).toContain(part);
    expect(body).not.toContain("139000011011234");
    expect(await drafts()).toEqual(before);
  });

  it("sees what changes against what is known, and what cannot be stored", async () => {
    const { stairwell, clerk, url } = await desk();
    const first = (await clerk.upload(url, form(ROLL))).location ?? "";
    await clerk.post(first, { "form-key": formKey() });
    const sold = await clerk.get((await clerk.upload(url, form(ROLL.replace("201,48.25,孙某", "201,49.00,周某")))).location ?? "");
    for (const part of ["周某", "2 层，48.25 ㎡，孙某", "有变化", "无变化", "确认保存"]) expect(sold.body).toContain(part);
    const same = await clerk.get((await clerk.upload(url, form(ROLL))).location ?? "");
    expect(same.body).toContain("登记里已经是这些内容，没有改动");

    const part = (await clerk.upload(url, form("室号,面积,业主\n101,50.10,钱某\n"))).location ?? "";
    const missing = await clerk.get(part);
    expect(missing.body).toContain("清册里少了已登记的户：201、202。");
    expect(missing.body).not.toContain("确认保存");
    const forced = await clerk.post(part, { "form-key": formKey() });
    expect(forced.status).toBe(422);
    expect(forced.body).toContain("清册里少了已登记的户");
    expect((await clerk.get(part)).status).toBe(200);
    expect(await countFlats(stairwell)).toBe(3);
  });
});

describe("an uploaded roll", () => {
  it("is sealed, for an hour, for the clerk who brought it and one stairwell", async () => {
    const { stairwell, clerk, url } = await desk();
    const check = (await clerk.upload(url, form(ROLL))).location ?? "";
    const [draft] = (await drafts()).filter(({ stairwellId }) => stairwellId === stairwell.stairwellId);
    expect(draft?.expiresAt).toEqual(new Date(START.getTime() + 3_600_000));
    for (const secret of ["钱某", "310115195003070027", Buffer.from(ROLL).toString("base64").slice(20, 60)]) {
      expect(draft?.fileCipher.includes(secret)).toBe(false);
    }
    expect((await (await clerkOf(stairwell)).get(check)).location).toBe(`${url}?draft=gone`);
    const next = await createStairwell(database.db, { community: { ...stairwell, code: stairwell.code.split("-")[0] ?? "" } });
    const elsewhere = check.replace(stairwell.code, next.code);
    expect((await clerk.get(elsewhere)).location).toBe(`/desk/s/${next.code}/roll?draft=gone`);
    now = new Date(START.getTime() + 3_600_001);
    expect((await clerk.get(check)).location).toBe(`${url}?draft=gone`);
    const other = await desk();
    await other.clerk.upload(other.url, form(ROLL));
    expect((await drafts()).filter(({ stairwellId }) => stairwellId === stairwell.stairwellId)).toEqual([]);
  });

  it("takes the place of the one before it", async () => {
    const { stairwell, clerk, url } = await desk();
    const first = (await clerk.upload(url, form(ROLL))).location ?? "";
    const second = (await clerk.upload(url, form(ROLL.replace("钱某", "赵某")))).location ?? "";
    expect((await clerk.get(first)).location).toBe(`${url}?draft=gone`);
    expect((await clerk.get(second)).body).toContain("赵某");
    expect((await drafts()).filter(({ stairwellId }) => stairwellId === stairwell.stairwellId)).toHaveLength(1);
  });

  it("sent twice by the same form gives the same preview", async () => {
    const { clerk, url } = await desk();
    const key = { "form-key": formKey() };
    const [one, other] = [await clerk.upload(url, form(ROLL, key)), await clerk.upload(url, form(ROLL, key))];
    expect(one.location).toBe(other.location);
    const changed = await clerk.upload(url, form(ROLL.replace("钱某", "赵某"), key));
    expect([changed.status, changed.body.includes("这张表单已经用过了")]).toEqual([422, true]);
  });
});

describe("an upload that is none", () => {
  let clerk: TestPortal;
  let url: string;
  beforeAll(async () => {
    ({ clerk, url } = await desk());
  });

  const said = ({ status, body }: Answer) => [status, /<ul class="notice-errors"><li>(?:<a[^>]*>)?([^<]*)/.exec(body)?.[1]];
  const multipart = { "Content-Type": "multipart/form-data; boundary=b" };

  it("is refused with what to do, and nothing is kept", async () => {
    const before = await drafts();
    const two = form(ROLL);
    two.append("roll", new File([ROLL], "b.csv"));
    const twoKeys = form(ROLL);
    twoKeys.append("form-key", formKey());
    const empty = form(null);
    empty.set("roll", new File([], ""));
    const expected: [FormData | string, Record<string, string>, number, string][] = [
      [form(null), {}, 422, "还没有选文件"],
      [empty, {}, 422, "还没有选文件"],
      [form(null, { roll: ROLL }), {}, 422, "还没有选文件"],
      [two, {}, 422, "一次只能提交一个文件"],
      [form(ROLL, { surplus: "1" }), {}, 422, "表单里有多余的内容，请刷新页面后重填"],
      [form(ROLL, { "form-key": "short" }), {}, 422, "这张表单过期了，请刷新页面再提交"],
      [twoKeys, {}, 422, "这张表单过期了，请刷新页面再提交"],
      ["--b\r\nnonsense", multipart, 400, "没有收到完整的文件，请再选一次"],
      ["", { "Content-Type": "multipart/form-data" }, 400, "没有收到完整的文件，请再选一次"],
      ["form-key=1", { "Content-Type": "application/x-www-form-urlencoded" }, 415, "没有收到完整的文件，请再选一次"],
      [ROLL, { "Content-Type": "text/csv" }, 415, "没有收到完整的文件，请再选一次"],
    ];
    for (const [body, headers, status, message] of expected) expect(said(await clerk.upload(url, body, headers))).toEqual([status, message]);
    expect(await drafts()).toEqual(before);
  });

  it("is refused beyond 20 MB, announced or not", async () => {
    const answer = [413, "文件超过 20 MB，没有读取，请缩小后再选"];
    expect(said(await clerk.upload(url, form(ROLL), { "Content-Length": String(30 * 1024 * 1024) }))).toEqual(answer);
    expect(said(await clerk.upload(url, form(new Uint8Array(20 * 1024 * 1024 + 1))))).toEqual(answer);
    expect(said(await clerk.upload(url, form(new Uint8Array(21 * 1024 * 1024))))).toEqual(answer);
  });

  it("of a file that is no roll is a fault of the file", async () => {
    for (const [file, message] of [["", "文件里没有内容"], [new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1]), "旧版 xls"], ["甲,乙\n1,2\n", "找不到表头"]] as const) {
      const { status, body } = await clerk.upload(url, form(file));
      expect(status).toBe(422);
      expect(body).toContain(message);
      expect(body).toContain("整个文件");
    }
  });
});
