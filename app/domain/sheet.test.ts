import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cellText, sheetCsv, type Sheet } from "./sheet.ts";

const text = (...values: string[]): Sheet => ({ name: "表", columns: [{ label: "内容", kind: "text" }], rows: values.map((value) => [value]) });

/** The rows below the headings as another program reads them, without the apostrophe that marks text. */
const read = (csv: string) =>
  (parse(csv, { bom: true, record_delimiter: "\r\n", relax_column_count: true }) as string[][]).slice(1).map((row) => row.map((cell) => cell.replace(/^'/, "")));

describe("CSV for a spreadsheet", () => {
  it("begins with the mark by which Excel knows UTF-8, and ends its lines as Excel does", () => {
    expect(sheetCsv(text("陈"))).toBe("\uFEFF内容\r\n陈\r\n");
  });

  it("writes figures as figures, areas exactly, days as days", () => {
    const sheet: Sheet = {
      name: "表",
      columns: [{ label: "户", kind: "number" }, { label: "面积", kind: "area" }, { label: "日", kind: "day" }, { label: "时", kind: "moment" }, { label: "空", kind: "text" }],
      rows: [[-12, 5_843, "2026-11-21", new Date("2026-11-21T01:05:00Z"), null], [0, 7, null, null, ""]],
    };
    expect(sheetCsv(sheet)).toBe("\uFEFF户,面积,日,时,空\r\n-12,58.43,2026-11-21,2026-11-21 09:05,\r\n0,0.07,,,\r\n");
  });

  it("keeps what would be run, and what would lose its form, as text", () => {
    for (const value of ["=1+1", "-2", "+86", "@SUM(A1)", "\t=1", "'陈", "310115195003070027", "02150000000", "007", "3-1", "1/2", "1e5", "2026-11-21", "12.50"]) {
      expect([value, sheetCsv(text(value)).includes(`'${value}`)]).toEqual([value, true]);
    }
    for (const value of ["101", "0", "13800000001", "陈建国", "A1-004", "3 号", "e5"]) expect([value, sheetCsv(text(value)).includes("'")]).toEqual([value, false]);
  });

  it("is read back as it was, whatever stands in it", () => {
    const strange = fc.constantFrom("=1+1", "-2", "\tx", 'a"b', "甲\n乙", "朱𠮷祥", "'", "''", ",", ";", "a\tb", " 甲 ", "=HYPERLINK(\"http://x\")", "0x1F", "\uFEFF");
    const value = fc.oneof(fc.string({ unit: "binary" }).filter((s) => !s.includes("\0")), strange, fc.stringMatching(/^[-+\d.,:/ %e]{0,12}$/));
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { maxLength: 8 }), (rows) => {
        const sheet: Sheet = { name: "表", columns: [{ label: "一", kind: "text" }, { label: "二", kind: "text" }], rows };
        expect(read(sheetCsv(sheet))).toEqual(rows.map((row) => row.map(cellText)));
      }),
      { numRuns: 500 },
    );
  });
});
