import { describe, expect, it } from "vitest";
import { lineText, linesText, maskMobile, mobile, optional, readMobile } from "./text.ts";

const fault = (schema: ReturnType<typeof lineText>, value: unknown) => schema.safeParse(value).error?.issues[0]?.message;

describe("a line of text", () => {
  it("is trimmed and keeps every name", () => {
    expect(lineText(10).parse("  朱𠮷祥 ")).toBe("朱𠮷祥");
    expect(lineText(20).parse("阿依古丽·买买提")).toBe("阿依古丽·买买提");
  });

  it("counts characters, not code units", () => {
    expect(lineText(3).safeParse("𠮷𠮷𠮷").success).toBe(true);
    expect(fault(lineText(2), "𠮷𠮷𠮷")).toBe("too-long");
  });

  it("is refused when missing, blank or holding what cannot be seen", () => {
    expect(fault(lineText(9), undefined)).toBe("missing");
    expect(fault(lineText(9), ["a"])).toBe("missing");
    expect(fault(lineText(9), "   ")).toBe("missing");
    for (const bad of ["a\u202Eb", "a\u0000b", "a\u200Bb", "a\ud800b", "a\nb"]) expect(fault(lineText(9), bad)).toBe("unreadable");
  });

  it("may have several lines where lines are asked for", () => {
    expect(linesText(9).parse("一\n二")).toBe("一\n二");
    expect(linesText(9).safeParse("一\u0000二").success).toBe(false);
    expect(linesText(2).safeParse("一二三").success).toBe(false);
  });

  it("may be left out where it is optional", () => {
    expect(optional(lineText(9)).parse(" ")).toBeUndefined();
    expect(optional(lineText(9)).parse(undefined)).toBeUndefined();
    expect(optional(lineText(9)).parse("好")).toBe("好");
  });
});

describe("a mobile number", () => {
  it("is read as people write it", () => {
    for (const typed of ["13800000101", "138 0000 0101", "138-0000-0101", "+86 13800000101", "008613800000101", "１３８００００１０１".replace("１０１", "0101")]) {
      expect(mobile.parse(typed)).toBe("13800000101");
    }
  });

  it("is refused when it is none", () => {
    for (const typed of ["1380000", "02150000000", "23800000101", "138000001011", "abc", "1".repeat(100)]) {
      expect(mobile.safeParse(typed).error?.issues[0]?.message).toBe("not-a-mobile");
    }
    expect(mobile.safeParse(undefined).error?.issues[0]?.message).toBe("missing");
    expect(readMobile("12800000101")).toBeNull();
  });

  it("is shown with its middle hidden", () => {
    expect(maskMobile("13800000101")).toBe("138****0101");
  });
});
