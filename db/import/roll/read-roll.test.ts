import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ROLL_LIMITS } from "#app/domain/roll.ts";
import { readRoll } from "./read-roll.server.ts";

const fixture = (name: string) => readFileSync(`tests/fixtures/rolls/${name}`);
const readText = (text: string) => readRoll(Buffer.from(text, "utf8"));
const codes = (remarks: readonly { line: number | null; column: string | null; code: string }[]) =>
  remarks.map(({ line, column, code }) => [line, column, code]);

describe("a roll in GB18030 with a title row, blank floors and subtotals", () => {
  it("is read with its floors, tenants, kinds, heads and totals", async () => {
    const roll = await readRoll(fixture("gb18030.csv"));
    expect(roll.faults).toEqual([]);
    expect(roll.source).toEqual({ format: "csv", encoding: "gb18030", separator: ",", sheet: null, headerLine: 2 });
    expect(roll.flats.map(({ room, floor, line }) => [room, floor, line])).toEqual([
      ["101", 1, 3],
      ["102", 1, 4],
      ["201", 2, 5],
      ["202", 2, 6],
      ["301", 3, 7],
      ["302", 3, 8],
      ["401", 4, 10],
      ["402", 4, 11],
    ]);
    expect(roll.heads).toEqual([["101", "202"], ["102"], ["201"], ["301"], ["302"], ["401"], ["402"]]);
    expect(roll.totals).toEqual({ units: 8, area: 39340, voters: 7 });
    expect(roll.questions).toEqual([]);
    expect(codes(roll.warnings)).toEqual([[13, null, "line_ignored"]]);
  });

  it("gives each co-owner their ID and phone, and a name its characters", async () => {
    const { flats } = await readRoll(fixture("gb18030.csv"));
    expect(flats[1]?.owners).toEqual([
      { name: "𠮷田·Anna", kind: "person", idNumber: null, idTail: "202X", phone: null },
    ]);
    expect(flats[2]?.owners).toEqual([
      { name: "孙桂芳", kind: "person", idNumber: null, idTail: "3030", phone: "13900001201" },
      { name: "周德明", kind: "person", idNumber: null, idTail: "4040", phone: "13900001202" },
    ]);
    expect(flats[3]).toMatchObject({ area: 4825, areaSource: null, note: "出租" });
  });

  it("takes the phone in a row of public housing for the tenant's, who never votes", async () => {
    const { flats } = await readRoll(fixture("gb18030.csv"));
    expect(flats[4]).toMatchObject({
      owners: [{ name: "直管公房", kind: "public", phone: null }],
      tenant: { name: "吴阿大", phone: "13900001301" },
    });
    expect(flats[5]?.owners).toMatchObject([{ kind: "developer", phone: "02160000000" }]);
  });
});

describe("a roll in UTF-8 with semicolons, full-width digits and units", () => {
  it("is read, and its header tells where the areas come from", async () => {
    const roll = await readRoll(fixture("semicolon-bom.csv"));
    expect(roll.faults).toEqual([]);
    expect(roll.source).toMatchObject({ encoding: "utf-8", separator: ";" });
    expect(roll.flats.map((flat) => [flat.room, flat.area, flat.areaSource, flat.line])).toEqual([
      ["101", 5010, "register", 2],
      ["102", 4825, "register", 4],
      ["201", 5010, "register", 5],
      ["202", 4825, "register", 6],
    ]);
    expect(roll.flats.map((flat) => flat.owners[0]?.phone)).toEqual([
      "13900001101",
      "13900001102",
      "13900001201",
      null,
    ]);
  });

  it("asks about the name without an ID and merges nothing", async () => {
    const roll = await readRoll(fixture("semicolon-bom.csv"));
    expect(roll.questions).toEqual([{ code: "same_name", name: "李某", rooms: ["201", "202"], known: [] }]);
    expect(roll.totals.voters).toBe(4);
  });
});

