import { describe, expect, it } from "vitest";
import { simplify } from "./traditional.ts";

describe("an address in traditional characters", () => {
  it("reads like its simplified form", () => {
    expect(simplify("銀杏新村 2 號樓")).toBe("银杏新村 2 号楼");
    expect(simplify("龍華西路馬廠灣")).toBe("龙华西路马厂湾");
  });

  it("is left alone where it is simplified already, or no Chinese", () => {
    expect(simplify("海棠苑 8 号, hty")).toBe("海棠苑 8 号, hty");
  });
});
