import { describe, expect, it } from "vitest";
import { maySee } from "./own-record.ts";

const boundAt = new Date("2026-11-21T07:00:00Z");
const see = (at: string, periods: { since: string | null; until: string | null }[]) => maySee(new Date(at), { boundAt, periods });

describe("what was recorded for a flat", () => {
  it("is seen by whoever has owned it since nobody knows when", () => {
    expect(see("2020-01-01T00:00:00Z", [{ since: null, until: null }])).toBe(true);
  });

  it("before a sale and on its day is not seen by the buyer, but for what came after the binding", () => {
    const bought = [{ since: "2026-11-20", until: null }];
    expect(see("2026-11-19T15:59:59Z", bought)).toBe(false);
    expect(see("2026-11-20T15:59:59Z", bought)).toBe(false);
    expect(see("2026-11-20T16:00:00Z", bought)).toBe(true);
    expect(see("2026-11-21T07:00:00Z", [{ since: "2026-11-21", until: null }])).toBe(true);
    expect(see("2026-11-21T06:59:59Z", [{ since: "2026-11-21", until: null }])).toBe(false);
  });

  it("is seen again by an owner who bought it back, and not what came between", () => {
    const twice = [{ since: null, until: "2024-05-01" }, { since: "2025-05-01", until: null }];
    expect([see("2024-04-30T02:00:00Z", twice), see("2024-06-01T02:00:00Z", twice), see("2025-05-02T02:00:00Z", twice)]).toEqual([true, false, true]);
  });

  it("without an owner is seen from the binding on", () => {
    expect([see("2026-11-21T06:59:59Z", []), see("2026-11-21T07:00:00Z", [])]).toEqual([false, true]);
  });
});
