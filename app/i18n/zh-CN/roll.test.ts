import { describe, expect, it } from "vitest";
import { roll } from "./roll.ts";

describe("what is said about a roll", () => {
  it("names place, value and the other side of a fault", () => {
    const fault = { line: 3, column: "室号", code: "duplicate", value: "101", other: 2 } as const;
    expect(`${roll.place(fault)}：${roll.fault(fault)}`).toBe("第 3 行 室号：“101”与第 2 行重复");
    const total = { line: 14, column: "建筑面积", code: "total_mismatch", value: "98.53", other: "98.35" } as const;
    expect(roll.fault(total)).toBe("合计写的是 98.53，各户相加是 98.35");
  });

  it("has no place for a fault of the file as a whole", () => {
    const fault = { line: null, column: null, code: "file_too_large", value: "20971521", other: 20971520 } as const;
    expect(roll.place(fault)).toBe("");
    expect(roll.fault(fault)).toBe("文件超过 20 MB");
  });

  it("asks the clerk by rooms", () => {
    expect(roll.question({ code: "same_name", name: "丙户", rooms: ["201", "202"], known: [] })).toBe(
      "201室、202室 都有产权人丙户，证件不足以辨认，是同一人吗？"
    );
  });

  it("tells how a file was read", () => {
    expect(roll.source({ format: "csv", encoding: "gb18030", separator: ",", sheet: null, headerLine: 1 })).toBe(
      "CSV，GB18030，以逗号分隔"
    );
    expect(roll.source({ format: "xlsx", encoding: null, separator: null, sheet: "清册", headerLine: 3 })).toBe(
      "XLSX，工作表“清册”"
    );
  });
});
