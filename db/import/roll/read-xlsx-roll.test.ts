import { describe, expect, it } from "vitest";
import { ROLL_LIMITS } from "#app/domain/roll.ts";
import { packZip, workbookParts, writeXlsx, type XlsxCell, type XlsxSheet } from "#tests/support/xlsx.ts";
import { readRoll } from "./read-roll.server.ts";

const number = (stored: string): XlsxCell => ({ number: stored });
const header = ["室号", "面积", "业主", "证件号码", "手机"];
const sheet = (...rows: XlsxCell[][]): XlsxSheet => ({ name: "清册", rows: [header, ...rows] });
const readRows = (...rows: XlsxCell[][]) => readRoll(writeXlsx(sheet(...rows)));
const codes = (remarks: readonly { line: number | null; column: string | null; code: string }[]) =>
  remarks.map(({ line, column, code }) => [line, column, code]);

describe("a workbook with title rows, merged floors, a formula and an empty sheet", () => {
  const workbook = writeXlsx(
    { name: "说明", rows: [] },
    {
      name: "清册",
      merged: ["A1:E1", "A4:A5"],
      rows: [
        ["石榴苑2幢7号 业主清册"],
        [],
        ["层", "房号", "业主", "面积", "手机"],
        [number("1"), number("1"), { rich: ["钱", "某"] }, number("50.100000000000001"), number("13900001101")],
        [null, number("2"), "𠮷某", number("48.25"), "13900001102"],
        ["合计", number("2"), null, { formula: "SUM(D4:D5)", value: "98.349999999999994" }, null],
      ],
    }
  );

  it("is read from the sheet that holds anything", async () => {
    const roll = await readRoll(workbook);
    expect(roll.faults).toEqual([]);
    expect(roll.warnings).toEqual([]);
    expect(roll.source).toEqual({ format: "xlsx", encoding: null, separator: null, sheet: "清册", headerLine: 3 });
    expect(roll.flats).toMatchObject([
      { room: "1", floor: 1, area: 5010, owners: [{ name: "钱某", phone: "13900001101" }], line: 4 },
      { room: "2", floor: 1, area: 4825, owners: [{ name: "𠮷某", phone: "13900001102" }], line: 5 },
    ]);
    expect(roll.totals).toEqual({ units: 2, area: 9835, voters: 2 });
  });
});

describe("cells of a workbook", () => {
  it("read an area as Excel shows it, and a third decimal as one too many", async () => {
    const roll = await readRows(
      ["101", number("58.430000000000003"), "甲"],
      ["102", number("58.437"), "乙"],
      ["103", number("5.8429999999999998E1"), "丙"]
    );
    expect(roll.flats.map((flat) => flat.area)).toEqual([5843, 5843]);
    expect(codes(roll.faults)).toEqual([[3, "建筑面积", "too_many_decimals"]]);
  });

  it("take no ID number of more than 15 digits from a number", async () => {
    const roll = await readRows(
      ["101", number("50"), "甲", number("310115195003070027")],
      ["102", number("50"), "乙", number("3.10115195003070E17")],
      ["103", number("50"), "丙", number("27")]
    );
    expect(codes(roll.faults)).toEqual([
      [2, "证件号码", "digits_lost"],
      [3, "证件号码", "digits_lost"],
    ]);
    expect(roll.flats[0]?.owners[0]?.idTail).toBe("0027");
  });

  it("hold no room where Excel has made a date of it, and show the date", async () => {
    const roll = await readRows([{ date: 45352 }, number("50"), "甲"]);
    expect(roll.faults).toEqual([{ line: 2, column: "室号", code: "not_a_room", value: "2024-03-01" }]);
  });

  it("are empty where a formula was never calculated", async () => {
    const roll = await readRows(["101", { formula: "B9", value: null }, "甲"]);
    expect(codes(roll.faults)).toEqual([[2, "建筑面积", "empty"]]);
  });

  it("may hold line ends between co-owners", async () => {
    const roll = await readRows(["101", number("50"), "甲某\r\n乙某", "0001_x000D_\n0002"]);
    expect(roll.flats[0]?.owners.map((owner) => [owner.name, owner.idTail])).toEqual([
      ["甲某", "0001"],
      ["乙某", "0002"],
    ]);
  });
});

describe("sheets", () => {
  it("are read whole where the file states A1 as their size", async () => {
    const roll = await readRoll(writeXlsx({ ...sheet(["101", number("50"), "甲"]), dimension: "A1" }));
    expect(roll.totals.units).toBe(1);
  });

  it("count their rows as the program shows them", async () => {
    const roll = await readRoll(writeXlsx({ name: "清册", rows: [[], [], header, [], ["一", number("50"), "甲"]] }));
    expect(codes(roll.faults)).toEqual([[5, "室号", "not_a_room"]]);
  });

  it("with a roll each must be chosen between; others are passed over", async () => {
    const notes: XlsxSheet = { name: "说明", rows: [["面积以登记簿为准"]] };
    const [one, two] = ["7号", "8号"].map((name) => ({ ...sheet(["101", number("50"), "甲"]), name }));
    if (!one || !two) throw new Error("two sheets");
    expect((await readRoll(writeXlsx(notes, one))).source?.sheet).toBe("7号");
    const both = writeXlsx(one, two, notes);
    expect((await readRoll(both)).faults).toMatchObject([{ code: "several_sheets", value: "7号、8号" }]);
    expect((await readRoll(both, { sheet: "8号" })).source?.sheet).toBe("8号");
    expect((await readRoll(both, { sheet: "9号" })).faults).toMatchObject([
      { code: "no_such_sheet", value: "9号", other: "7号、8号、说明" },
    ]);
  });

  it("without a header or without anything are refused", async () => {
    expect((await readRoll(writeXlsx({ name: "a", rows: [["石榴苑"]] }))).faults).toMatchObject([
      { code: "no_header" },
    ]);
    expect((await readRoll(writeXlsx({ name: "a", rows: [] }))).faults).toMatchObject([{ code: "file_empty" }]);
  });
});

