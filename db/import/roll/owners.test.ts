import { describe, expect, it } from "vitest";
import { isName, isUnusualName, kindOfOwner, readOwners } from "./owners.ts";

const namesIn = (text: string) => readOwners(text).owners.map((owner) => owner.name);

describe("an owner's cell", () => {
  it.each([
    ["陆建华、王秀珍", ["陆建华", "王秀珍"]],
    ["陆建华/王秀珍", ["陆建华", "王秀珍"]],
    ["陆建华／王秀珍", ["陆建华", "王秀珍"]],
    ["陆建华，王秀珍；王某", ["陆建华", "王秀珍", "王某"]],
    ["陆建华\n王秀珍", ["陆建华", "王秀珍"]],
    ["陆建华 王秀珍", ["陆建华", "王秀珍"]],
    ["陆建华和王秀珍", ["陆建华", "王秀珍"]],
    ["陆建华和王秀珍和李和平", ["陆建华", "王秀珍", "李和平"]],
    ["阿依古丽·买买提和买买提·艾山", ["阿依古丽·买买提", "买买提·艾山"]],
    ["陆建华（1/2）、王秀珍（1/2）", ["陆建华", "王秀珍"]],
    ["陆建华、", ["陆建华"]],
  ])("%s names %j", (text, names) => {
    expect(namesIn(text)).toEqual(names);
  });

  it.each(["李和平", "欧阳和平", "买买提·和田·艾山", "上海和平房产有限公司", "朱𠮷祥", "John Smith"])(
    "%s is one owner",
    (name) => {
      expect(namesIn(name)).toEqual([name]);
    }
  );

  it("closes up a name that was spaced out, and no other", () => {
    expect(namesIn("沈　英")).toEqual(["沈英"]);
    expect(namesIn("John   Smith")).toEqual(["John Smith"]);
  });

  it("without a name has no owner", () => {
    for (const text of ["", "—", "无", " / "]) expect(namesIn(text)).toEqual([]);
  });

  it("tells the tenant of public housing from its title", () => {
    for (const text of [
      "直管公房(承租人:汤阿妹)",
      "直管公房（承租人：汤阿妹）",
      "直管公房 承租人：汤阿妹",
      "直管公房（租户汤阿妹）",
    ]) {
      expect(readOwners(text)).toEqual({
        owners: [{ name: "直管公房", kind: "public" }],
        tenant: "汤阿妹",
        shareIgnored: false,
      });
    }
  });

  it("keeps the brackets of a company's name", () => {
    expect(readOwners("上海海棠（集团）有限公司")).toMatchObject({
      owners: [{ name: "上海海棠（集团）有限公司" }],
      tenant: null,
    });
  });

  it("says when it named shares, which a roll does not count", () => {
    expect(readOwners("陆建华(50%)、王秀珍(50%)").shareIgnored).toBe(true);
  });
});

describe("the kind of an owner", () => {
  it.each([
    ["沈月英", "person"],
    ["直管公房", "public"],
    ["上海花园房地产有限公司", "company"],
    ["上海海棠集团", "company"],
    ["海棠纺织厂", "company"],
    ["海棠苑房地产开发有限公司", "developer"],
    ["海棠城市建设开发总公司", "developer"],
    ["开发商", "developer"],
    ["海棠软件开发有限公司", "company"],
  ])("%s is %s", (name, kind) => {
    expect(kindOfOwner(name)).toBe(kind);
  });
});

describe("a name", () => {
  it("has a letter and is no formula", () => {
    for (const name of ["沈月英", "朱𠮷祥", "Smith"]) expect(isName(name)).toBe(true);
    for (const name of ["=SUM(A1)", "＝1", "+86", "@甲", "#REF!", "123"]) expect(isName(name)).toBe(false);
  });

  it("is looked at again where it was damaged or holds more than a name", () => {
    for (const name of ["朱?祥", "\ue863某", "陆建华等2人", "沈月英（已故）"]) {
      expect(isUnusualName({ name, kind: "person" })).toBe(true);
    }
    expect(isUnusualName({ name: "海棠（集团）有限公司", kind: "company" })).toBe(false);
    expect(isUnusualName({ name: "阿依古丽·买买提", kind: "person" })).toBe(false);
  });
});