describe("a broken roll", () => {
  it("names every fault with its line and column, and leaves no faulty flat among the rest", async () => {
    const roll = await readRoll(fixture("broken.csv"));
    expect(codes(roll.faults)).toEqual([
      [3, "室号", "duplicate"],
      [4, "室号", "empty"],
      [5, "建筑面积", "empty"],
      [6, "建筑面积", "not_a_number"],
      [7, "建筑面积", "not_above_zero"],
      [8, "建筑面积", "too_many_decimals"],
      [9, "建筑面积", "area_too_large"],
      [10, "产权人", "empty"],
      [11, "联系电话", "not_a_phone"],
      [11, "证件号码", "not_an_id"],
      [12, "室号", "not_a_room"],
      [12, "产权人", "not_a_name"],
      [13, null, "too_many_cells"],
      [13, "证件号码", "digits_lost"],
    ]);
    expect(roll.flats.map((flat) => flat.room)).toEqual(["101"]);
    expect(roll.faults[0]).toEqual({ line: 3, column: "室号", code: "duplicate", value: "101", other: 2 });
    expect(roll.faults[6]).toMatchObject({ value: "2000.01", other: 2000 });
  });

  it("cuts a long value short", async () => {
    const roll = await readText(`室号,面积,业主\n${"甲".repeat(200)},50,乙\n`);
    expect(roll.faults[0]?.value).toBe(`${"甲".repeat(80)}…`);
  });
});

describe("totals rows", () => {
  const rows = "室号,面积,业主\n101,50.10,甲\n102,48.25,乙\n";

  it("that differ from the sum are a fault with both figures", async () => {
    const roll = await readText(`${rows}合计,98.53,\n`);
    expect(roll.faults).toEqual([
      { line: 4, column: "建筑面积", code: "total_mismatch", value: "98.53", other: "98.35" },
    ]);
  });

  it("are not checked while an area could not be read", async () => {
    const roll = await readText(`${rows}201,?,丙\n合 计：,98.53,\n`);
    expect(codes(roll.faults)).toEqual([[4, "建筑面积", "not_a_number"]]);
  });

  it("may count the flats, and say nothing of the area", async () => {
    const roll = await readText("序号,室号,面积,业主\n1,101,50.10,甲\n合计：,2户,,\n");
    expect(roll.faults).toEqual([]);
    expect(codes(roll.warnings)).toEqual([
      [3, "建筑面积", "total_not_read"],
      [3, "室号", "count_mismatch"],
    ]);
  });
});

describe("lines that are no flats", () => {
  it("are passed over: headers printed again, numbered blank lines, signatures", async () => {
    const roll = await readText(
      "序号,室号,面积,业主\n1,101,50.10,甲\n序号,室号,面积,业主\n2,102,48.25,乙\n3,,,\n,审核：某某,,\n"
    );
    expect(roll.faults).toEqual([]);
    expect(roll.totals.units).toBe(2);
    expect(codes(roll.warnings)).toEqual([
      [5, null, "line_ignored"],
      [6, null, "line_ignored"],
    ]);
  });

  it("alone make no roll", async () => {
    expect(codes((await readText("室号,面积,业主\n")).faults)).toEqual([[null, null, "no_flats"]]);
    expect(codes((await readText("室号,面积,业主\n,,\n合计,0,\n")).faults)).toEqual([[null, null, "no_flats"]]);
  });
});

describe("headers", () => {
  it("that are missing are named, with what was found", async () => {
    const roll = await readText("清册\n户主,房号,电话\n甲,101,13900001101\n");
    expect(roll.faults).toEqual([
      { line: 2, column: "建筑面积", code: "missing_column", value: "户主、房号、电话" },
      { line: 2, column: "产权人", code: "missing_column", value: "户主、房号、电话" },
    ]);
  });

  it("that cannot be told are a fault with what the file begins with", async () => {
    const roll = await readText("石榴苑\n101,甲\n");
    expect(roll.faults).toEqual([{ line: null, column: null, code: "no_header", value: "石榴苑" }]);
  });

  it("may stand twice for people, and may not for rooms and areas", async () => {
    const both = await readText("室号,面积,产权人,共有人,证件号码,共有人证件号码\n101,50,甲某,乙某,0001,0002\n");
    expect(both.flats[0]?.owners.map((owner) => [owner.name, owner.idTail])).toEqual([
      ["甲某", "0001"],
      ["乙某", "0002"],
    ]);
    const areas = await readText("室号,产证面积,实测面积,产权人\n101,50,51,甲\n");
    expect(areas.faults).toEqual([{ line: 1, column: "建筑面积", code: "column_twice", value: "产证面积、实测面积" }]);
  });

  it("take the source of an area from its own column first", async () => {
    const roll = await readText("室号,实测面积,面积来源,产权人\n101,50,合同,甲\n102,50,,乙\n103,50,听说,丙\n");
    expect(roll.flats.map((flat) => flat.areaSource)).toEqual(["contract", "survey", null]);
    expect(codes(roll.warnings)).toEqual([[4, "面积来源", "area_source_not_read"]]);
  });
});

