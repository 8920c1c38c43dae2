import fc from "fast-check";
import readXlsxFile, { readSheetNames } from "read-excel-file/node";
import { describe, expect, it } from "vitest";
import { cellText, type Sheet } from "#app/domain/sheet.ts";
import { writeWorkbook } from "./workbook.server.ts";

describe("a workbook", () => {
  it("holds figures as figures, areas exactly, days and moments as dates", async () => {
    const sheet: Sheet = {
      name: "结果",
      columns: [{ label: "编号", kind: "text" }, { label: "户", kind: "number" }, { label: "面积", kind: "area" }, { label: "日", kind: "day" }, { label: "时", kind: "moment" }],
      rows: [["007", 12, 5_843, "2026-11-21", new Date("2026-11-20T17:05:00Z")], ["=1+1", 0, 7, null, null]],
    };
    const workbook = await writeWorkbook([sheet, { ...sheet, name: "再一张" }]);
    expect(await readSheetNames(workbook)).toEqual(["结果", "再一张"]);
    expect(await readXlsxFile(workbook)).toEqual([
      ["编号", "户", "面积", "日", "时"],
      ["007", 12, 58.43, new Date("2026-11-21T00:00:00Z"), new Date("2026-11-21T01:05:00Z")],
      ["=1+1", 0, 0.07, null, null],
    ]);
  });

  it("writes every area to the hundredth, not near it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 200_000 }), { minLength: 1, maxLength: 40 }), async (areas) => {
        const workbook = await writeWorkbook([{ name: "面积", columns: [{ label: "面积", kind: "area" }], rows: areas.map((area) => [area]) }]);
        const [, ...rows] = await readXlsxFile(workbook, { parseNumber: (written: string) => written });
        expect(rows.map(([written]) => Math.round(Number(written) * 100))).toEqual(areas);
        for (const [written] of rows) expect(String(written)).toMatch(/^\d+(\.\d{1,2})?$/);
      }),
      { numRuns: 20 },
    );
  });

  it("is read back as it was, whatever stands in it", async () => {
    const strange = fc.constantFrom("toString", "__proto__", "=1+1", "-2", "a\tb", 'a"b', "甲\n乙", "甲\r\n乙", "甲\u2028乙", "甲\u2029乙", "朱𠮷祥", "'陈", "&lt;", "<b>", "]]>", " 甲 ", "_x000D_", "007");
    // What XML cannot hold no cell can; nothing of it is let into the portal either.
    const value = fc.oneof(strange, fc.string({ unit: "grapheme" }).filter((text) => text !== "" && !/[^\P{C}\t\n\r]/u.test(text)));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 6 }), async (rows) => {
        const workbook = await writeWorkbook([{ name: "表", columns: [{ label: "一", kind: "text" }, { label: "二", kind: "text" }], rows }]);
        const [, ...found] = await readXlsxFile(workbook, { trim: false });
        expect(found).toEqual(rows.map((row) => row.map((text) => (text in {} ? `${text} ` : cellText(text)))));
      }),
      { numRuns: 60 },
    );
  });
});
