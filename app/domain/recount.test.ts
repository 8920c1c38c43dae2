import { describe, expect, it } from "vitest";
import { isRecountDue } from "./recount.ts";

describe("the nightly recount", () => {
  const at = (text: string) => new Date(`${text}+08:00`);

  it("is due at three in the morning in Shanghai, once a night", () => {
    const last = at("2026-11-20T03:00:00");
    expect(isRecountDue(last, at("2026-11-20T23:59:00"))).toBe(false);
    expect(isRecountDue(last, at("2026-11-21T02:59:59"))).toBe(false);
    expect(isRecountDue(last, at("2026-11-21T03:00:00"))).toBe(true);
    expect(isRecountDue(at("2026-11-21T03:00:10"), at("2026-11-21T03:01:00"))).toBe(false);
  });

  it("is due at once where there was none, and after nights that were missed", () => {
    expect(isRecountDue(null, at("2026-11-21T12:00:00"))).toBe(true);
    expect(isRecountDue(at("2026-11-01T03:00:00"), at("2026-11-21T12:00:00"))).toBe(true);
  });
});