describe("floors", () => {
  it("are the room's own where left blank, else the one above, as in merged cells", async () => {
    const roll = await readText("楼层,室号,面积,业主\n2,1,50,甲\n,2,50,乙\n,301,50,丙\n");
    expect(roll.flats.map((flat) => [flat.room, flat.floor])).toEqual([
      ["1", 2],
      ["2", 2],
      ["301", 3],
    ]);
  });

  it("that differ from the room's or cannot be read are pointed out", async () => {
    const roll = await readText("楼层,室号,面积,业主\n5,601,50,甲\n顶层,602,50,乙\n");
    expect(roll.flats.map((flat) => flat.floor)).toEqual([5, 6]);
    expect(roll.warnings).toEqual([
      { line: 2, column: "楼层", code: "floor_differs", value: "5", other: 6 },
      { line: 3, column: "楼层", code: "floor_not_read", value: "顶层" },
    ]);
  });
});

describe("people in a row", () => {
  const readRow = (owner: string, id = "", phone = "") =>
    readText(`室号,面积,业主,证件号码,电话\n101,50,"${owner}","${id}","${phone}"\n`);

  it("get no ID where their number is another than that of the IDs", async () => {
    const roll = await readRow("甲某、乙某", "0001");
    expect(roll.flats[0]?.owners.map((owner) => owner.idTail)).toEqual([null, null]);
    expect(roll.warnings).toEqual([{ line: 2, column: "证件号码", code: "id_count", value: "0001", other: 2 }]);
  });

  it("keep an ID with a wrong check character, with a warning that names them", async () => {
    const roll = await readRow("甲某、海棠有限公司", "110105194912310021、110105194912310021");
    expect(roll.flats[0]?.owners.map((owner) => owner.idNumber)).toEqual(["110105194912310021", "110105194912310021"]);
    expect(roll.warnings).toMatchObject([{ code: "id_check_digit", other: "甲某" }]);
  });

  it("of public housing get no ID either: it would be the tenant's", async () => {
    const roll = await readRow("直管公房(承租人:汤某)", "0021");
    expect(roll.flats[0]?.owners).toMatchObject([{ idTail: null }]);
    expect(codes(roll.warnings)).toEqual([[2, "证件号码", "tenant_id_ignored"]]);
  });

  it("who let their own flat keep their phone; the tenant has none", async () => {
    const roll = await readRow("甲某(租客:乙某)", "", "13900001101");
    expect(roll.flats[0]).toMatchObject({
      owners: [{ name: "甲某", phone: "13900001101" }],
      tenant: { name: "乙某", phone: null },
    });
  });

  it("have one phone each; a further one is pointed out", async () => {
    const roll = await readRow("甲某", "", "13900001101/13900001102");
    expect(roll.flats[0]?.owners[0]?.phone).toBe("13900001101");
    expect(roll.warnings).toMatchObject([{ code: "phone_ignored", value: "13900001102" }]);
  });

  it("and tenants are no formulas", async () => {
    expect(codes((await readRow("直管公房(承租人:=cmd)")).faults)).toEqual([[2, "产权人", "not_a_name"]]);
  });

  it("are looked at again where a name or a share is unusual", async () => {
    const roll = await readRow("朱?祥（1/2）、乙某（1/2）");
    expect(codes(roll.warnings)).toEqual([
      [2, "产权人", "name_unusual"],
      [2, "产权人", "share_ignored"],
    ]);
  });

  it("lose marks that reorder text, with a note, and may hold no control characters", async () => {
    const marked = await readRow("\u202e甲某", "", "\u202d139 0000 1101\u202c");
    expect(marked.flats[0]?.owners).toMatchObject([{ name: "甲某", phone: "13900001101" }]);
    expect(marked.warnings).toEqual([
      { line: 2, column: "产权人", code: "invisible_removed", value: "甲某", other: "U+202E" },
      { line: 2, column: "联系电话", code: "invisible_removed", value: "139 0000 1101", other: "U+202D U+202C" },
    ]);
    expect(codes((await readRow("甲\u0007某")).faults)).toEqual([[2, "产权人", "forbidden_character"]]);
  });
});

describe("rooms of one roll", () => {
  it("stand behind one entrance, however much of its address is written", async () => {
    const one = await readText("部位,面积,业主\n海棠路100弄3号101室,50,甲\n3号102室,50,乙\n201室,50,丙\n");
    expect(one.faults).toEqual([]);
    expect(one.flats.map((flat) => flat.room)).toEqual(["101", "102", "201"]);
    const two = await readText("部位,面积,业主\n3号101室,50,甲\n4号102室,50,乙\n");
    expect(two.faults).toEqual([{ line: 3, column: "室号", code: "other_entrance", value: "4号102室", other: "3号" }]);
  });
});

