import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openedConsultation } from "../support/consultations.ts";
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
    for (const part of ["3 处错误", "第 2 行", 'data-label="建筑面积"', "“五十”不是数字", "“139********1234”不是电话号码", "第 3 行", 'data-label="室号"']) expect(body).toContain(part);
    expect(body).not.toContain("139000011011234");
    expect(await drafts()).toEqual(before);
  });

  it("sees what changes against what is known, and what cannot be stored", async () => {
    const { stairwell, clerk, url } = await desk();
    const first = (await clerk.upload(url, form(ROLL))).location ?? "";
    await clerk.post(first, { "form-key": formKey() });
    const sold = await clerk.get((await clerk.upload(url, form(ROLL.replace("201,48.25,孙某", "201,49.00,周某")))).location ?? "");
    for (const part of ["周某", "2 层，48.25 ㎡（不动产登记），孙某", "有变化", "无变化", "确认保存"]) expect(sold.body).toContain(part);
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

describe("the questions of a roll", () => {
  /** The form of the preview as the browser would send it, with these answers. */
  const filled = (body: string, answers: Record<string, string>) => ({ asked: /name="asked" value="([^"]+)"/.exec(body)?.[1] ?? "", ...answers, "form-key": formKey() });
  const questions = ({ stairwellId }: TestStairwell) =>
    database.db.selectFrom("ownerQuestion").select(["answer"]).where("stairwellId", "=", stairwellId).orderBy("id").execute();
  const ownersOf = async ({ stairwellId }: TestStairwell) => {
    const rows = await database.db
      .selectFrom("ownership").innerJoin("flat", "flat.id", "ownership.flatId").select(["flat.room", "ownership.ownerId"])
      .where("flat.stairwellId", "=", stairwellId).where("ownership.until", "is", null).orderBy("flat.room").execute();
    return rows.map(({ ownerId }) => ownerId);
  };

  it("are answered beside the preview and stored with it", async () => {
    const { stairwell, clerk, url } = await desk();
    const check = (await clerk.upload(url, form(ROLL))).location ?? "";
    const { body } = await clerk.get(check);
    for (const part of ["201 室和 202 室的“孙某”是同一个人吗？", "是同一个人", "是两个人", "以后再答"]) expect(body).toContain(part);
    const stored = await clerk.post(check, filled(body, { "answer-0": "same" }));
    expect([stored.status, stored.location]).toEqual([302, `/desk/s/${stairwell.code}?roll=stored`]);
    expect(await questions(stairwell)).toEqual([{ answer: "same" }]);
    const [, one, other] = await ownersOf(stairwell);
    expect(one).toBe(other);
  });

  it("may be left for later, and answered with the same roll sent again", async () => {
    const { stairwell, clerk, url } = await desk();
    const first = (await clerk.upload(url, form(ROLL))).location ?? "";
    await clerk.post(first, filled((await clerk.get(first)).body, { "answer-0": "" }));
    expect(await questions(stairwell)).toEqual([{ answer: null }]);
    const again = (await clerk.upload(url, form(ROLL))).location ?? "";
    const stored = await clerk.post(again, filled((await clerk.get(again)).body, { "answer-0": "different" }));
    expect(stored.location).toBe(`/desk/s/${stairwell.code}?roll=stored`);
    expect(await questions(stairwell)).toEqual([{ answer: "different" }]);
    const third = await clerk.get((await clerk.upload(url, form(ROLL))).location ?? "");
    expect([third.body.includes("没有改动"), third.body.includes("是同一个人吗")]).toEqual([true, false]);
  });

  it("answered against each other are refused, and nothing is stored", async () => {
    const { stairwell, clerk, url } = await desk();
    const three = `${ROLL}301,48.25,孙某,,\n`;
    const check = (await clerk.upload(url, form(three))).location ?? "";
    const { body } = await clerk.get(check);
    const refused = await clerk.post(check, filled(body, { "answer-0": "same", "answer-1": "same", "answer-2": "different" }));
    expect([refused.status, refused.body.includes("这和清册里的证件或先前的回答矛盾")]).toEqual([422, true]);
    expect(await countFlats(stairwell)).toBe(0);
    expect((await clerk.post(check, filled(body, { "answer-0": "same", "answer-1": "same", "answer-2": "same" }))).status).toBe(302);
    expect(new Set((await ownersOf(stairwell)).slice(1)).size).toBe(1);
  });

  it("that changed in the meantime are asked again", async () => {
    const { stairwell, clerk, url } = await desk();
    const check = (await clerk.upload(url, form(ROLL))).location ?? "";
    const { body } = await clerk.get(check);
    const { asked, ...more } = filled(body, { "answer-0": "same" });
    const refused = await clerk.post(check, { ...more, asked: `${asked.slice(0, -1)}_` });
    expect([refused.status, refused.body.includes("要问的问题也变了")]).toEqual([422, true]);
    for (const [field, answer] of [["answer-0", "perhaps"], ["answer-7", "same"]] as const) expect((await clerk.post(check, filled(body, { [field]: answer }))).status).toBe(422);
    expect(await countFlats(stairwell)).toBe(0);
  });
});

describe("the versions of a roll", () => {
  it("keep what each upload changed, by whom and when, sealed; the page shows the differences", async () => {
    const { stairwell, clerk, url } = await desk();
    const versions = `${url}/versions`;
    expect((await clerk.get(versions)).body).toContain("还没有保存过清册");
    const store = async (file: string) => clerk.post((await clerk.upload(url, form(file))).location ?? "", { "form-key": formKey() });
    await store(ROLL);
    expect((await clerk.get(versions)).body).toContain("第 1 版");
    now = new Date(START.getTime() + 60_000);
    await store(ROLL.replace("201,48.25,孙某,,", "201,49.00,周某,,139-0000-2202").replace("139-0000-1101", "139-0000-1102"));
    await store(ROLL.replace("201,48.25,孙某,,", "201,49.00,周某,,139-0000-2202").replace("139-0000-1101", "139-0000-1102"));
    const { body } = await clerk.get(versions);
    for (const part of ["第 1 版到第 2 版的变化", "48.25 → 49.00", "新增 周某；不再是 孙某", "电话改了：钱某"]) expect(body).toContain(part);
    for (const number of ["13900001101", "13900001102", "13900002202"]) expect(body).not.toContain(number);
    expect((await clerk.get(`${versions}?number=1`)).body).not.toContain("的变化</h2>");
    const rows = await database.db.selectFrom("rollVersion").selectAll().where("stairwellId", "=", stairwell.stairwellId).orderBy("number").execute();
    expect(rows.map(({ number }) => number)).toEqual([1, 2]);
    for (const { flatsCipher } of rows) expect(flatsCipher?.includes("钱某")).toBe(false);
    expect(JSON.parse(testVault.open(rows[1]?.flatsCipher ?? Buffer.alloc(0)))).toMatchObject([{ room: "101" }, { room: "201", area: 4900 }, { room: "202" }]);
    for (const query of ["number=0", "number=x"]) expect((await clerk.get(`${versions}?${query}`)).status).toBe(400);
    expect((await clerk.get(`${versions}?number=9`)).status).toBe(404);
  });

  it("begin with what was there before the first upload", async () => {
    const stairwell = await createStairwell(database.db, { floors: 1, flatsPerFloor: 1 });
    const clerk = await clerkOf(stairwell);
    const url = `/desk/s/${stairwell.code}/roll`;
    await clerk.post((await clerk.upload(url, form("室号,面积,业主\n101,61.00,吴某\n"))).location ?? "", { "form-key": formKey() });
    const { body } = await clerk.get(`${url}/versions`);
    for (const part of ["第一次保存前就有的登记", "60.00 → 61.00", "新增 吴某"]) expect(body).toContain(part);
  });

  it("leave an open consultation the roll that it was opened with, and say so", async () => {
    const { stairwell, consultation } = await openedConsultation(database.db, { now: START });
    const clerk = await clerkOf(stairwell);
    const url = `/desk/s/${stairwell.code}/roll`;
    expect((await clerk.get(url)).body).toContain(`征询 ${consultation} 正在进行，它仍用开始时冻结的清册`);
    const before = await database.db.selectFrom("rollEntry").selectAll().orderBy("flatId").execute();
    const rows = stairwell.flats.map(({ room }, index) => `${room},${index === 0 ? "99.99" : "60"},新业主${index}\n`).join("");
    const check = (await clerk.upload(url, form(`室号,面积,业主\n${rows}`))).location ?? "";
    expect((await clerk.get(check)).body).toContain(`征询 ${consultation} 正在进行`);
    expect((await clerk.post(check, { "form-key": formKey() })).status).toBe(302);
    expect(await database.db.selectFrom("rollEntry").selectAll().orderBy("flatId").execute()).toEqual(before);
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
