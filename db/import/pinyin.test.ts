import { expect, it } from "vitest";
import { pinyinOf } from "./pinyin.ts";

it.each([
  ["海棠苑", "haitangyuan", "hty"],
  ["绿化新村", "lvhuaxincun", "lhxc"],
  ["长寿路第3街坊", "changshouludi3jiefang", "csld3jf"],
  ["Ａ座（东）", "azuodong", "azd"],
  ["—", "", ""],
])("%s is found as %s and as %s", (name, pinyin, initials) => {
  expect(pinyinOf(name)).toEqual({ pinyin, initials });
});
