import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extendForm, whenToClose, whyClosingWaits, whyExtensionIsRefused, whyWithdrawalIsRefused, withdrawForm } from "./consultation-course.ts";
import { addDays, endOfDay, shanghaiDay, startOfDay } from "./shanghai-day.ts";

const times = { openedAt: new Date("2026-11-21T02:00:00Z"), closesAt: endOfDay("2026-11-28"), closedAt: null };
const now = new Date("2026-11-25T02:00:00Z");

describe("extending", () => {
  const refusal = (closesOn: string, change: Partial<{ closedAt: Date; now: Date }> = {}) =>
    whyExtensionIsRefused({ ...times, ...change }, { closesOn, now: change.now ?? now });

  it("moves the deadline to a later day, until the last moment before it", () => {
    expect(refusal("2026-11-29")).toBeNull();
    expect(refusal("2026-11-29", { now: times.closesAt })).toBeNull();
    expect(refusal("2026-11-29", { now: new Date(times.closesAt.getTime() + 1) })).toEqual({ code: "deadline_passed", params: { day: "2026-11-28" } });
    expect(refusal("2026-11-29", { closedAt: now })).toEqual({ code: "not_open" });
    for (const closesOn of ["2026-11-28", "2026-11-27"]) expect(refusal(closesOn)).toEqual({ code: "not_later", at: "closesOn", params: { day: "2026-11-28" } });
  });

  it("ends a year after the opening at the latest", () => {
    expect(refusal("2027-11-21")).toBeNull();
    expect(refusal("2027-11-22")).toEqual({ code: "period_too_long", at: "closesOn", params: { last: "2027-11-21" } });
  });

  it("needs a day and a reason", () => {
    expect(extendForm.safeParse({ closesOn: "2026-11-29", reason: "还有几户在外地" }).success).toBe(true);
    for (const wrong of [{ closesOn: "2026-11-31", reason: "x" }, { closesOn: "2026-11-29", reason: " " }]) expect(extendForm.safeParse(wrong).success).toBe(false);
  });
});

describe("taking back", () => {
  it("is possible until the first ballot, whatever became of that since", () => {
    expect(whyWithdrawalIsRefused(times, 0)).toBeNull();
    expect(whyWithdrawalIsRefused(times, 1)).toEqual({ code: "ballots_cast" });
    expect(whyWithdrawalIsRefused({ closedAt: now }, 0)).toEqual({ code: "not_open" });
    expect(withdrawForm.safeParse({ reason: "选错了楼道", code: "123456" }).success).toBe(true);
    expect(withdrawForm.safeParse({ reason: "选错了楼道" }).success).toBe(false);
  });
});

describe("closing by itself", () => {
  it("is at the deadline, some days later while paper waits to be typed or checked", () => {
    const closesAt = endOfDay("2028-02-28");
    expect(whenToClose(closesAt, { waitingPaper: 0, graceDays: 3 })).toEqual(closesAt);
    for (const waitingPaper of [1, 40]) expect(whenToClose(closesAt, { waitingPaper, graceDays: 3 })).toEqual(endOfDay("2028-03-02"));
    expect(whenToClose(closesAt, { waitingPaper: 1, graceDays: 0 })).toEqual(closesAt);
  });

  it("waits for the deadline, and then for paper", () => {
    const nobody = { waitingPaper: 0, graceDays: 3 };
    const after = new Date(times.closesAt.getTime() + 1);
    expect(whyClosingWaits(times, nobody, times.closesAt)).toEqual({ code: "before_deadline", params: { day: "2026-11-28" } });
    expect(whyClosingWaits(times, nobody, after)).toBeNull();
    expect(whyClosingWaits(times, { ...nobody, waitingPaper: 2 }, after)).toEqual({ code: "paper_waits" });
    expect(whyClosingWaits(times, { ...nobody, waitingPaper: 2 }, startOfDay("2026-12-02"))).toBeNull();
    expect(whyClosingWaits({ ...times, closedAt: now }, nobody, after)).toEqual({ code: "not_open" });
  });

  it("comes never before the deadline, and never later than the days of grace after it", () => {
    const day = fc.date({ min: new Date("2021-01-01"), max: new Date("2090-01-01"), noInvalidDate: true }).map(shanghaiDay);
    fc.assert(
      fc.property(day, fc.nat(50), fc.nat(14), (closesOn, waitingPaper, graceDays) => {
        const closes = whenToClose(endOfDay(closesOn), { waitingPaper, graceDays });
        expect(closes >= endOfDay(closesOn) && closes <= endOfDay(addDays(closesOn, graceDays))).toBe(true);
      }),
    );
  });
});
