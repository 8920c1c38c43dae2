import { describe, expect, it } from "vitest";
import { forgettableVerbs, keptSince, retention, type RetentionKind } from "./retention.ts";

describe("what is kept", () => {
  it("is kept for its days, to the moment", () => {
    const now = new Date("2026-11-21T02:00:00Z");
    expect(keptSince("forms", now)).toEqual(new Date("2026-11-14T02:00:00Z"));
    for (const { kind, days } of retention) expect(now.getTime() - keptSince(kind, now).getTime()).toBe(days * 86_400_000);
  });

  it("stands in the list once for each kind, the shortest first", () => {
    expect(new Set(retention.map(({ kind }) => kind)).size).toBe(retention.length);
    expect(retention.map(({ days }) => days)).toEqual([...retention.map(({ days }) => days)].sort((a, b) => a - b));
  });

  it("never removes from the log what a result or a stage rests on", () => {
    const verbs = Object.values(forgettableVerbs).flat();
    for (const needed of ["ballot", "intent", "consultation", "result", "stage", "notice", "certif"]) expect(verbs.filter((verb) => verb.includes(needed))).toEqual([]);
  });

  it("of a kind that is none is kept until now", () => {
    expect(keptSince("none" as RetentionKind, new Date(5))).toEqual(new Date(5));
  });
});
