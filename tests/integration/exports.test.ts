import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { parse } from "csv-parse/sync";
import readXlsxFile from "read-excel-file/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rollSheet } from "#app/domain/roll-export.ts";
import { exportWords } from "#app/i18n/zh-CN/exports.ts";
import { exportRoll } from "#app/use-cases/roll/export-roll.server.ts";
import { readRollPlan } from "#app/use-cases/roll/read-roll-plan.server.ts";
import { storeRoll } from "#app/use-cases/roll/store-roll.server.ts";
import { writeWorkbook } from "#db/export/workbook.server.ts";
import { readRoll } from "#db/import/roll/read-roll.server.ts";
import { findPlace } from "#db/queries/flats.server.ts";
import { listProgress } from "#db/queries/progress.server.ts";
import { readRegisterFlats } from "#db/queries/rolls.server.ts";
import { sumProgress } from "#app/domain/progress.ts";
import { sheetCsv } from "#app/domain/sheet.ts";
import { verifyChain } from "../support/chain.ts";
import { done, openedConsultation, refusalOf, type OpenedConsultation } from "../support/consultations.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { createAccount, createOwner, createStairwell, formKey, testVault, type TestStairwell } from "../support/factories.ts";
import { mayLook } from "../support/looks.ts";
import { openPortal, type Answer, type TestPortal } from "../support/portal.ts";
import { signedIn } from "../support/sessions.ts";
import { importFolder } from "../support/small-district.ts";

const now = new Date("2026-11-21T02:00:00Z");
const DISTRICT = "../shared/data/district";

let database: TestDatabase;
let portal: TestPortal;
let at = now;
beforeAll(async () => {
  database = await cloneDatabase();
  portal = await openPortal(database, { clock: () => at });
});
afterAll(() => database.close());

const deps = () => ({ db: database.db, vault: testVault, now });
const digestOf = (bytes: string | Uint8Array) => createHash("sha256").update(bytes).digest();

const clerkOf = async ({ subdistrictId, committeeId }: TestStairwell) => {
  const accountId = await createAccount(database.db, "committee", { subdistrictId, scopeId: committeeId });
  return { accountId, clerk: await signedIn(database.db, portal, accountId) };
};
const officeOf = async ({ subdistrictId }: TestStairwell) =>
  signedIn(database.db, portal, await createAccount(database.db, "office", { subdistrictId, scopeId: subdistrictId }));

/** A roll with all that a roll can hold. */
const ROLL = `室号,楼层,建筑面积,面积来源,产权人,证件号码,联系电话
101,1,58.43,产证,王芳、李强,310115195003070027、无,无、13900000002
102,1,60,测绘,欧阳·买买提,,021-58880000
201,2,48.25,合同,孙某,,
202,2,48.25,产证,孙某,,
301,3,100.5,产证,梅园房地产开发有限公司,,
302,3,99.05,产证,梅园房地产开发有限公司,,
401,4,70.07,产证,周全,0021,
501,5,70.07,产证,周全,0034,13900000005
`;

async function stairwellWithRoll(): Promise<TestStairwell> {
  const stairwell = await createStairwell(database.db, { floors: 6, flatsPerFloor: 0, stage: "intent" });
  await done(storeRoll(deps(), { stairwell: stairwell.code, reading: await readRoll(Buffer.from(ROLL)), accountId: null, formKey: null, fileDigest: digestOf(ROLL) }));
  return stairwell;
}

/** The body of a download as bytes; the test portal's answers are text. */
async function bytesOf(visitor: TestPortal, url: string): Promise<Buffer> {
  const answer = await visitor.get(url);
  expect([url, answer.status]).toEqual([url, 200]);
  return answer.bytes;
}

