import { describe, expect, it } from "vitest";
import { openSteps, stepAt } from "./totp.ts";

describe("the step of a code", () => {
  it("is the number of half minutes since 1970", () => {
    // RFC 6238, appendix B.
    expect(stepAt(new Date(59_000))).toBe(1);
    expect(stepAt(new Date("2005-03-18T01:58:29Z"))).toBe(0x23523ec);
    expect(stepAt(new Date(60_000))).toBe(2);
  });

  it("may be off by one to either side", () => {
    expect(openSteps(new Date(3_000_000))).toEqual([100, 101, 99]);
  });
});
