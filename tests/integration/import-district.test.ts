import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { tallyRows } from "#app/domain/tally.ts";
import { districtImport as text } from "#app/i18n/zh-CN/district-import.ts";
import type { DistrictSummary } from "#db/import/district/import-district.server.ts";
import { lockProject } from "#db/queries/intents.server.ts";
import { appendLog, PAGES_CHANNEL } from "#db/queries/log.server.ts";
import { listTallyRows } from "#db/queries/tally-rows.server.ts";
import { checkRecord } from "#app/use-cases/record/recount-record.server.ts";
import { readLog, verifyChain } from "../support/chain.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import {
  adding, contentsOf, faultsOf, importedAt, importFolder, importSmall, mainSubdistrict, replacing, writeSmallDistrict, type Edit,
} from "../support/small-district.ts";

let database: TestDatabase;

/** Constraints, indexes and triggers as the database describes them. */
async function definitions(): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) as line from pg_constraint where connamespace = 'public'::regnamespace
    union all select indexdef from pg_indexes where schemaname = 'public'
    union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
    order by line`.execute(database.owner.db);
  return rows.map(({ line }) => line);
}

async function projects(): Promise<Record<string, string>> {
  const { rows } = await sql<{ code: string; project: string }>`
    select w.code, concat_ws(' ', p.stage, (p.stage_since at time zone 'Asia/Shanghai')::date,
      'reserve ' || coalesce((p.reserve_since at time zone 'Asia/Shanghai')::date::text, '–'), p.started_on, p.in_use_since) as project
    from project p join stairwell w on w.id = p.stairwell_id order by w.code`.execute(database.db);
  return Object.fromEntries(rows.map(({ code, project }) => [code, project]));
}

async function moves(code: string): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`
    select m.from_stage || ' → ' || m.to_stage || ' ' || (m.at at time zone 'Asia/Shanghai')::date as line
    from stage_move m join stairwell w on w.id = m.stairwell_id where w.code = ${code} order by m.id`.execute(database.db);
  return rows.map(({ line }) => line);
}

/** Waits until somebody waits for a lock. */
async function waitUntilBlocked(): Promise<void> {
  for (let i = 0; i < 2_000; i++) {
    const { rows } = await sql`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(database.owner.db);
    if (rows.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("nobody waits");
}

async function idOf(code: string): Promise<number> {
  return (await database.db.selectFrom("stairwell").select("id").where("code", "=", code).executeTakeFirstOrThrow()).id;
}

async function codesWhere(condition: ReturnType<typeof sql>): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`
    select w.code from stairwell w join project p on p.stairwell_id = w.id
    left join consultation c on c.stairwell_id = w.id left join certificate k on k.consultation_id = c.id
    where ${condition} order by w.code`.execute(database.db);
  return rows.map(({ code }) => code);
}

const DISTRICT = "../shared/data/district";

describe.skipIf(!existsSync(DISTRICT))(`the whole district, skipped where ${DISTRICT} is missing`, () => {
  interface Expected {
    communities: number;
    stairwells: number;
    units: number;
    reserve: string[];
    passed: string[];
    failed: string[];
    in_use: string[];
  }
  let expected: Expected;
  let before: string[];
  let first: DistrictSummary;
  const progress: number[] = [];

  beforeAll(async () => {
    expected = JSON.parse(readFileSync(`${DISTRICT}/expected.json`, "utf8")) as Expected;
    database = await cloneDatabase();
    before = await definitions();
    first = await importFolder(database, DISTRICT, { onProgress: ({ done }) => progress.push(done) });
  });
  afterAll(() => database.close());

  it("has every community, stairwell, flat, owner, intent and ballot", () => {
    const { communities, stairwells, units: flats } = expected;
    expect(first).toEqual({
      changed: true, touched: stairwells,
      counts: {
        communities, stairwells, flats, owners: 45_875, intents: 20_732, consultations: 85, ballots: 1_473,
        inReserve: 500, passed: 64, failed: 21, inUse: 9,
      },
    });
  });

  it("finds exactly those in reserve, passed, failed and in use, by name", async () => {
    expect(await codesWhere(sql`p.reserve_since is not null`)).toEqual([...expected.reserve].sort());
    expect(await codesWhere(sql`k.passed`)).toEqual([...expected.passed].sort());
    expect(await codesWhere(sql`not k.passed`)).toEqual([...expected.failed].sort());
    expect(await codesWhere(sql`p.stage = 'in-use'`)).toEqual([...expected.in_use].sort());
  });

  it("certifies what a fresh tally of the stored rows gives", async () => {
    const certificates = await database.db.selectFrom("certificate").select(["consultationId", "result", "passed"]).execute();
    const fresh = await listTallyRows(database.db, { after: 0, limit: 1_000 });
    const results = fresh.map((rows): [number, unknown] => [rows.id, tallyRows(rows)]);
    expect(certificates).toHaveLength(85);
    expect(new Map(certificates.map(({ consultationId, result }) => [consultationId, result]))).toEqual(new Map(results));
    expect(certificates.filter(({ result, passed }) => (result as { passed?: unknown }).passed !== passed)).toEqual([]);
  });

  it("writes one entry into the log of every stairwell, and every chain holds", async () => {
    const log = await database.db.selectFrom("logEntry").select("seq").execute();
    expect(log.filter(({ seq }) => seq !== 1)).toEqual([]);
    const found = await checkRecord(database.db);
    expect(found).toMatchObject({ chains: log.length, faults: [] });
  });

  it("leaves all constraints, indexes and triggers as they were", async () => {
    expect(await definitions()).toEqual(before);
  });

  it("tells how far it is, never backwards, up to the end", () => {
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(0)).toBe(0);
    expect(progress.at(-1)).toBeGreaterThan(0.9);
    expect(progress.at(-1)).toBeLessThanOrEqual(1);
  });

  it("changes nothing when it is imported again, and says so", async () => {
    const stored = await contentsOf(database);
    expect(await importFolder(database, DISTRICT)).toEqual({ changed: false, touched: 0, counts: first.counts });
    expect(await contentsOf(database)).toEqual(stored);
  });
});

