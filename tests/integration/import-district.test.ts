import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { sql } from "kysely";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { DistrictFile, DistrictStep } from "#app/domain/district.ts";
import { tallyRows } from "#app/domain/tally.ts";
import { districtImport as text } from "#app/i18n/zh-CN/district-import.ts";
import { DistrictRefused } from "#db/import/district/faults.ts";
import { importDistrict, type DistrictSummary } from "#db/import/district/import-district.server.ts";
import { PAGES_CHANNEL } from "#db/queries/log.server.ts";
import { listTallyRows } from "#db/queries/tally-rows.server.ts";
import { readLog, verifyChain } from "../support/chain.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { adding, replacing, writeSmallDistrict, type Edit } from "../support/small-district.ts";

const NOW = new Date("2026-11-21T02:00:00Z");
const MAIN = { code: "main", name: "梅园街道", phone: "021-50000000" };

let database: TestDatabase;

const importFrom = (folder: string, given: { subdistrict?: typeof MAIN; onProgress?: (p: { step: DistrictStep; done: number }) => void } = {}) =>
  importDistrict({ ownerUrl: database.ownerUrl, folder, now: NOW, subdistrict: MAIN, wording: text.wording, ...given });

async function importSmall(edits: Partial<Record<DistrictFile, Edit | null>> = {}, subdistrict = MAIN): Promise<DistrictSummary> {
  const { folder, remove } = writeSmallDistrict(edits);
  try {
    return await importFrom(folder, { subdistrict });
  } finally {
    remove();
  }
}

/** The faults for which it was refused, as "file:line:column code value other". */
async function faultsOf(edits: Partial<Record<DistrictFile, Edit | null>>, subdistrict = MAIN): Promise<string[]> {
  try {
    await importSmall(edits, subdistrict);
  } catch (error) {
    if (!(error instanceof DistrictRefused)) throw error;
    return error.faults.map((f) => `${f.file}:${f.line}:${f.column} ${f.code} ${f.value}${f.other === null ? "" : ` (${f.other})`}`);
  }
  return [];
}

/** Every row of every table, by a number and a digest. */
async function contents(): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = 'public' order by tablename`.execute(database.owner.db);
  const found: Record<string, string> = {};
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ rows: string }>`
      select count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') as rows from ${sql.table(name)} t`.execute(database.owner.db);
    found[name] = rows[0]?.rows ?? "";
  }
  return found;
}

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
    first = await importFrom(DISTRICT, { onProgress: ({ done }) => progress.push(done) });
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
    const stairwells = await database.db.selectFrom("stairwell").select("id").execute();
    const lengths = new Set<number>();
    for (const { id } of stairwells) lengths.add(await verifyChain(database.db, id));
    expect([...lengths]).toEqual([1]);
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
    const stored = await contents();
    expect(await importFrom(DISTRICT)).toEqual({ changed: false, touched: 0, counts: first.counts });
    expect(await contents()).toEqual(stored);
  });
});

