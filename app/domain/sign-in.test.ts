import { describe, expect, it } from "vitest";
import { codeForm, isCodeOpen, passwordForm, phoneForm } from "./sign-in.ts";

const now = new Date("2026-11-21T02:00:00Z");
const open = { expiresAt: new Date("2026-11-21T02:00:01Z"), tries: 4, usedAt: null };

describe("a code sent to a phone", () => {
  it("holds until its time is over, for five tries, once", () => {
    expect(isCodeOpen(open, now)).toBe(true);
    expect(isCodeOpen({ ...open, expiresAt: now }, now)).toBe(false);
    expect(isCodeOpen({ ...open, tries: 5 }, now)).toBe(false);
    expect(isCodeOpen({ ...open, usedAt: now }, now)).toBe(false);
  });

  it("is six digits, however they are typed", () => {
    expect(codeForm.parse({ code: " 123 456 " })).toEqual({ code: "123456" });
    expect(codeForm.parse({ code: "１２３４５６" })).toEqual({ code: "123456" });
    expect(codeForm.safeParse({ code: "12345" }).error?.issues[0]?.message).toBe("not-a-code");
    expect(codeForm.safeParse({}).error?.issues[0]?.message).toBe("missing");
  });
});

describe("the sign-in forms", () => {
  it("name what is missing", () => {
    expect(phoneForm.safeParse({ phone: "" }).error?.issues[0]?.message).toBe("missing");
    expect(passwordForm.safeParse({ login: "a", password: "" }).error?.issues[0]?.message).toBe("missing");
    expect(passwordForm.safeParse({ login: "a", password: "x".repeat(201) }).error?.issues[0]?.message).toBe("too-long");
  });
});