describe("CSV as programs write it", () => {
  it.each([
    ["tabs", "室号\t面积\t业主\n101\t50.10\t甲，乙\n"],
    ["full-width commas", "室号，面积，业主\n101，50.10，甲、乙\n"],
    ["a comma in a title", "石榴苑,2幢,7号,共1户\n室号;面积;业主\n101;50.10;甲、乙\n"],
    ["quotes", '"室号","建筑面积,㎡","业主"\n"101","50.10","甲,乙"\n'],
    ["old Macintosh line ends", "室号,面积,业主\r101,50.10,甲、乙\r"],
    ["formulas that keep text", '室号,面积,业主\n="101",50.10,甲、乙\n'],
  ])("is read with %s", async (_what, text) => {
    const roll = await readText(text);
    expect(roll.faults).toEqual([]);
    expect(roll.flats).toMatchObject([{ room: "101", area: 5010, owners: [{ name: "甲" }, { name: "乙" }] }]);
  });

  it("counts lines as an editor does, after notes of several lines too", async () => {
    const roll = await readText('室号,面积,业主,备注\n101,50.10,甲,"出租\n两年"\n102,x,乙,\n');
    expect(roll.flats).toMatchObject([{ note: "出租\n两年", line: 2 }]);
    expect(codes(roll.faults)).toEqual([[4, "建筑面积", "not_a_number"]]);
  });

  it("does not lose flats in a quotation mark that was never closed", async () => {
    const open = await readText('室号,面积,业主,备注\n101,50.10,甲,"出租\n102,50.10,乙,\n');
    expect(open.faults.map((fault) => fault.code)).toEqual(["quote_not_closed"]);
    const closedLater = await readText('室号,面积,业主,备注\n101,50.10,甲,"出租\n102,50.10,乙,\n103,50.10,丙,自住"\n');
    expect(codes(closedLater.faults)).toEqual([[2, "备注", "runs_over_lines"]]);
    const elsewhere = await readText('性别,室号,面积,业主\n"女,101,50.10,甲\n,102,50.10,乙\n男",103,50.10,丙\n');
    expect(codes(elsewhere.faults)).toEqual([[2, null, "runs_over_lines"]]);
  });
});

describe("files that are no rolls", () => {
  const refusal = async (bytes: Uint8Array) => (await readRoll(bytes)).faults.map((fault) => fault.code);

  it.each([
    ["nothing", Buffer.alloc(0), "file_empty"],
    ["blank lines", Buffer.from("\n , \n\n"), "file_empty"],
    ["an old workbook", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), "old_workbook"],
    ["a PDF", Buffer.from("%PDF-1.7\n\0\0"), "not_text"],
    ["bytes of no encoding", Buffer.from([0xff, 0xff, 0x30, 0x2c]), "unknown_encoding"],
    ["a mark of UTF-16 with half a character", Buffer.from([0xff, 0xfe, 0x30]), "unknown_encoding"],
    ["a damaged archive", Buffer.from("PK\x03\x04 and no more"), "workbook_broken"],
    ["a letter", Buffer.from("各位业主：\n定于下周开会。\n"), "no_header"],
  ])("with %s are refused", async (_what, bytes, code) => {
    expect(await refusal(bytes)).toEqual([code]);
  });

  it("are refused beyond the limits of bytes, lines, rows, columns and characters in a cell", async () => {
    const header = "室号,面积,业主\n";
    expect(await refusal(Buffer.alloc(ROLL_LIMITS.fileBytes + 1, "a"))).toEqual(["file_too_large"]);
    expect(await refusal(Buffer.from(header + "\n".repeat(ROLL_LIMITS.rows * 5)))).toEqual(["too_many_rows"]);
    expect(await refusal(Buffer.from(header + "101,50,甲\n".repeat(ROLL_LIMITS.rows + 1)))).toEqual(["too_many_rows"]);
    const wide = `室号,面积,业主${",列".repeat(ROLL_LIMITS.columns)}\n101,50,甲\n`;
    expect(await refusal(Buffer.from(wide))).toEqual(["too_many_columns"]);
    const long = "长".repeat(ROLL_LIMITS.cellCharacters + 1);
    expect(await refusal(Buffer.from(`室号,面积,业主,备注\n101,50,甲,${long}\n`))).toEqual(["cell_too_long"]);
    expect(await refusal(Buffer.from(`${header}101,50,${"长".repeat(100_000)}\n`))).toEqual(["cell_too_long"]);
  });
});
