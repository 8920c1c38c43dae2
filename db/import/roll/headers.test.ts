import { describe, expect, it } from "vitest";
import { fieldOfHeader } from "./headers.ts";

describe("a header", () => {
  it.each([
    ["房 号", "room"],
    ["建筑面积（平方米）", "area"],
    ["建筑面积㎡", "area"],
    ["*产证面积(m²)：", "area"],
    ["业主／产权人", "owner"],
    ["产权人（业主）", "owner"],
    ["身份证号后四位", "id"],
    ["证件号码（后4位）", "id"],
    ["联系\n电话", "phone"],
    ["所在层", "floor"],
    ["备注", "note"],
    ["面积来源", "areaSource"],
    ["户主", null],
    ["套内面积", null],
    ["总层数", null],
    ["", null],
  ])("%s stands for %s", (text, field) => {
    expect(fieldOfHeader(text)).toBe(field);
  });
});
