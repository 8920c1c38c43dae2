import { describe, expect, it } from "vitest";
import {
  cleanText,
  readArea,
  readAreaSource,
  readFloor,
  readIdentity,
  readPhone,
  readRoom,
  splitSeveral,
} from "./cells.ts";

describe("a room", () => {
  it.each([
    ["101", "101", ""],
    ["１０１", "101", ""],
    ["101 室", "101", ""],
    ["101号", "101", ""],
    ["3号", "3", ""],
    ["301a", "301A", ""],
    ["2-304", "2-304", ""],
    ["101甲", "101甲", ""],
    ["3号101室", "101", "3号"],
    ["海棠路100弄3号101室", "101", "海棠路100弄3号"],
    ["2单元1203", "1203", "2单元"],
  ])("%s is %s", (text, room, entrance) => {
    expect(readRoom(text)).toEqual({ room, entrance });
  });

  it.each(['=HYPERLINK("http://x")', "=1+3号101", "全部", "0", "-101", "10.5", "2024-03-01", "101、102", "12345"])(
    "%s is none",
    (text) => {
      expect(readRoom(text)).toEqual({ fault: "not_a_room" });
    }
  );

  it("left out is told from a wrong one", () => {
    expect(readRoom("")).toEqual({ fault: "empty" });
  });
});

describe("an area", () => {
  it.each([
    ["58.43", 5843],
    ["５８．４３平方米", 5843],
    [" 61.17㎡ ", 6117],
    ["61.2m²", 6120],
    ["60 平米", 6000],
    ["58.430", 5843],
    ["1,058.5", 105850],
    ["0.01", 1],
    ["2000", 200000],
  ])("%s is %d hundredths", (text, area) => {
    expect(readArea(text)).toBe(area);
  });

  it.each([
    ["", "empty"],
    ["五十八", "not_a_number"],
    ["约58", "not_a_number"],
    ["58.4.3", "not_a_number"],
    ["1,58", "not_a_number"],
    ["=58.43", "not_a_number"],
    ["5e1", "not_a_number"],
    ["-61.17", "not_above_zero"],
    ["0.00", "not_above_zero"],
    ["58.437", "too_many_decimals"],
  ])("%s is refused as %s", (text, fault) => {
    expect(readArea(text)).toEqual({ fault });
  });

  it("beyond any flat is refused with the limit, however many digits it has", () => {
    expect(readArea("2000.01")).toEqual({ fault: "area_too_large", other: 2000 });
    expect(readArea("9".repeat(400))).toEqual({ fault: "area_too_large", other: 2000 });
  });

  it.each([
    ["不动产登记簿", "register"],
    ["产证", "register"],
    ["实测报告", "survey"],
    ["购房合同", "contract"],
    ["听说", null],
  ])("from %s has the source %s", (text, source) => {
    expect(readAreaSource(text)).toBe(source);
  });
});

describe("a floor", () => {
  it.each([
    ["3", 3],
    ["３层", 3],
    ["第三层", 3],
    ["12F", 12],
    ["3/6", 3],
    ["4层（共6层）", 4],
    ["底层", 1],
    ["十", 10],
    ["十二楼", 12],
    ["二十一层", 21],
    ["-1", -1],
    ["0", null],
    ["三三", null],
    ["顶层", null],
    ["高区", null],
  ])("%s is %s", (text, floor) => {
    expect(readFloor(text)).toBe(floor);
  });
});

describe("a phone", () => {
  it.each([
    ["13800000101", "13800000101"],
    ["１３８００００１００１", "13800001001"],
    ["138 0000 1002", "13800001002"],
    ["138-0000-2001", "13800002001"],
    ["+86 138 0000 2001", "13800002001"],
    ["0086-13800002001", "13800002001"],
    ["8613800002001", "13800002001"],
    ["021-50000000", "02150000000"],
    ["(021) 5000 0000", "02150000000"],
    ["+86 21 5000 0000", "02150000000"],
    ["0512-6500000", "05126500000"],
  ])("%s is %s", (text, phone) => {
    expect(readPhone(text)).toBe(phone);
  });

  it.each(["1380000", "12800000101", "50000000", "138000001011", "02150000", "无号码", "+1 202 555 0100", "=138"])(
    "%s is none",
    (text) => {
      expect(readPhone(text)).toEqual({ fault: "not_a_phone" });
    }
  );
});

describe("an ID number", () => {
  const asText = (text: string) => readIdentity(text, { text, number: false });

  it.each([
    ["11010519491231002x", "11010519491231002X", null],
    ["110105 19491231 002X", "11010519491231002X", null],
    ["１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X", null],
    ["110105491231002", "11010519491231002X", null],
    ["0021", null, "0021"],
    ["113x", null, "113X"],
    ["310115********0011", null, "0011"],
    ["＊＊＊＊0448", null, "0448"],
    ["H1234567(8)", "H12345678", null],
    ["91310115MA1K35XY0X", "91310115MA1K35XY0X", null],
  ])("%s is read", (text, idNumber, idTail) => {
    expect(asText(text)).toEqual({ idNumber, idTail, warning: null });
  });

  it("with a wrong check character, lost zeros or a hidden end is read with a warning", () => {
    expect(asText("110105194912310021")).toMatchObject({ idNumber: "110105194912310021", warning: "id_check_digit" });
    expect(asText("21")).toEqual({ idNumber: null, idTail: "0021", warning: "id_zeros_restored" });
    expect(asText("310115199501******")).toEqual({ idNumber: null, idTail: null, warning: "id_hidden" });
  });

  it("that a spreadsheet has kept as a number is refused: its last digits are gone", () => {
    expect(asText("1.10105E+17")).toEqual({ fault: "digits_lost" });
    expect(readIdentity("110105194912310000", { text: "110105194912310000", number: true })).toEqual({
      fault: "digits_lost",
    });
    expect(readIdentity("110105491231002", { text: "110105491231002", number: true })).toMatchObject({ warning: null });
  });

  it.each(["沈月英", "13800000101", "1101051949123100", "ABCDEFGH", '=cmd|"x"', "12345"])("%s is none", (text) => {
    expect(asText(text)).toEqual({ fault: "not_an_id" });
  });
});

describe("a cell", () => {
  it("loses its blanks, Excel's apostrophe and marks that show nothing, and says which", () => {
    expect(cleanText(" '0021　")).toEqual({ text: "0021", removed: [], hasControl: false });
    expect(cleanText("\u202d138\u202c\u200b")).toEqual({
      text: "138",
      removed: ["U+202D", "U+202C", "U+200B"],
      hasControl: false,
    });
  });

  it("says when control characters remain, line ends and tabs not among them", () => {
    expect(cleanText("甲\u0007").hasControl).toBe(true);
    expect(cleanText("甲\n乙\t丙").hasControl).toBe(false);
  });

  it("keeps the characters of a name, those outside the basic plane and compatibility forms too", () => {
    for (const name of ["朱𠮷祥", "阿依古丽·买买提", "\uf9d1某", "葛\u{e0100}某"])
      expect(cleanText(name).text).toBe(name);
  });

  it("is taken apart at every usual separator; dashes alone hold nothing", () => {
    expect(splitSeveral("1、2/3／4,5，6;7；8\n9")).toEqual(["1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    expect(splitSeveral("—")).toEqual([]);
    expect(splitSeveral("无")).toEqual([]);
    expect(splitSeveral("0021、")).toEqual(["0021", ""]);
  });
});
