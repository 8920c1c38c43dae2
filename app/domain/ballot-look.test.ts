import { describe, expect, it } from "vitest";
import { lookForm, looksSince } from "./ballot-look.ts";

const faults = (form: unknown) => lookForm.safeParse(form).error?.issues.map(({ path, message }) => [path[0], message]);

describe("why somebody looks at single ballots", () => {
  it("is one of three, or is written down", () => {
    expect(lookForm.parse({ purpose: "check" })).toEqual({ purpose: "check" });
    expect(lookForm.parse({ purpose: "other", reason: " 法院调取 " })).toEqual({ purpose: "other", reason: "法院调取" });
    expect(faults({ purpose: "other", reason: " " })).toEqual([["reason", "missing"]]);
    expect(faults({ purpose: "record", reason: "顺便" })).toEqual([["reason", "unknown"]]);
    expect(faults({ purpose: "curious" })).toEqual([["purpose", "missing"]]);
  });

  it("holds for twelve hours", () => {
    expect(looksSince(new Date("2026-11-21T12:00:00Z"))).toEqual(new Date("2026-11-21T00:00:00Z"));
  });
});