describe("the roll of a stairwell", () => {
  it.each(["xlsx", "csv"] as const)("that was exported as %s changes nothing when it is imported again", async (format) => {
    const stairwell = await stairwellWithRoll();
    const { accountId, clerk } = await clerkOf(stairwell);
    await done(exportRoll({ ...deps(), now: at }, { stairwell: stairwell.code, reason: "核对", accountId, formKey: formKey() }));
    const bytes = await bytesOf(clerk, `/desk/s/${stairwell.code}/roll/file?format=${format}&numbers=yes`);
    const reading = await readRoll(bytes);
    expect([reading.faults, reading.totals]).toEqual([[], { units: 8, area: 5843 + 6000 + 4825 * 2 + 10050 + 9905 + 7007 * 2, voters: 7 }]);
    expect(reading.flats.map(({ owners }) => owners.map(({ idNumber, phone }) => [idNumber, phone])).flat()).toContainEqual(["310115195003070027", null]);
    expect(await done(storeRoll(deps(), { stairwell: stairwell.code, reading, accountId, formKey: null, fileDigest: digestOf(bytes) }))).toMatchObject({ changed: false });

    const plain = await bytesOf(clerk, `/desk/s/${stairwell.code}/roll/file?format=${format}`);
    for (const number of ["310115195003070027", "13900000002", "58880000"]) expect(plain.includes(number)).toBe(false);
    expect(await done(storeRoll(deps(), { stairwell: stairwell.code, reading: await readRoll(plain), accountId, formKey: null, fileDigest: digestOf(plain) }))).toMatchObject({ changed: false });
  });

  it("hands out phones and IDs for a reason that stays on record, to the committee, for a quarter of an hour", async () => {
    const stairwell = await stairwellWithRoll();
    const { clerk } = await clerkOf(stairwell);
    const page = `/desk/s/${stairwell.code}/roll/export`;
    const file = `/desk/s/${stairwell.code}/roll/file?format=csv&numbers=yes`;
    expect((await clerk.get(file)).location).toBe(page);
    const noted = await clerk.post(page, { reason: "给 101 室核对电话", format: "csv", "form-key": formKey() });
    expect([noted.status, noted.location]).toEqual([302, `${page}?taken=csv`]);
    expect((await clerk.get(noted.location ?? "")).body).toContain("15 分钟内可以下载");
    expect((await clerk.get(file)).body).toContain("13900000002");
    expect((await clerk.get(page)).body).toContain("给 101 室核对电话");

    const { clerk: colleague } = await clerkOf(stairwell);
    expect((await colleague.get(file)).location).toBe(page);
    const office = await officeOf(stairwell);
    expect([(await office.get(file)).status, (await office.get(page)).status]).toEqual([403, 403]);
    at = new Date(now.getTime() + 15 * 60_000 + 1);
    expect((await clerk.get(file)).location).toBe(page);
    at = now;
    await verifyChain(database.db, stairwell.stairwellId);
    const entries = await database.db.selectFrom("logEntry").select("verb").where("stairwellId", "=", stairwell.stairwellId).execute();
    expect(entries.filter(({ verb }) => verb === "roll-exported")).toHaveLength(1);
  });

  it("is not handed out without a reason, or for one that names an owner; nothing is kept of that", async () => {
    const stairwell = await stairwellWithRoll();
    const { accountId, clerk } = await clerkOf(stairwell);
    const page = `/desk/s/${stairwell.code}/roll/export`;
    const before = await database.db.selectFrom("rollExport").select("id").execute();
    for (const [form, message] of [
      [{ reason: "", format: "csv" }, "还没有填“原因”"],
      [{ reason: "王芳要的", format: "csv" }, "原因里写了业主的姓名"],
      [{ reason: "核对", format: "pdf" }, "还没有填"],
      [{ reason: "x\u202Ey", format: "csv" }, "看不见的字符"],
      [{ reason: "长".repeat(501), format: "csv" }, "太长了"],
    ] as const) {
      const { status, body } = await clerk.post(page, { ...form, "form-key": formKey() });
      expect([status, body.includes(message)]).toEqual([422, true]);
    }
    expect(await refusalOf(exportRoll(deps(), { stairwell: "T999-999", reason: "核对", accountId, formKey: formKey() }))).toBe("stairwell_unknown");
    expect(await database.db.selectFrom("rollExport").select("id").execute()).toEqual(before);
    for (const query of ["", "format=pdf", "format=csv&numbers=maybe"]) expect((await clerk.get(`/desk/s/${stairwell.code}/roll/file?${query}`)).status).toBe(400);
  });

  it("has a template that is read once its example is taken out", async () => {
    const { clerk } = await clerkOf(await createStairwell(database.db));
    const bytes = await bytesOf(clerk, "/desk/exports/roll-template.xlsx");
    const { faults } = await readRoll(bytes);
    expect(faults).toMatchObject([{ line: 2, column: "室号", code: "not_a_room" }]);
    const [headings] = await readXlsxFile(bytes);
    const filled = await readRoll(Buffer.from(`${headings?.join(",")}\n101,1,58.43,不动产登记,王建国、李梅,310104195010180014、无,13800000000、无,\n`));
    expect([filled.faults, filled.warnings, filled.flats]).toMatchObject([[], [], [{ room: "101", owners: [{ phone: "13800000000" }, { phone: null }] }]]);
  });
});

