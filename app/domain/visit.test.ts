import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ATTEMPTS, doorOf, doorPurpose, isDoorOpen, nextDoor, visitForm, visitOutcomes, visitUndoForm, whyVisitUndoIsRefused, type Visit, type VisitOutcome,
} from "./visit.ts";

const on = (day: string, outcome: VisitOutcome): Visit => ({ outcome, at: new Date(`${day}T10:00:00+08:00`) });

describe("a door", () => {
  it("is to be visited until somebody was there", () => {
    expect(doorOf([])).toEqual({ state: "to-visit", attempts: [], reachedOn: null });
  });

  it("is met or called from the last talk on", () => {
    expect(doorOf([on("2026-11-03", "absent"), on("2026-11-05", "met")])).toEqual({ state: "met", attempts: [], reachedOn: "2026-11-05" });
    expect(doorOf([on("2026-11-05", "met"), on("2026-11-06", "called")])).toMatchObject({ state: "called", reachedOn: "2026-11-06" });
    expect(doorOf([on("2026-11-05", "met"), on("2026-11-06", "absent")])).toEqual({ state: "absent", attempts: ["2026-11-06"], reachedOn: "2026-11-05" });
  });

  it("is not to be reached after attempts on three days, which it names", () => {
    const visits = [on("2026-11-03", "absent"), on("2026-11-03", "absent"), on("2026-11-05", "absent")];
    expect(doorOf(visits)).toMatchObject({ state: "absent", attempts: ["2026-11-03", "2026-11-05"] });
    expect(doorOf([...visits, on("2026-12-01", "absent")])).toMatchObject({ state: "unreachable", attempts: ["2026-11-03", "2026-11-05", "2026-12-01"] });
  });

  it("counts days in Shanghai", () => {
    const visits = ["2026-11-03T15:59:00Z", "2026-11-03T16:01:00Z"].map((at) => ({ outcome: "absent" as const, at: new Date(at) }));
    expect(doorOf(visits).attempts).toEqual(["2026-11-03", "2026-11-04"]);
  });

  it("whatever happened, forgets attempts at a talk, and is unreachable just when there are three days since", () => {
    const history = fc.array(fc.record({ outcome: fc.constantFrom(...visitOutcomes), at: fc.date({ min: new Date("2026-01-01"), max: new Date("2026-12-31"), noInvalidDate: true }) }));
    fc.assert(
      fc.property(history, (given) => {
        const visits = [...given].sort((a, b) => a.at.getTime() - b.at.getTime());
        const { state, attempts, reachedOn } = doorOf(visits);
        expect(attempts).toEqual([...new Set(attempts)].sort());
        expect(state === "unreachable").toBe(attempts.length >= ATTEMPTS);
        expect(reachedOn === null).toBe(visits.every(({ outcome }) => outcome === "absent"));
        expect(doorOf([...visits, { outcome: "met", at: new Date("2027-01-01") }])).toMatchObject({ state: "met", attempts: [] });
      }),
    );
  });
});

describe("the worklist", () => {
  const flat = { asked: 0, returned: 0, known: false };

  it("is about ballots while a consultation is open, else about intents, and about nothing once the lift runs", () => {
    expect(doorPurpose([flat, { ...flat, asked: 1 }], "in-use")).toBe("ballot");
    expect(doorPurpose([flat], "reserve")).toBe("intent");
    expect(doorPurpose([flat], "in-use")).toBe("none");
  });

  it("loses a flat whose ballot came back, or whose intent is known", () => {
    expect(isDoorOpen("ballot", { ...flat, asked: 1 })).toBe(true);
    expect(isDoorOpen("ballot", { ...flat, asked: 2, returned: 1 })).toBe(true);
    expect(isDoorOpen("ballot", { ...flat, asked: 1, returned: 1 })).toBe(false);
    expect(isDoorOpen("ballot", { ...flat, known: true })).toBe(false);
    expect(isDoorOpen("intent", flat)).toBe(true);
    expect(isDoorOpen("intent", { ...flat, known: true })).toBe(false);
    expect(isDoorOpen("none", flat)).toBe(false);
  });

  it("leads on to the next door that nobody has tried today or reached", () => {
    const door = (room: string, ...visits: Visit[]) => ({ room, ...doorOf(visits) });
    const doors = [
      door("601"), door("602", on("2026-11-21", "met")), door("501", on("2026-11-20", "absent")), door("502", on("2026-11-21", "absent")),
    ];
    expect(nextDoor(doors, "601", "2026-11-21")).toBe("501");
    expect(nextDoor(doors, "501", "2026-11-21")).toBe("601");
    expect(nextDoor(doors, "501", "2026-11-22")).toBe("502");
    expect(nextDoor(doors, "gone", "2026-11-21")).toBe("601");
    expect(nextDoor(doors.slice(1, 2), "602", "2026-11-21")).toBeUndefined();
  });
});

describe("taking a visit back", () => {
  const at = new Date("2026-11-21T02:00:00Z");
  const minutes = (n: number) => new Date(at.getTime() + n * 60_000);
  const visit = { accountId: 7, at, undone: false };

  it("is for who recorded it, for ten minutes, once", () => {
    expect(whyVisitUndoIsRefused(visit, { accountId: 7, now: minutes(10) })).toBeNull();
    expect(whyVisitUndoIsRefused(visit, { accountId: 7, now: minutes(10.1) })).toEqual({ code: "undo_late" });
    expect(whyVisitUndoIsRefused(visit, { accountId: 8, now: at })).toEqual({ code: "visit_unknown" });
    expect(whyVisitUndoIsRefused({ ...visit, undone: true }, { accountId: 7, now: at })).toEqual({ code: "visit_undone" });
  });
});

describe("the form at the door", () => {
  it("has an outcome and a word for colleagues, and no choice", () => {
    expect(visitForm.parse({ outcome: "met", note: " " })).toEqual({ outcome: "met", note: undefined });
    expect(Object.keys(visitForm.shape)).toEqual(["outcome", "note"]);
    expect(visitForm.safeParse({ outcome: "agree" }).success).toBe(false);
    expect(visitUndoForm.parse({ visit: "12" })).toEqual({ visit: 12 });
    expect(visitUndoForm.safeParse({ visit: "0" }).success).toBe(false);
  });
});
