import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { courseOf, dueOf, type Due } from "./public-course.ts";
import type { PublicStairwell } from "./public-view.ts";
import { addDays, daysBetween, startOfDay } from "./shanghai-day.ts";
import { stageIndex, stages, type SideState, type Stage } from "./stages.ts";

const at = startOfDay;
const now = at("2026-11-21");
const move = (from: Stage, to: Stage, day: string) => ({ from, to, at: at(day) });
const stop = (to: SideState | null, day: string) => ({ to, at: at(day) });
const way = [move("intent", "reserve", "2026-01-10"), move("reserve", "assessment", "2026-03-01"), move("assessment", "consultation", "2026-05-01")];
const consulting = { stage: "consultation", stageSince: at("2026-05-01"), sideState: null, moves: way, stops: [] } as const;

describe("the way of a project over time", () => {
  it("has each stage with its days, adding up to the whole, and the one that comes next", () => {
    expect(courseOf(consulting, null, now)).toEqual({
      stays: [
        { stage: "reserve", from: "2026-01-10", until: "2026-03-01", days: 50, back: false, halts: [] },
        { stage: "assessment", from: "2026-03-01", until: "2026-05-01", days: 61, back: false, halts: [] },
        { stage: "consultation", from: "2026-05-01", until: null, days: 204, back: false, halts: [] },
      ],
      next: { stage: "plan-notice", due: null, daysLate: 0 },
      last: "2026-11-21", today: "2026-11-21",
    });
  });

  it("is none for wishes, and begins with what is known where no step is on record", () => {
    expect(courseOf({ ...consulting, stage: "intent" }, null, now)).toBeNull();
    expect(courseOf({ ...consulting, moves: [] }, null, now)?.stays).toEqual([{ stage: "consultation", from: "2026-05-01", until: null, days: 204, back: false, halts: [] }]);
  });

  it("tells nothing of a fall below two thirds: it begins with the last time that they were reached", () => {
    const moves = [move("intent", "reserve", "2026-01-10"), move("reserve", "intent", "2026-02-02"), move("intent", "reserve", "2026-04-01")];
    const course = courseOf({ ...consulting, stage: "reserve", moves }, null, now);
    expect(course?.stays.map(({ stage, from }) => [stage, from])).toEqual([["reserve", "2026-04-01"]]);
    expect(JSON.stringify(course)).not.toContain("2026-02-02");
  });

  it("shows a stage twice that was stepped back to", () => {
    const moves = [...way, move("consultation", "assessment", "2026-06-01")];
    const course = courseOf({ ...consulting, stage: "assessment", moves }, null, now);
    expect(course?.stays.map(({ stage, back }) => [stage, back])).toEqual([["reserve", false], ["assessment", false], ["consultation", false], ["assessment", true]]);
    expect(course?.next?.stage).toBe("consultation");
  });

  it("shows when it stood still, in every stage that it stood still in", () => {
    const stops = [stop("disputed", "2026-11-01"), stop(null, "2026-03-11"), stop("paused", "2026-02-19")];
    const halts = courseOf({ ...consulting, sideState: "disputed", stops }, null, now)?.stays.map((stay) => stay.halts);
    expect(halts).toEqual([
      [{ state: "paused", from: "2026-02-19", until: "2026-03-01", days: 10 }],
      [{ state: "paused", from: "2026-03-01", until: "2026-03-11", days: 10 }],
      [{ state: "disputed", from: "2026-11-01", until: null, days: 20 }],
    ]);
  });

  it("ends with the day on which it ended, and has no next step then, nor where it is not suitable", () => {
    const ended = courseOf({ ...consulting, sideState: "ended", stops: [stop("ended", "2026-06-01")] }, null, now);
    expect([ended?.last, ended?.next, ended?.stays.at(-1)?.days]).toEqual(["2026-06-01", null, 31]);
    expect(courseOf({ ...consulting, sideState: "ended" }, null, now)?.last).toBe("2026-11-21");
    expect(courseOf({ ...consulting, sideState: "not-suitable" }, null, now)?.next).toBeNull();
  });

  it("ends with the day on which the lift came into use, however long ago", () => {
    const moves = stages.slice(1).map((to, index) => move(stages[index] ?? "intent", to, `2026-0${1 + Math.floor(index / 3)}-${10 + index}`));
    const course = courseOf({ ...consulting, stage: "in-use", moves }, null, now);
    expect([course?.last, course?.next, course?.stays.length, course?.stays.at(-1)?.days]).toEqual(["2026-03-18", null, 9, 0]);
  });

  it("is late by the days since a promised or planned day, and never before it or for the end of a period", () => {
    const late = (kind: Due["kind"], by: string) => courseOf(consulting, { kind, by, owner: null }, now)?.next?.daysLate;
    expect([late("promised", "2026-11-18"), late("works", "2026-11-20"), late("promised", "2026-11-21"), late("promised", "2026-12-01"), late("opinions", "2026-11-01")]).toEqual([3, 1, 0, 0, 0]);
  });

  it("adds up, whatever the steps: stays follow each other, halts lie within them", () => {
    const steps = fc.array(fc.record({ to: fc.constantFrom(...stages.slice(1)), after: fc.nat({ max: 90 }) }), { minLength: 1, maxLength: 12 });
    const changes = fc.array(fc.record({ to: fc.constantFrom("paused" as const, "disputed" as const, null), after: fc.nat({ max: 120 }) }), { maxLength: 6 });
    const spread = <T extends { after: number }>(list: readonly T[]) => {
      let day = "2024-01-01";
      return list.map((one) => ({ ...one, at: at((day = addDays(day, one.after))) }));
    };
    fc.assert(
      fc.property(steps, changes, (walked, halted) => {
        const moves = spread(walked).map(({ to, at: when }, index) => ({ from: walked[index - 1]?.to ?? ("intent" as const), to, at: when }));
        const stops = spread(halted).toReversed();
        const course = courseOf({ stage: moves.at(-1)?.to ?? "reserve", stageSince: now, sideState: null, moves, stops }, null, at("2027-12-31"));
        if (!course) throw new Error("no course");
        expect(course.stays.reduce((sum, { days }) => sum + days, 0)).toBe(daysBetween(course.stays[0]?.from ?? "", course.last));
        for (const [index, stay] of course.stays.entries()) {
          expect(stay.until).toBe(course.stays[index + 1]?.from ?? null);
          expect(stay.back).toBe(stageIndex(stay.stage) < stageIndex(moves[index]?.from ?? "intent"));
          expect(stay.halts.reduce((sum, { days }) => sum + days, 0)).toBeLessThanOrEqual(stay.days);
          for (const halt of stay.halts) expect(halt.from >= stay.from && (halt.until ?? course.last) <= (stay.until ?? course.last)).toBe(true);
        }
      }),
    );
  });
});

