import { expect, it } from "vitest";
import { hideNumbers } from "./roll-remarks.ts";
import type { RollColumn } from "./roll.ts";

const shown = (column: RollColumn | null, value: string) => hideNumbers({ line: 2, column, code: "any", value }).value;

it("shows the ends of IDs and phones, however they are written", () => {
  expect(shown("证件号码", "310115195003070027")).toBe("310***********0027");
  expect(shown("联系电话", "139-0000-1101、13900001102")).toBe("139-****-****、*******1102");
  expect(shown("联系电话", "１３９００００１１０１")).toBe("１３９****１１０１");
});

it("leaves what is too short to be one, and what has no letter", () => {
  expect(shown("联系电话", "1234567")).toBe("1234567");
  expect(shown("证件号码", "—")).toBe("—");
});

it("hides them in other columns too, and nothing else", () => {
  expect(shown("室号", "101 31011519500307002X 王芳")).toBe("101 310***********002X 王芳");
  expect(shown(null, "建筑面积 1000.00 平方米")).toBe("建筑面积 1000.00 平方米");
});
