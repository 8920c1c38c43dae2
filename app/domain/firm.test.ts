import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { averageLate, blockForm, firmForm, firmStanding, isCreditCode, whyBlockIsRefused, whyFirmIsRefused } from "./firm.ts";

const CODE = "91310115MA1H7Y2X3N";
const SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/** The first seventeen signs with the last that fits. */
function withCheck(first: string): string {
  return first + [...SIGNS].find((sign) => isCreditCode(first + sign));
}

describe("the identifier of a firm", () => {
  it("is checked by its last sign: of the 31 signs exactly one fits, and one sign misread is found", () => {
    // The example of GB 32100-2015.
    expect(isCreditCode("91350100M000100Y43")).toBe(true);
    const sign = fc.constantFrom(...SIGNS);
    fc.assert(
      fc.property(fc.array(sign, { minLength: 17, maxLength: 17 }), fc.nat(17), sign, (first, at, other) => {
        const code = withCheck(first.join(""));
        expect([...SIGNS].filter((last) => isCreditCode(code.slice(0, 17) + last))).toHaveLength(1);
        const misread = code.slice(0, at) + other + code.slice(at + 1);
        expect(isCreditCode(misread)).toBe(misread === code);
      }),
    );
  });

  it("is read as it is typed, and refused where a sign is missing or cannot be", () => {
    const typed = { firmName: "安居加梯", kind: "agent", grade: "", validFrom: "2026-01-01", validUntil: "", source: "名录" };
    const code = withCheck(CODE.slice(0, 17));
    const phone = (firmPhone: string) => firmForm.safeParse({ ...typed, creditCode: code, firmPhone }).success;
    expect(["021-5000 0199", "+86 21 50000199", "962121", ""].map(phone)).toEqual([true, true, true, true]);
    expect(["打门房", "96333", "021--5000", "9".repeat(16)].map(phone)).toEqual([false, false, false, false]);
    expect(firmForm.parse({ ...typed, creditCode: ` ${code.slice(0, 6)} ${code.slice(6).toLowerCase()}` })).toMatchObject({ creditCode: code, grade: undefined, validUntil: undefined });
    for (const creditCode of ["", code.slice(1), `${code}0`, `I${code.slice(1)}`]) expect(firmForm.safeParse({ ...typed, creditCode }).error?.issues[0]?.message).toBe("not-a-credit-code");
    expect(firmForm.safeParse({ ...typed, creditCode: code, validUntil: "2025-12-31" }).error?.issues).toMatchObject([{ path: ["validUntil"], message: "before-start" }]);
    expect(blockForm.safeParse({ step: "block", reason: " ", source: "通报" }).success).toBe(false);
  });
});

it("a firm can be taken from its first to its last day, and never while it is on the blacklist", () => {
  const firm = { validFrom: "2026-01-01", validUntil: "2026-12-31", blocked: false };
  const on = (day: string, change = {}) => firmStanding({ ...firm, ...change }, day);
  expect(["2025-12-31", "2026-01-01", "2026-12-31", "2027-01-01"].map((day) => on(day))).toEqual(["not-yet", "valid", "valid", "expired"]);
  expect(on("2099-01-01", { validUntil: null })).toBe("valid");
  expect(on("2026-06-01", { blocked: true })).toBe("blacklisted");
});

it("the register refuses what it has already, and another identifier for the same firm", () => {
  const firm = { name: "安居加梯", kind: "agent", grade: "A", validFrom: "2026-01-01", validUntil: null, source: "名录", phone: null, creditCode: CODE } as const;
  expect(whyFirmIsRefused(null, firm, { known: false })).toBeNull();
  expect(whyFirmIsRefused(null, firm, { known: true })?.code).toBe("firm_known");
  expect(whyFirmIsRefused(firm, { ...firm, creditCode: "91350100M000100Y43" }, { known: false })?.code).toBe("firm_code_fixed");
  expect(whyFirmIsRefused(firm, { ...firm }, { known: true })?.code).toBe("firm_unchanged");
  expect(whyFirmIsRefused(firm, { ...firm, grade: "B" }, { known: true })).toBeNull();
});

it("a firm is put on the blacklist once, and taken off it once", () => {
  expect([whyBlockIsRefused(false, "block"), whyBlockIsRefused(true, "clear")]).toEqual([null, null]);
  expect(whyBlockIsRefused(true, "block")?.code).toBe("firm_blocked");
  expect(whyBlockIsRefused(false, "clear")?.code).toBe("firm_not_blocked");
});

it("firms are compared by how late they are from three projects on", () => {
  expect(averageLate([10, 20])).toBeNull();
  expect(averageLate([10, 20, null])).toBeNull();
  expect(averageLate([10, 20, 0, null])).toBe(10);
  expect(averageLate([1, 0, 0])).toBe(0);
});
