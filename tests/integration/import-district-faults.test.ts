import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { districtImport as text } from "#app/i18n/zh-CN/district-import.ts";
import { DistrictRefused } from "#db/import/district/faults.ts";
import { cloneDatabase, type TestDatabase } from "../support/database.ts";
import { adding, contentsOf, faultsOf, importFolder, importSmall, replacing, writeSmallDistrict, type Edits } from "../support/small-district.ts";

let database: TestDatabase;

describe("a fault in the files", () => {
  beforeAll(async () => {
    database = await cloneDatabase();
  });
  afterAll(() => database.close());

  const faults: [what: string, edits: Edits, expected: string[]][] = [
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
    const before = await contentsOf(database);
    expect(await faultsOf(database, edits)).toEqual(expected);
    expect(await contentsOf(database)).toEqual(before);
  });

  it("is found together with all others, in the order of the files", async () => {
    const edits = {
      "lifts.csv": adding("M1-02,2023-13-01,"), "ballots.csv": adding("QA,302,x,maybe,post,2022-03-01,"),
      "units.csv": replacing("50.01", "fifty"), "intents.csv": adding("M1-01,999,willing,online,2021-03-01"),
    };
    expect(await faultsOf(database, edits)).toEqual([
      "units.csv:6:area not_an_area fifty", "intents.csv:13:room unknown_reference 999 (M1-01)",
      "ballots.csv:12:seq not_a_whole_number x", "ballots.csv:12:choice not_one_of maybe (agree、oppose、abstain)",
      "ballots.csv:12:channel not_one_of post (online、paper、assisted、proxy)", "lifts.csv:4:started_on not_a_day 2023-13-01",
    ]);
  });

  it("counts lines as an editor does, also behind quoted line breaks", async () => {
    const edits = { "units.csv": (csv: string) => csv.replace("竹青", '"竹\r\n青"').replace("50.01", "fifty") };
    expect(await faultsOf(database, edits)).toEqual(["units.csv:3:owner_name unreadable 竹\r\n青", "units.csv:7:area not_an_area fifty"]);
  });

  it("does not make what follows look wrong", async () => {
    expect(await faultsOf(database, { "stairwells.csv": replacing("1号,3", "1号,drei"), "units.csv": adding('"M1-01') })).toEqual([
      "stairwells.csv:2:floors not_a_whole_number drei", "units.csv:16:null file_malformed ",
    ]);
    expect(await faultsOf(database, { "stairwells.csv": (csv) => csv.replace("floors", "storeys") })).toEqual([
      "stairwells.csv:1:storeys column_unknown storeys", "stairwells.csv:1:floors column_missing floors",
    ]);
  });

  it("ends the search after a hundred", async () => {
    const { folder, remove } = writeSmallDistrict({ "intents.csv": adding(...Array.from({ length: 150 }, () => "M1-01,101,perhaps,online,2021-03-01")) });
    const refused = await importFolder(database, folder).catch((error: unknown) => error);
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
    await importSmall(database);
    await sql`
      insert into consultation (subdistrict_id, stairwell_id, code, ruleset_id, ruleset, opened_at, closes_at)
      select subdistrict_id, id, 'QP', 'cn-civil-278-major', '{}', '2026-11-01', '2026-12-01' from stairwell where code = 'M1-02'`.execute(database.db);
  });
  afterAll(() => database.close());

  const contradictions: [what: string, edits: Edits, expected: string[]][] = [
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
    const before = await contentsOf(database);
    expect((await faultsOf(database, edits)).sort()).toEqual([...expected].sort());
    expect(await contentsOf(database)).toEqual(before);
  });
});