describe("a small district", () => {
  beforeEach(async () => {
    database = await cloneDatabase();
    return () => database.close();
  });

  it("stands in the register as the files have it", async () => {
    await importSmall(database);
    const communities = await database.db
      .selectFrom("community")
      .innerJoin("committee", "committee.id", "community.committeeId")
      .select(["community.code", "community.pinyin", "community.initials", "builtYear", "lon", "committee.name", "committee.phone"])
      .orderBy("community.code")
      .execute();
    expect(communities).toEqual([
      { code: "M1", pinyin: "moliyuan", initials: "mly", builtYear: 1988, lon: 121.5, name: "茉莉居委会", phone: mainSubdistrict.phone },
      { code: "M2", pinyin: "mujinfang", initials: "mjf", builtYear: null, lon: null, name: "木槿居委会", phone: mainSubdistrict.phone },
    ]);
    const flats = await database.db
      .selectFrom("flat")
      .innerJoin("ownership", "ownership.flatId", "flat.id")
      .innerJoin("owner", "owner.id", "ownership.ownerId")
      .select(["room", "floor", "area", "areaSource", "owner.code", "owner.name", "kind"])
      .where("stairwellId", "=", await idOf("M1-01"))
      .orderBy("flat.id")
      .execute();
    expect(flats.map((flat) => Object.values(flat).join(" "))).toEqual([
      "101 1 5000 register A1 柏青 person", "102 1 6050 register A2 竹青 person", "201 2 5000 register A1 柏青 person",
      "202 2 6050 register A3 松青 person", "301 3 5001 register A4 梅园房产公司 company", "302 3 6050 register A5 直管公房 public",
    ]);
  });

  it("counts the last intent of a flat in the order of the file", async () => {
    await importSmall(database);
    const { rows } = await sql<{ line: string }>`
      select w.code || ' ' || f.room || ' ' || c.choice || ' ' || (c.filed_at at time zone 'Asia/Shanghai') as line
      from counting_intent c join flat f on f.id = c.flat_id join stairwell w on w.id = c.stairwell_id
      where f.room in ('201', '202') order by line`.execute(database.db);
    expect(rows.map(({ line }) => line)).toEqual([
      "M1-01 201 willing 2021-05-01 00:00:00", "M1-01 202 willing 2021-06-01 00:00:00", "M1-02 201 undecided 2021-03-10 00:00:00",
    ]);
  });

  it("keeps ballots, voids and authorisations, and the result that they gave", async () => {
    await importSmall(database);
    const { rows } = await sql<{ line: string }>`
      select concat_ws(' ', c.code, r.unit, r.voter, b.seq, b.choice, b.channel, b.authorisation, b.received_on, v.reason) as line
      from ballot b join consultation c on c.id = b.consultation_id
      join roll_entry r on r.consultation_id = b.consultation_id and r.flat_id = b.flat_id
      left join ballot_void v on v.ballot_id = b.id order by c.code, b.seq`.execute(database.db);
    expect(rows.map(({ line }) => line)).toEqual([
      "QA 101 A1 1 agree online", "QA 102 A2 2 oppose paper 2022-03-02", "QA 102 A2 3 agree paper 2022-03-03",
      `QA 201 A1 4 agree proxy ${text.wording.authorisation}`, "QA 202 A3 5 agree assisted",
      `QA 202 A3 6 oppose proxy ${text.wording.authorisation} 无书面委托`, "QA 301 A4 7 agree online",
      "QB 101 C1 1 agree online", "QB 102 C2 2 oppose online", "QB 201 C3 3 abstain online",
    ]);
    const consultation = await database.db
      .selectFrom("consultation")
      .innerJoin("certificate", "consultationId", "id")
      .select(["rulesetId", "ruleset", "openedAt", "closesAt", "closedAt", "publishedAt", "source", "certifiedBy", "certifiedAt", "passed", "result"])
      .where("code", "=", "QA")
      .executeTakeFirstOrThrow();
    const end = new Date("2022-03-31T15:59:59.999Z");
    expect(consultation).toMatchObject({
      rulesetId: "cn-civil-278-major", ruleset: { id: "cn-civil-278-major", quorum: { heads: "2/3", area: "2/3" } },
      openedAt: new Date("2022-02-28T16:00:00Z"), closesAt: end, closedAt: end, publishedAt: end,
      source: "import", certifiedBy: null, certifiedAt: end, passed: true,
      result: { roll: { heads: 5, area: "331.51", units: 6 }, participated: { heads: 4, area: "271.01" }, agree: { heads: 4, area: "271.01" } },
    });
  });

  it("puts each project where its rows say it is, with the steps there", async () => {
    await importSmall(database);
    expect(await projects()).toEqual({
      "M1-01": "in-use 2023-09-01 reserve 2021-06-01 2023-03-01 2023-09-01",
      "M1-02": "reserve 2021-09-10 reserve 2021-09-10",
      "M2-01": "construction 2023-05-01 reserve – 2023-05-01",
      "M2-02": "intent 2026-11-21 reserve –",
    });
    expect(await moves("M1-01")).toEqual([
      "intent → reserve 2021-06-01", "reserve → assessment 2022-03-01", "assessment → consultation 2022-03-01",
      "consultation → plan-notice 2023-03-01", "plan-notice → agreement 2023-03-01", "agreement → approval 2023-03-01",
      "approval → construction 2023-03-01", "construction → acceptance 2023-09-01", "acceptance → in-use 2023-09-01",
    ]);
    expect(await moves("M1-02")).toEqual(["intent → reserve 2021-09-10"]);
    expect((await moves("M2-01")).slice(0, 3)).toEqual([
      "intent → reserve 2022-04-01", "reserve → assessment 2022-04-01", "assessment → consultation 2022-04-01",
    ]);
    expect(await moves("M2-02")).toEqual([]);
  });

  it("lets a stairwell leave the reserve, and takes wishes of one flat in the order of the file", async () => {
    const rows = [
      "M2-02,101,willing,online,2021-01-05",
      "M2-02,101,unwilling,online,2021-03-05",
      "M1-02,101,unwilling,online,2020-12-31",
    ];
    await importSmall(database, { "intents.csv": adding(...rows) });
    expect(await projects()).toMatchObject({ "M2-02": "intent 2021-03-05 reserve –", "M1-02": "intent 2021-01-10 reserve –" });
  });

  it("reads byte order mark, CRLF, quoted cells, blank lines and columns in another order alike", async () => {
    await importSmall(database);
    const plain = await contentsOf(database);
    const others = await cloneDatabase();
    await database.close();
    database = others;
    const reordered: Edit = (csv) => csv.split("\n").map((row) => row.split(",").reverse().join(",")).join("\r\n");
    await importSmall(database, {
      "communities.csv": (csv) => `\uFEFF${csv.replaceAll("\n", "\r\n")}`,
      "stairwells.csv": (csv) => csv.replaceAll("1幢", '"1幢"'),
      "units.csv": reordered,
      "intents.csv": (csv) => csv.replaceAll("\n", "\n\n"),
    });
    const same = ["community", "stairwell", "flat", "owner", "ownership", "intent", "ballot", "certificate", "stage_move"];
    const now = await contentsOf(database);
    expect(same.map((table) => now[table])).toEqual(same.map((table) => plain[table]));
  });

  it("writes down what it brought for each stairwell, in a chain that holds", async () => {
    await importSmall(database);
    const id = await idOf("M1-01");
    expect(await verifyChain(database.db, id)).toBe(1);
    const [entry] = await readLog(database.db, id);
    expect(entry).toMatchObject({
      actor: "import", verb: "imported", subject: "stairwell:M1-01", at: importedAt.toISOString(),
      content: { flats: 6, intents: 5, consultations: ["QA"], ballots: 7, stage: "in-use", digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    });
  });

  it("changes nothing the second time, and says so", async () => {
    const first = await importSmall(database);
    const stored = await contentsOf(database);
    expect(await importSmall(database)).toEqual({ changed: false, touched: 0, counts: first.counts });
    expect(await contentsOf(database)).toEqual(stored);
  });

  it("takes up rows that were added since, and touches nothing else", async () => {
    await importSmall(database);
    const untouched = await idOf("M1-02");
    const edits = {
      "units.csv": adding("M2-02,201,2,90.00,D2,枫红,person"),
      "intents.csv": adding("M2-02,101,willing,online,2024-01-01", "M2-02,201,willing,paper,2024-02-01", "M2-01,201,willing,online,2024-03-01"),
      "consultations.csv": adding("QC,M2-02,cn-civil-278-ordinary,2024-05-01,2024-05-31"),
      "ballots.csv": adding("QC,201,1,agree,online,2024-05-02,", "QC,101,2,agree,online,2024-05-03,"),
      "lifts.csv": replacing("M2-01,2023-05-01,", "M2-01,2023-05-01,2024-04-01"),
    };
    const summary = await importSmall(database, edits);
    expect(summary).toMatchObject({ changed: true, touched: 2, counts: { flats: 15, owners: 14, intents: 14, ballots: 12, passed: 2, failed: 1, inUse: 2 } });
    expect(await projects()).toMatchObject({
      "M2-01": "in-use 2024-04-01 reserve – 2023-05-01 2024-04-01",
      "M2-02": "consultation 2026-11-21 reserve 2024-02-01",
    });
    expect(await verifyChain(database.db, await idOf("M2-02"))).toBe(2);
    expect(await verifyChain(database.db, untouched)).toBe(1);
    expect(await importSmall(database, edits)).toEqual({ changed: false, touched: 0, counts: summary.counts });
  });

  it("takes up a community that has no stairwell yet", async () => {
    await importSmall(database);
    const summary = await importSmall(database, { "communities.csv": adding("M3,芍药里,木槿居委会,梅园路 3 弄,,,") });
    expect(summary).toMatchObject({ changed: true, touched: 0, counts: { communities: 3 } });
  });

  it("leaves a project where the committee has brought it", async () => {
    await importSmall(database);
    await sql`update project set stage = 'assessment' where stairwell_id = ${await idOf("M1-02")}`.execute(database.owner.db);
    await importSmall(database, { "intents.csv": adding("M1-02,101,unwilling,online,2024-01-01") });
    expect(await projects()).toMatchObject({ "M1-02": "assessment 2021-09-10 reserve –" });
  });

  it("counts what was filed in the portal since", async () => {
    await importSmall(database);
    await sql`
      insert into intent (subdistrict_id, stairwell_id, flat_id, choice, channel, known_by, filed_at)
      select subdistrict_id, stairwell_id, id, 'unwilling', 'online', 'slip', '2025-01-01' from flat
      where stairwell_id = ${await idOf("M1-02")} and room = '101'`.execute(database.db);
    await importSmall(database, { "intents.csv": adding("M1-02,201,willing,online,2025-02-01") });
    expect(await projects()).toMatchObject({ "M1-02": "reserve 2021-09-10 reserve 2025-02-01" });
  });

  it("counts what is filed in the portal meanwhile", async () => {
    await importSmall(database);
    const stairwellId = await idOf("M1-02");
    let filed = () => {};
    const filing = database.db.transaction().execute(async (tx) => {
      const { subdistrictId } = await lockProject(tx, stairwellId);
      await sql`
        insert into intent (subdistrict_id, stairwell_id, flat_id, choice, channel, known_by, filed_at)
        select subdistrict_id, stairwell_id, id, 'unwilling', 'online', 'slip', '2025-01-01' from flat
        where stairwell_id = ${stairwellId} and room in ('101', '301')`.execute(tx);
      await appendLog(tx, { stairwellId, subdistrictId, at: importedAt, actor: "resident", verb: "intent-filed", subject: "intent", content: {} });
      await new Promise<void>((resolve) => (filed = resolve));
    });
    const importing = importSmall(database, { "intents.csv": adding("M1-02,201,willing,online,2025-02-01") });
    await waitUntilBlocked();
    filed();
    await filing;
    await importing;
    expect(await projects()).toMatchObject({ "M1-02": "intent 2025-01-01 reserve –" });
    expect(await verifyChain(database.db, stairwellId)).toBe(3);
  });

  it("is imported once when two people import it at the same moment", async () => {
    const both = await Promise.all([importSmall(database), importSmall(database)]);
    expect(both.map(({ changed }) => changed).sort()).toEqual([false, true]);
    expect(await verifyChain(database.db, await idOf("M1-01"))).toBe(1);
  });

  it("holds two consultations of one stairwell one after the other", async () => {
    const { counts } = await importSmall(database, {
      "consultations.csv": adding("QC,M2-01,cn-civil-278-major,2023-01-01,2023-01-31"),
      "ballots.csv": adding(...["101", "102", "201"].map((room, i) => `QC,${room},${i + 1},agree,online,2023-01-02,`)),
    });
    expect(counts).toMatchObject({ consultations: 3, passed: 2, failed: 1 });
  });

  it("is told to the pages of the district when it commits", async () => {
    const listener = new pg.Client({ connectionString: database.url });
    await listener.connect();
    try {
      const heard: string[] = [];
      listener.on("notification", ({ payload }) => heard.push(payload ?? ""));
      await listener.query(`listen ${PAGES_CHANNEL}`);
      await importSmall(database);
      await importSmall(database);
      await listener.query("select");
      expect(heard).toEqual(['["district"]']);
    } finally {
      await listener.end();
    }
  });

  it("keeps two subdistricts apart", async () => {
    await importSmall(database);
    const other = { code: "other", name: "兰园街道", phone: "021-50000009" };
    const renamed: Edit = (csv) => csv.replace(/\bM(?=[12]\b)/g, "N").replace(/\bQ(?=[AB]\b)/g, "R").replace(/\b[ABCD](?=\d,)/g, "X$&");
    const all = { "communities.csv": renamed, "stairwells.csv": renamed, "units.csv": renamed, "intents.csv": renamed, "consultations.csv": renamed, "ballots.csv": renamed, "lifts.csv": renamed };
    expect(await importSmall(database, all, other)).toMatchObject({ touched: 4, counts: { communities: 2, flats: 14, inReserve: 2 } });
    expect(await faultsOf(database, {}, other)).toEqual([
      "communities.csv:2:code of_other_subdistrict M1", "communities.csv:3:code of_other_subdistrict M2",
      "stairwells.csv:2:code of_other_subdistrict M1-01", "stairwells.csv:3:code of_other_subdistrict M1-02",
      "stairwells.csv:4:code of_other_subdistrict M2-01", "stairwells.csv:5:code of_other_subdistrict M2-02",
      ...["A1", "A2", "A1", "A3", "A4", "A5", "B1", "B2", "B3", "C1", "C2", "C3", "C4", "D1"].map(
        (owner, i) => `units.csv:${i + 2}:owner_id of_other_subdistrict ${owner}`,
      ),
    ]);
  });
});

describe("npm run import -- district", () => {
  beforeAll(async () => {
    database = await cloneDatabase();
  });
  afterAll(() => database.close());

  const run = (...args: string[]) =>
    spawnSync(process.execPath, ["--import", "tsx", "app/commands/import.ts", ...args], {
      encoding: "utf8",
      env: { ...process.env, DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl, SESSION_SECRET: "a secret for tests that is long enough" },
    });

  it("says what it did, and the next time that there was nothing to do", () => {
    const { folder, remove } = writeSmallDistrict();
    const [first, second] = [run("district", folder, "--name", "梅园街道"), run("district", folder)];
    remove();
    expect([first.status, first.stderr]).toEqual([0, ""]);
    expect(first.stdout).toMatch(/导入完成，4 个楼道有新内容，用时 \d+\.\d 秒。\n本街道现有：\n {2}小区 2 个\n/);
    expect(first.stdout).toContain("投入使用 1 个楼道");
    expect([second.status, second.stdout.includes("没有任何改动")]).toEqual([0, true]);
  });

  it("names the faults and ends with 1, and with 2 when it is not understood", () => {
    const { folder, remove } = writeSmallDistrict({ "units.csv": replacing("50.01", "五十") });
    const refused = run("district", folder);
    remove();
    expect(refused.status).toBe(1);
    expect(refused.stderr).toBe("发现 1 处问题，什么都没有导入：\nunits.csv 第 6 行 area 列：“五十”不是面积，应只含数字，至多两位小数\n");
    expect([run().status, run("district").status, run("distrikt", folder).status]).toEqual([2, 2, 2]);
  });
});