describe("a small district", () => {
  beforeEach(async () => {
    database = await cloneDatabase();
    return () => database.close();
  });

  it("stands in the register as the files have it", async () => {
    await importSmall();
    const communities = await database.db
      .selectFrom("community")
      .innerJoin("committee", "committee.id", "community.committeeId")
      .select(["community.code", "community.pinyin", "community.initials", "builtYear", "lon", "committee.name", "committee.phone"])
      .orderBy("community.code")
      .execute();
    expect(communities).toEqual([
      { code: "M1", pinyin: "moliyuan", initials: "mly", builtYear: 1988, lon: 121.5, name: "茉莉居委会", phone: MAIN.phone },
      { code: "M2", pinyin: "mujinfang", initials: "mjf", builtYear: null, lon: null, name: "木槿居委会", phone: MAIN.phone },
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
    await importSmall();
    const { rows } = await sql<{ line: string }>`
      select w.code || ' ' || f.room || ' ' || c.choice || ' ' || (c.filed_at at time zone 'Asia/Shanghai') as line
      from counting_intent c join flat f on f.id = c.flat_id join stairwell w on w.id = c.stairwell_id
      where f.room in ('201', '202') order by line`.execute(database.db);
    expect(rows.map(({ line }) => line)).toEqual([
      "M1-01 201 willing 2021-05-01 00:00:00", "M1-01 202 willing 2021-06-01 00:00:00", "M1-02 201 undecided 2021-03-10 00:00:00",
    ]);
  });

  it("keeps ballots, voids and authorisations, and the result that they gave", async () => {
    await importSmall();
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
    await importSmall();
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
    await importSmall({ "intents.csv": adding(...rows) });
    expect(await projects()).toMatchObject({ "M2-02": "intent 2021-03-05 reserve –", "M1-02": "intent 2021-01-10 reserve –" });
  });

  it("reads byte order mark, CRLF, quoted cells, blank lines and columns in another order alike", async () => {
    await importSmall();
    const plain = await contents();
    const others = await cloneDatabase();
    await database.close();
    database = others;
    const reordered: Edit = (csv) => csv.split("\n").map((row) => row.split(",").reverse().join(",")).join("\r\n");
    await importSmall({
      "communities.csv": (csv) => `\uFEFF${csv.replaceAll("\n", "\r\n")}`,
      "stairwells.csv": (csv) => csv.replaceAll("1幢", '"1幢"'),
      "units.csv": reordered,
      "intents.csv": (csv) => csv.replaceAll("\n", "\n\n"),
    });
    const same = ["community", "stairwell", "flat", "owner", "ownership", "intent", "ballot", "certificate", "stage_move"];
    const now = await contents();
    expect(same.map((table) => now[table])).toEqual(same.map((table) => plain[table]));
  });

  it("writes down what it brought for each stairwell, in a chain that holds", async () => {
    await importSmall();
    const id = await idOf("M1-01");
    expect(await verifyChain(database.db, id)).toBe(1);
    const [entry] = await readLog(database.db, id);
    expect(entry).toMatchObject({
      actor: "import", verb: "imported", subject: "stairwell:M1-01", at: NOW,
      content: { flats: 6, intents: 5, consultations: ["QA"], ballots: 7, stage: "in-use", digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    });
  });

  it("changes nothing the second time, and says so", async () => {
    const first = await importSmall();
    const stored = await contents();
    expect(await importSmall()).toEqual({ changed: false, touched: 0, counts: first.counts });
    expect(await contents()).toEqual(stored);
  });

  it("takes up rows that were added since, and touches nothing else", async () => {
    await importSmall();
    const untouched = await idOf("M1-02");
    const summary = await importSmall({
      "units.csv": adding("M2-02,201,2,90.00,D2,枫红,person"),
      "intents.csv": adding("M2-02,101,willing,online,2024-01-01", "M2-02,201,willing,paper,2024-02-01", "M2-01,201,willing,online,2024-03-01"),
      "consultations.csv": adding("QC,M2-02,cn-civil-278-ordinary,2024-05-01,2024-05-31"),
      "ballots.csv": adding("QC,201,1,agree,online,2024-05-02,", "QC,101,2,agree,online,2024-05-03,"),
      "lifts.csv": replacing("M2-01,2023-05-01,", "M2-01,2023-05-01,2024-04-01"),
    });
    expect(summary).toMatchObject({ changed: true, touched: 2, counts: { flats: 15, owners: 14, intents: 14, ballots: 12, passed: 2, failed: 1, inUse: 2 } });
    expect(await projects()).toMatchObject({
      "M2-01": "in-use 2024-04-01 reserve – 2023-05-01 2024-04-01",
      "M2-02": "consultation 2026-11-21 reserve 2024-02-01",
    });
    expect(await verifyChain(database.db, await idOf("M2-02"))).toBe(2);
    expect(await verifyChain(database.db, untouched)).toBe(1);
    const stored = await contents();
    expect(await contents()).toEqual(stored);
  });

  it("takes up a community that has no stairwell yet", async () => {
    await importSmall();
    const summary = await importSmall({ "communities.csv": adding("M3,芍药里,木槿居委会,梅园路 3 弄,,,") });
    expect(summary).toMatchObject({ changed: true, touched: 0, counts: { communities: 3 } });
  });

  it("leaves a project where the committee has brought it", async () => {
    await importSmall();
    await sql`update project set stage = 'assessment' where stairwell_id = ${await idOf("M1-02")}`.execute(database.owner.db);
    await importSmall({ "intents.csv": adding("M1-02,101,unwilling,online,2024-01-01") });
    expect(await projects()).toMatchObject({ "M1-02": "assessment 2021-09-10 reserve –" });
  });

  it("counts what was filed in the portal since", async () => {
    await importSmall();
    await sql`
      insert into intent (subdistrict_id, stairwell_id, flat_id, choice, channel, known_by, filed_at)
      select subdistrict_id, stairwell_id, id, 'unwilling', 'online', 'slip', '2025-01-01' from flat
      where stairwell_id = ${await idOf("M1-02")} and room = '101'`.execute(database.db);
    await importSmall({ "intents.csv": adding("M1-02,201,willing,online,2025-02-01") });
    expect(await projects()).toMatchObject({ "M1-02": "reserve 2021-09-10 reserve 2025-02-01" });
  });

  it("holds two consultations of one stairwell one after the other", async () => {
    const { counts } = await importSmall({
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
      await importSmall();
      await importSmall();
      await listener.query("select");
      expect(heard).toEqual(['["district"]']);
    } finally {
      await listener.end();
    }
  });

  it("keeps two subdistricts apart", async () => {
    await importSmall();
    const other = { code: "other", name: "兰园街道", phone: "021-50000009" };
    const renamed: Edit = (csv) => csv.replace(/\bM(?=[12]\b)/g, "N").replace(/\bQ(?=[AB]\b)/g, "R").replace(/\b[ABCD](?=\d,)/g, "X$&");
    const all = { "communities.csv": renamed, "stairwells.csv": renamed, "units.csv": renamed, "intents.csv": renamed, "consultations.csv": renamed, "ballots.csv": renamed, "lifts.csv": renamed };
    expect(await importSmall(all, other)).toMatchObject({ touched: 4, counts: { communities: 2, flats: 14, inReserve: 2 } });
    expect(await faultsOf({}, other)).toEqual([
      "communities.csv:2:code of_other_subdistrict M1", "communities.csv:3:code of_other_subdistrict M2",
      "stairwells.csv:2:code of_other_subdistrict M1-01", "stairwells.csv:3:code of_other_subdistrict M1-02",
      "stairwells.csv:4:code of_other_subdistrict M2-01", "stairwells.csv:5:code of_other_subdistrict M2-02",
      ...["A1", "A2", "A1", "A3", "A4", "A5", "B1", "B2", "B3", "C1", "C2", "C3", "C4", "D1"].map(
        (owner, i) => `units.csv:${i + 2}:owner_id of_other_subdistrict ${owner}`,
      ),
    ]);
  });
});

describe("a fault in the files", () => {
  beforeAll(async () => {
    database = await cloneDatabase();
  });
  afterAll(() => database.close());

  const faults: [what: string, edits: Partial<Record<DistrictFile, Edit | null>>, expected: string[]][] = [
    ["a missing file", { "lifts.csv": null }, ["lifts.csv:null:null file_missing "]],
    ["an empty file", { "lifts.csv": () => "" }, ["lifts.csv:null:null file_empty "]],
    ["a missing column", { "units.csv": (csv) => csv.replace(",owner_kind", "") }, ["units.csv:1:owner_kind column_missing owner_kind"]],
    ["a column too many", { "lifts.csv": (csv) => csv.replace("started_on", "started_on,firm") }, ["lifts.csv:1:firm column_unknown firm"]],
    ["a column that stands twice", { "lifts.csv": (csv) => csv.replace("started_on", "stairwell,started_on") }, ["lifts.csv:1:stairwell column_twice stairwell"]],
    ["a cell too many", { "lifts.csv": adding("M1-02,2023-01-01,,") }, ["lifts.csv:4:null cell_count 4 (3)"]],
    ["a quote that is not closed", { "lifts.csv": adding('"M1-02,2023-01-01,') }, ["lifts.csv:4:null file_malformed "]],
    ["a code of wrong form", { "communities.csv": replacing("M2,", "m-2,") }, ["communities.csv:3:code not_a_code m-2", "stairwells.csv:4:community unknown_reference M2", "stairwells.csv:5:community unknown_reference M2"]],
    ["an empty cell", { "units.csv": replacing("竹青", "") }, ["units.csv:3:owner_name empty "]],
    ["a name that is too long", { "communities.csv": replacing("木槿坊", "木".repeat(61)) }, [`communities.csv:3:name too_long ${"木".repeat(61)} (60)`]],
    ["an invisible character", { "units.csv": replacing("竹青", "竹\u202E青") }, ["units.csv:3:owner_name unreadable 竹\u202E青"]],
    ["a cell over two lines", { "units.csv": replacing("竹青", '"竹\n青"') }, ["units.csv:3:owner_name unreadable 竹\n青"]],
    ["an owner's code with a plus", { "units.csv": replacing("A2", "A+2") }, ["units.csv:3:owner_id not_a_code A+2"]],
    ["a year that is no number", { "communities.csv": replacing("1988", "1988年") }, ["communities.csv:2:built_year not_a_whole_number 1988年"]],
    ["a building from the future", { "communities.csv": replacing("1988", "2027") }, ["communities.csv:2:built_year out_of_range 2027 (1900–2026)"]],
    ["a storey that does not exist", { "stairwells.csv": replacing("1号,3", "1号,0") }, ["stairwells.csv:2:floors out_of_range 0 (1–60)"]],
    ["a coordinate that is none", { "communities.csv": replacing("121.5", "东经121") }, ["communities.csv:2:lon not_a_coordinate 东经121"]],
    ["a coordinate beyond the earth", { "communities.csv": replacing("31.2", "91.2") }, ["communities.csv:2:lat out_of_range 91.2 (-90–90)"]],
    ["half a place", { "communities.csv": replacing("121.5,31.2", "121.5,") }, ["communities.csv:2:lat coordinate_half  (lon)"]],
    ["the other half", { "stairwells.csv": replacing("121.5001,", ",") }, ["stairwells.csv:2:lon coordinate_half  (lat)"]],
    ["an area with three decimals", { "units.csv": replacing("50.01", "50.011") }, ["units.csv:6:area not_an_area 50.011"]],
    ["no area", { "units.csv": replacing("50.01", "0.00") }, ["units.csv:6:area out_of_range 0.00 (0.01–2000)"]],
    ["an unknown kind of owner", { "units.csv": replacing("public", "tenant") }, ["units.csv:7:owner_kind not_one_of tenant (person、company、developer、public)"]],
    ["a day that does not exist", { "intents.csv": replacing("2021-03-01", "2021-02-29") }, ["intents.csv:2:filed_at not_a_day 2021-02-29"]],
    ["a day in the future", { "intents.csv": replacing("2021-03-01", "2026-11-22") }, ["intents.csv:2:filed_at in_the_future 2026-11-22 (2026-11-21)"]],
    ["a day before there was one time", { "intents.csv": replacing("2021-03-01", "0021-03-01") }, ["intents.csv:2:filed_at too_early 0021-03-01 (1992-01-01)"]],
    ["a rule that decides nothing", { "consultations.csv": replacing("cn-civil-278-major", "cn-sh-intent") }, ["consultations.csv:2:ruleset not_one_of cn-sh-intent (cn-civil-278-major、cn-civil-278-ordinary、cn-sh-2019-stairwell)"]],
    ["a rule that was not in force", { "consultations.csv": replacing("cn-civil-278-major", "cn-sh-2019-stairwell") }, ["consultations.csv:2:ruleset rule_not_in_force cn-sh-2019-stairwell (2022-03-01)"]],
    ["a consultation closed before it opened", { "consultations.csv": replacing("2022-03-31", "2022-02-28") }, ["consultations.csv:2:closed_at closed_before_opened 2022-02-28 (2022-03-01)", ...[1, 2, 3, 4, 5, 6, 7].map((seq) => `ballots.csv:${seq + 1}:cast_at after_close 2022-03-${["01", "02", "03", "04", "05", "31", "31"][seq - 1]} (2022-02-28)`)]],
    ["a lift in use before it was begun", { "lifts.csv": replacing("2023-09-01", "2023-02-01") }, ["lifts.csv:2:in_use_since in_use_before_start 2023-02-01 (2023-03-01)"]],
    ["a community that stands twice", { "communities.csv": adding("M1,茉莉新苑,茉莉居委会,梅园路 9 弄,,,") }, ["communities.csv:4:code repeated M1 (2)"]],
    ["a stairwell that stands twice", { "stairwells.csv": adding("M1-01,M1,9幢,9号,3,,") }, ["stairwells.csv:6:code repeated M1-01 (2)"]],
    ["an entrance that stands twice", { "stairwells.csv": adding("M1-09,M1,1幢,1号,3,,") }, ["stairwells.csv:6:entrance repeated 1号 (2)"]],
    ["a flat that stands twice", { "units.csv": adding("M1-01,101,1,50.00,A1,柏青,person") }, ["units.csv:16:room repeated 101 (2)"]],
    ["a consultation that stands twice", { "consultations.csv": adding("QA,M1-02,cn-civil-278-major,2024-03-01,2024-03-31") }, ["consultations.csv:4:id repeated QA (2)"]],
    ["a ballot that stands twice", { "ballots.csv": adding("QA,101,1,agree,online,2022-03-01,") }, ["ballots.csv:12:seq repeated 1 (2)"]],
    ["a lift that stands twice", { "lifts.csv": adding("M2-01,2023-05-01,") }, ["lifts.csv:4:stairwell repeated M2-01 (3)"]],
    ["an unknown community", { "stairwells.csv": adding("M3-01,M3,1幢,1号,3,,") }, ["stairwells.csv:6:community unknown_reference M3"]],
    ["an unknown stairwell", { "units.csv": adding("M9-01,101,1,50.00,A1,柏青,person"), "lifts.csv": adding("M9-01,2023-05-01,") }, ["units.csv:16:stairwell unknown_reference M9-01", "lifts.csv:4:stairwell unknown_reference M9-01"]],
    ["an unknown flat", { "intents.csv": adding("M1-01,999,willing,online,2021-03-01") }, ["intents.csv:13:room unknown_reference 999 (M1-01)"]],
    ["an unknown consultation", { "ballots.csv": adding("QZ,101,1,agree,online,2022-03-01,") }, ["ballots.csv:12:consultation unknown_reference QZ"]],
    ["an owner of two names", { "units.csv": replacing("M1-01,201,2,50,A1,柏青", "M1-01,201,2,50,A1,柏红") }, ["units.csv:4:owner_name differs_from_line 柏红 (2)"]],
    ["an owner of two kinds", { "units.csv": replacing("50,A1,柏青,person", "50,A1,柏青,company") }, ["units.csv:4:owner_kind differs_from_line company (2)"]],
    ["a ballot outside the roll", { "ballots.csv": adding("QA,401,8,agree,online,2022-03-01,") }, ["ballots.csv:12:room not_on_roll 401 (M1-01)"]],
    ["a ballot before the opening", { "ballots.csv": adding("QA,302,8,agree,online,2022-02-28,") }, ["ballots.csv:12:cast_at before_opening 2022-02-28 (2022-03-01)"]],
    ["a ballot after the close", { "ballots.csv": adding("QA,302,8,agree,online,2022-04-01,") }, ["ballots.csv:12:cast_at after_close 2022-04-01 (2022-03-31)"]],
    ["consultations that overlap", { "consultations.csv": adding("QC,M1-01,cn-civil-278-major,2022-03-31,2022-04-30") }, ["consultations.csv:4:opened_at overlaps 2022-03-31 (QA)"]],
    ["a consultation without flats", { "stairwells.csv": adding("M2-03,M2,丙幢,5号,2,,"), "consultations.csv": adding("QC,M2-03,cn-civil-278-major,2022-03-01,2022-03-31") }, ["consultations.csv:4:stairwell no_flats M2-03"]],
    ["an owner whose ballots differ", { "ballots.csv": replacing("QA,201,4,agree", "QA,201,4,oppose") }, ["consultations.csv:2:id unresolved QA (A1)"]],
  ];

  it.each(faults)("%s is named by file, line and column, and nothing is stored", async (_, edits, expected) => {
    const before = await contents();
    expect(await faultsOf(edits)).toEqual(expected);
    expect(await contents()).toEqual(before);
  });

  it("is found together with all others, in the order of the files", async () => {
    const edits = {
      "lifts.csv": adding("M1-02,2023-13-01,"), "ballots.csv": adding("QA,302,x,maybe,post,2022-03-01,"),
      "units.csv": replacing("50.01", "fifty"), "intents.csv": adding("M1-01,999,willing,online,2021-03-01"),
    };
    expect(await faultsOf(edits)).toEqual([
      "units.csv:6:area not_an_area fifty", "intents.csv:13:room unknown_reference 999 (M1-01)",
      "ballots.csv:12:seq not_a_whole_number x", "ballots.csv:12:choice not_one_of maybe (agree、oppose、abstain)",
      "ballots.csv:12:channel not_one_of post (online、paper、assisted、proxy)", "lifts.csv:4:started_on not_a_day 2023-13-01",
    ]);
  });

  it("counts lines as an editor does, also behind quoted line breaks", async () => {
    const edits = { "units.csv": (csv: string) => csv.replace("竹青", '"竹\r\n青"').replace("50.01", "fifty") };
    expect(await faultsOf(edits)).toEqual(["units.csv:3:owner_name unreadable 竹\r\n青", "units.csv:7:area not_an_area fifty"]);
  });

  it("does not make what follows look wrong", async () => {
    expect(await faultsOf({ "stairwells.csv": replacing("1号,3", "1号,drei"), "units.csv": adding('"M1-01') })).toEqual([
      "stairwells.csv:2:floors not_a_whole_number drei", "units.csv:16:null file_malformed ",
    ]);
    expect(await faultsOf({ "stairwells.csv": (csv) => csv.replace("floors", "storeys") })).toEqual([
      "stairwells.csv:1:storeys column_unknown storeys", "stairwells.csv:1:floors column_missing floors",
    ]);
  });

  it("ends the search after a hundred", async () => {
    const { folder, remove } = writeSmallDistrict({ "intents.csv": adding(...Array.from({ length: 150 }, () => "M1-01,101,perhaps,online,2021-03-01")) });
    const refused = await importFrom(folder).catch((error: unknown) => error);
    remove();
    expect(refused).toBeInstanceOf(DistrictRefused);
    const { faults, more } = refused as DistrictRefused;
    expect([faults.length, more, faults[0]?.line, faults[99]?.line]).toEqual([100, true, 13, 112]);
  });

  it("is a sentence with its place", () => {
    const fault = { file: "units.csv", line: 6, column: "area", code: "not_an_area", value: "五十", other: null } as const;
    expect(text.fault(fault)).toBe("units.csv 第 6 行 area 列：“五十”不是面积，应只含数字，至多两位小数");
    expect(text.fault({ ...fault, line: null, column: null, code: "file_missing" })).toBe("units.csv：找不到这个文件，或无法读取");
  });
});

describe("a row that contradicts what is stored", () => {
  beforeAll(async () => {
    database = await cloneDatabase();
    await importSmall();
    await sql`
      insert into consultation (subdistrict_id, stairwell_id, code, ruleset_id, ruleset, opened_at, closes_at)
      select subdistrict_id, id, 'QP', 'cn-civil-278-major', '{}', '2026-11-01', '2026-12-01' from stairwell where code = 'M1-02'`.execute(database.db);
  });
  afterAll(() => database.close());

  const contradictions: [what: string, edits: Partial<Record<DistrictFile, Edit>>, expected: string[]][] = [
    ["a community", { "communities.csv": replacing("M2,木槿坊,木槿居委会,梅园路 2 弄,,,", "M2,木槿里,茉莉居委会,梅园路 3 弄,1990,121.6,31.3") }, ["name differs_from_stored 木槿里 (木槿坊)", "committee differs_from_stored 茉莉居委会 (木槿居委会)", "address differs_from_stored 梅园路 3 弄 (梅园路 2 弄)", "built_year differs_from_stored 1990 ()", "lon differs_from_stored 121.6 ()", "lat differs_from_stored 31.3 ()"].map((f) => `communities.csv:3:${f}`)],
    ["a stairwell", { "stairwells.csv": replacing("M2-02,M2,乙幢,4号,2,,", "M2-02,M1,丙幢,5号,3,,") }, ["community differs_from_stored M1 (M2)", "building differs_from_stored 丙幢 (乙幢)", "entrance differs_from_stored 5号 (4号)", "floors differs_from_stored 3 (2)"].map((f) => `stairwells.csv:5:${f}`)],
    ["an entrance", { "stairwells.csv": replacing("M2-02,M2,乙幢,4号,2,,", "M2-09,M2,乙幢,4号,2,,"), "units.csv": replacing("M2-02", "M2-09") }, ["stairwells.csv:5:entrance place_taken 4号 (M2-02)"]],
    ["a flat", { "units.csv": replacing("102,1,60.5,A2", "102,2,60.51,A3") }, ["units.csv:3:owner_name differs_from_stored 竹青 (松青)", "units.csv:5:owner_name differs_from_line 松青 (3)", "units.csv:3:floor differs_from_stored 2 (1)", "units.csv:3:area differs_from_stored 60.51 (60.50)", "units.csv:3:owner_id differs_from_stored A3 (A2)"]],
    ["an owner", { "units.csv": replacing("竹青,person", "竹红,company") }, ["units.csv:3:owner_name differs_from_stored 竹红 (竹青)", "units.csv:3:owner_kind differs_from_stored company (person)"]],
    ["an intent", { "intents.csv": replacing("M1-01,101,willing,online,2021-03-01", "M1-01,101,undecided,paper,2021-03-02") }, ["choice differs_from_stored undecided (willing)", "channel differs_from_stored paper (online)", "filed_at differs_from_stored 2021-03-02 (2021-03-01)"].map((f) => `intents.csv:2:${f}`)],
    ["an intent in between", { "intents.csv": replacing("M1-01,202,unwilling", "M1-01,202,undecided,online,2021-05-01\nM1-01,202,unwilling") }, ["intents.csv:5:choice differs_from_stored undecided (unwilling)", "intents.csv:5:channel differs_from_stored online (assisted)", "intents.csv:5:filed_at differs_from_stored 2021-05-01 (2021-05-02)", "intents.csv:6:choice differs_from_stored unwilling (willing)", "intents.csv:6:channel differs_from_stored assisted (online)", "intents.csv:6:filed_at differs_from_stored 2021-05-02 (2021-06-01)"]],
    ["a consultation", { "consultations.csv": replacing("QB,M2-01,cn-civil-278-major,2022-04-01,2022-04-01", "QB,M2-01,cn-civil-278-ordinary,2022-03-31,2022-04-02") }, ["ruleset differs_from_stored cn-civil-278-ordinary (cn-civil-278-major)", "opened_at differs_from_stored 2022-03-31 (2022-04-01)", "closed_at differs_from_stored 2022-04-02 (2022-04-01)"].map((f) => `consultations.csv:3:${f}`)],
    ["a consultation while one is running", { "consultations.csv": adding("QC,M1-02,cn-civil-278-major,2024-03-01,2024-03-31") }, ["consultations.csv:4:stairwell another_running  (QP)"]],
    ["a consultation at the time of another", { "consultations.csv": replacing("QB,M2-01,cn-civil-278-major,2022-04-01,2022-04-01", "QD,M2-01,cn-civil-278-major,2022-03-01,2022-04-01"), "ballots.csv": (csv) => csv.replaceAll("QB", "QD") }, ["consultations.csv:3:opened_at overlaps 2022-03-01 (QB)"]],
    ["a ballot more", { "ballots.csv": adding("QA,302,8,agree,online,2022-03-01,") }, ["ballots.csv:12:seq already_certified 8 (QA)"]],
    ["a ballot", { "ballots.csv": replacing("QA,301,7,agree,online,2022-03-31,", "QA,302,7,oppose,paper,2022-03-30,他人代签") }, ["room differs_from_stored 302 (301)", "choice differs_from_stored oppose (agree)", "channel differs_from_stored paper (online)", "cast_at differs_from_stored 2022-03-30 (2022-03-31)", "void_reason differs_from_stored 他人代签 ()"].map((f) => `ballots.csv:8:${f}`)],
    ["a lift", { "lifts.csv": replacing("M1-01,2023-03-01,2023-09-01", "M1-01,2023-03-02,") }, ["lifts.csv:2:started_on differs_from_stored 2023-03-02 (2023-03-01)", "lifts.csv:2:in_use_since differs_from_stored  (2023-09-01)"]],
  ];

  it.each(contradictions)("%s is a fault, and nothing changes", async (_, edits, expected) => {
    const before = await contents();
    expect((await faultsOf(edits)).sort()).toEqual([...expected].sort());
    expect(await contents()).toEqual(before);
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