describe("the day of the next step", () => {
  const works = { milestones: [{ end: "2026-12-01" }, { end: "2027-02-01" }] } as PublicStairwell["works"];
  const due = (stage: Stage, given: Partial<PublicStairwell> = {}, notice: string | null = null) =>
    dueOf({ stage, pause: null, consultation: null, works: null, ...given }, notice);

  it("is promised for a project that stands still, by who owes it", () => {
    const pause = { reason: "等燃气", since: "2026-11-01", owner: "燃气公司", nextDay: "2026-12-18", daysLate: 0 };
    expect(due("construction", { works, pause })).toEqual({ kind: "promised", by: "2026-12-18", owner: "燃气公司" });
  });

  it("is the end of a running ballot, of the time for opinions, or of the works as planned", () => {
    const consultation = { state: "open", closesOn: "2026-11-30" } as PublicStairwell["consultation"];
    expect(due("consultation", { consultation })).toEqual({ kind: "ballots", by: "2026-11-30", owner: null });
    expect(due("plan-notice", {}, "2026-12-05")).toEqual({ kind: "opinions", by: "2026-12-05", owner: null });
    for (const stage of ["construction", "acceptance"] as const) expect(due(stage, { works })).toEqual({ kind: "works", by: "2027-02-01", owner: null });
  });

  it("is not known otherwise", () => {
    expect([due("consultation"), due("consultation", { consultation: { state: "counting" } as PublicStairwell["consultation"] }), due("plan-notice"), due("construction"), due("approval", { works }), due("reserve", {}, "2026-12-05")]).toEqual([null, null, null, null, null, null]);
    expect(due("construction", { works: { milestones: [] } as unknown as PublicStairwell["works"] })).toBeNull();
  });
});