describe("files about all that somebody answers for", () => {
  let own: OpenedConsultation;
  let clerk: TestPortal;
  let office: TestPortal;
  let foreign: TestStairwell;

  const rowsOf = (answer: Answer) => parse(answer.body, { bom: true, columns: true }) as Record<string, string>[];

  beforeAll(async () => {
    own = await openedConsultation(database.db, { areas: [5843, 6001] });
    for (const { room } of own.stairwell.flats.slice(0, 9)) await done(own.cast(room, room === "101" ? "oppose" : "agree"));
    clerk = await signedIn(database.db, portal, own.clerk);
    office = await officeOf(own.stairwell);
    foreign = await createStairwell(database.db);
  });

  it("tell of an open consultation that it is open, and nothing that came in", async () => {
    const [row] = rowsOf(await clerk.get("/desk/exports/progress.csv"));
    expect(row).toMatchObject({ 楼道编号: own.stairwell.code, 户数: "12", 征询: "征询进行中" });
    expect(rowsOf(await clerk.get("/desk/exports/results.csv"))).toEqual([]);
    for (const person of [clerk, office]) expect((await person.get("/desk/exports/progress.csv")).body).not.toContain("同意");
  });

  it("hold the scope of whoever asks, the committee's or the office's, and nobody else's", async () => {
    for (const person of [clerk, office]) {
      const { body } = await person.get("/desk/exports/progress.csv");
      expect([body.includes(own.stairwell.code), body.includes(foreign.code)]).toEqual([true, false]);
    }
    const resident = await signedIn(database.db, portal, await createAccount(database.db, "resident", { subdistrictId: own.stairwell.subdistrictId, scopeId: own.stairwell.flats[0]?.id ?? 0 }));
    for (const url of ["/desk/exports", "/desk/exports/progress.csv", "/desk/exports/results.xlsx"]) expect((await resident.get(url)).status).toBe(403);
    expect((await portal.visitor().get("/desk/exports/results.xlsx")).status).toBe(302);
    for (const name of ["nonsense.csv", "progress.pdf", "progress", "%2e%2e%2fprogress.csv", "roll-template.csv"]) expect((await clerk.get(`/desk/exports/${name}`)).status).toBe(404);
  });

  it("hold a result with its figures exactly once it is certified, no numbers before", async () => {
    await done(own.close());
    const [closed] = rowsOf(await clerk.get("/desk/exports/results.csv"));
    expect(closed).toMatchObject({ 征询编号: own.consultation, 参加人数: "", 结论: "" });
    await done(own.certify());
    const [row] = rowsOf(await clerk.get("/desk/exports/results.csv"));
    expect(row).toMatchObject({
      户数: "12", 业主人数: "12", "面积（平方米）": "718.54", 参加人数: "9", "参加面积（平方米）": "538.51", 同意人数: "8", "同意面积（平方米）": "480.08", 结论: "通过", 截止日期: "2026-11-28",
    });
    expect(JSON.stringify(row)).not.toContain("不同意");
    const [headings, ...rows] = await readXlsxFile(await bytesOf(office, "/desk/exports/results.xlsx"));
    const at = (label: string) => rows[0]?.[headings?.indexOf(label) ?? -1];
    expect([at("面积（平方米）"), at("参加面积（平方米）"), at("同意人数"), at("开始")]).toEqual([718.54, 538.51, 8, new Date("2026-11-21T00:00:00Z")]);
  });

  it("hold the ballots of a closed consultation for whoever has said why, without a name of an owner", async () => {
    const url = `/desk/consultations/${own.consultation}/ballots/csv`;
    expect((await clerk.get(url)).location).toMatch(new RegExp(`^/desk/consultations/${own.consultation}/look`));
    expect((await office.get(url)).location).toContain("/look");
    await mayLook(database.db, { consultation: own.consultation, accountId: own.clerk, now });
    const rows = rowsOf(await clerk.get(url));
    expect(rows).toHaveLength(9);
    expect(rows[0]).toMatchObject({ 室号: "101", "面积（平方米）": "58.43", 选择: "不同意", 来源: "网上", 是否计入: "计入" });
    expect(JSON.stringify(rows)).not.toContain("业主");
    expect((await readXlsxFile(await bytesOf(clerk, url.replace("csv", "xlsx")))).length).toBe(10);
    expect((await clerk.get(url.replace("csv", "pdf"))).status).toBe(404);
    const stranger = await signedIn(database.db, portal, await createAccount(database.db, "committee", { subdistrictId: foreign.subdistrictId, scopeId: foreign.committeeId }));
    expect((await stranger.get(url)).status).toBe(403);
    const running = await openedConsultation(database.db);
    await mayLook(database.db, { consultation: running.consultation, accountId: running.clerk, now });
    expect((await (await signedIn(database.db, portal, running.clerk)).get(`/desk/consultations/${running.consultation}/ballots/csv`)).status).toBe(404);
  });

  it("come under a name that a person understands, to be kept and not shown", async () => {
    const { headers } = await clerk.get("/desk/exports/progress.xlsx");
    expect(decodeURIComponent(headers.get("Content-Disposition") ?? "")).toContain("楼道进展 2026-11-21.xlsx");
    expect(headers.get("Cache-Control")).toBe("no-store");
    const page = await clerk.get("/desk/exports");
    expect(page.body).toContain(exportWords.progress.lead(1));
  });
});