describe("a workbook that would harm", () => {
  const parts = workbookParts([sheet(["101", number("50"), "甲"])]);
  const SHEET = "xl/worksheets/sheet1.xml";
  const spoilt = (path: string, change: (xml: string) => string | Buffer) =>
    packZip({ ...parts, [path]: change(parts[path] ?? "") });
  const refusal = async (bytes: Uint8Array) => (await readRoll(bytes)).faults.map((fault) => fault.code);
  const withCell = (cell: string) => spoilt(SHEET, (xml) => xml.replace("</row>", `${cell}</row>`));

  it("is refused when it unpacks to more than is allowed, whatever it states", async () => {
    const bomb = Buffer.alloc(70 * 1024 * 1024, " ");
    expect(bomb.length).toBeGreaterThan(64 * 1024 * 1024);
    expect(await refusal(packZip({ ...parts, "xl/sharedStrings.xml": bomb }))).toEqual(["workbook_too_large"]);
    expect(await refusal(packZip({ ...parts, "xl/sharedStrings.xml": bomb }, 100))).toEqual(["workbook_broken"]);
  });

  it("is refused when it holds more tags than memory should", async () => {
    expect(await refusal(spoilt("xl/sharedStrings.xml", () => "<sst>" + "<si/>".repeat(1_500_000)))).toEqual([
      "workbook_too_large",
    ]);
  });

  it("is refused when a cell lies far out, and not when that cell is empty", async () => {
    expect(await refusal(withCell('<c r="XFD1"><v>1</v></c>'))).toEqual(["too_many_columns"]);
    expect(await refusal(withCell('<c r="A1048576"><v>1</v></c>'))).toEqual(["too_many_rows"]);
    expect(await refusal(withCell('<c r="XFD1048576" s="1"/><c r="XFC9" s="1"></c>'))).toEqual([]);
  });

  it("is refused for a cell far out of a sheet in an unusual place too", async () => {
    const RELATIONS = "xl/_rels/workbook.xml.rels";
    const moved = {
      ...parts,
      [RELATIONS]: (parts[RELATIONS] ?? "").replace("worksheets/sheet1.xml", "sheet.xml"),
      "xl/sheet.xml": (parts[SHEET] ?? "").replace("</row>", '<c r="XFD1048576"><v>1</v></c></row>'),
    };
    expect(await refusal(packZip(moved))).toEqual(["too_many_columns"]);
  });

  it("is refused when it hides where a cell lies, or declares entities", async () => {
    expect(await refusal(withCell('<c r="&#88;FD1048576"><v>1</v></c>'))).toEqual(["workbook_broken"]);
    expect(await refusal(withCell(`<c x=">" r='XFD1048576'><v>1</v></c>`))).toEqual(["too_many_columns"]);
    expect(await refusal(withCell('<c r="A9" r="XFD1048576"><v>1</v></c>'))).toEqual(["workbook_broken"]);
    expect(await refusal(withCell("<c><v>1</v></c>"))).toEqual(["workbook_broken"]);
    expect(await refusal(spoilt(SHEET, (xml) => `<!DOCTYPE a [<!ENTITY b "c">]>${xml}`))).toEqual(["workbook_broken"]);
  });

  it("is refused when a byte of it was changed, cut off, or a part is missing or no text", async () => {
    const whole = packZip(parts);
    expect(await refusal(whole)).toEqual([]);
    const at = whole.indexOf("xl/sharedStrings.xml") + 25;
    const changed = Buffer.from(whole);
    changed.writeUInt8(changed.readUInt8(at) ^ 0xff, at);
    expect(await refusal(changed)).toEqual(["workbook_broken"]);
    expect(await refusal(whole.subarray(0, whole.length - 30))).toEqual(["workbook_broken"]);
    expect(await refusal(packZip({ "word/document.xml": "<w/>" }))).toEqual(["workbook_broken"]);
    expect(await refusal(packZip({ ...parts, [SHEET]: "" }))).toEqual(["workbook_broken"]);
    expect(await refusal(spoilt(SHEET, () => Buffer.from([0xff, 0xfe, 0x00])))).toEqual(["workbook_broken"]);
    expect(await refusal(spoilt(SHEET, (xml) => xml.replace('t="s"><v>0', 't="s"><v>999')))).toEqual([
      "workbook_broken",
    ]);
  });

  it("is refused when it is encrypted or names a file twice", async () => {
    const encrypted = packZip(parts);
    encrypted.writeUInt8(1, encrypted.lastIndexOf("PK\x01\x02") + 8);
    expect(await refusal(encrypted)).toEqual(["workbook_broken"]);
    const twice = packZip({ "xl/a.xml": "<a/>", "xl/b.xml": "<b/>" });
    twice.write("xl/a.xml", twice.lastIndexOf("xl/b.xml"), "latin1");
    expect(await refusal(twice)).toEqual(["workbook_broken"]);
  });

  it(`is read up to ${ROLL_LIMITS.columns} columns`, async () => {
    const wide = [...header, ...Array<XlsxCell>(ROLL_LIMITS.columns - header.length - 1).fill(null), "末"];
    const roll = await readRoll(writeXlsx({ name: "清册", rows: [wide, ["101", number("50"), "甲"]] }));
    expect(roll.faults).toEqual([]);
  });
});