describe.skipIf(!existsSync(DISTRICT))(`the whole district, skipped where ${DISTRICT} is missing`, () => {
  let district: TestDatabase;
  let office: TestPortal;

  beforeAll(async () => {
    district = await cloneDatabase();
    await importFolder(district, DISTRICT);
    const { id } = await district.db.selectFrom("subdistrict").select("id").executeTakeFirstOrThrow();
    const accountId = await createAccount(district.db, "office", { subdistrictId: id, scopeId: id });
    office = await signedIn(district.db, await openPortal(district, { clock: () => now }), accountId);
  });
  afterAll(() => district.close());

  it("comes out whole: 3 040 stairwells and every result, in both formats, with the public figures", async () => {
    const everybody = sumProgress(await listProgress(district.db));
    const rows = parse((await office.get("/desk/exports/progress.csv")).body, { bom: true, columns: true }) as Record<string, string>[];
    expect(rows).toHaveLength(everybody.stairwells);
    expect(rows.reduce((sum, row) => sum + Number(row["户数"]), 0)).toBe(everybody.flats);
    const count = (label: string, value: string) => rows.filter((row) => row[label] === value).length;
    expect([count("征询", "征询通过"), count("征询", "征询未通过")]).toEqual([everybody.passed, everybody.failed]);
    expect(rows.filter((row) => Number(row["已填意愿（户）"]) > 0)).toHaveLength(everybody.withIntents);
    expect((await readXlsxFile(await bytesOf(office, "/desk/exports/progress.xlsx"))).length).toBe(everybody.stairwells + 1);
    const results = parse((await office.get("/desk/exports/results.csv")).body, { bom: true, columns: true }) as Record<string, string>[];
    expect(results.filter((row) => row["结论"] === "通过")).toHaveLength(everybody.passed);
  });

  it("has rolls that change nothing when they are exported and imported again", async () => {
    const stairwells = await district.db.selectFrom("stairwell").select(["id", "code"]).orderBy("id").execute();
    const changed: string[] = [];
    for (const { id, code } of stairwells.filter((_, index) => index % 40 === 0)) {
      const sheet = rollSheet(code, await readRegisterFlats(district.db, testVault, id), { numbers: true });
      const place = await findPlace(district.db, code);
      for (const file of [Buffer.from(sheetCsv(sheet)), await writeWorkbook([sheet])]) {
        const planned = place && (await readRollPlan({ db: district.db, vault: testVault }, { place, reading: await readRoll(file), forCommittee: true }));
        if (!planned?.ok || !planned.plan.unchanged) changed.push(code);
      }
    }
    expect(changed).toEqual([]);
  });
});

it("a name that a spreadsheet would run comes out as text", async () => {
  const stairwell = await createStairwell(database.db, { floors: 1, flatsPerFloor: 1, owned: false });
  const names = ["=1+1", "-2", "+86", "@SUM(A1)", '引"号', "朱𠮷祥"];
  for (const name of names) await createOwner(database.db, { subdistrictId: stairwell.subdistrictId, flatIds: [stairwell.flats[0]?.id ?? 0], name });
  const { clerk } = await clerkOf(stairwell);
  const { body } = await clerk.get(`/desk/s/${stairwell.code}/roll/file?format=csv`);
  const [row] = parse(body, { bom: true, columns: true }) as Record<string, string>[];
  expect(row?.["产权人"]).toBe(`'${names.join("、")}`);
  const [, cells] = await readXlsxFile(await bytesOf(clerk, `/desk/s/${stairwell.code}/roll/file?format=xlsx`));
  expect(cells?.at(-1)).toBe(names.join("、"));
});
