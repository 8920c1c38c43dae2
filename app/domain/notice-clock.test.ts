import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { daysLeft, isEndNear, isOver, noticeEnds, phaseOf, PLAN_PERIOD, planPeriod } from "./notice-clock.ts";
import { addDays, daysBetween, endOfDay, shanghaiDay, startOfDay } from "./shanghai-day.ts";

const moments = fc.date({ min: new Date("2021-01-01"), max: new Date("2090-01-01"), noInvalidDate: true });

describe("the period of a notice", () => {
  it("begins after the day of its publication, in Shanghai", () => {
    expect(noticeEnds(new Date("2026-11-21T15:59:59.999Z"), 7)).toBe("2026-11-28");
    expect(noticeEnds(new Date("2026-11-21T16:00:00Z"), 7)).toBe("2026-11-29");
    expect(noticeEnds(new Date("2028-02-25T02:00:00Z"), 7)).toBe("2028-03-03");
    expect(noticeEnds(new Date("2027-02-25T02:00:00Z"), 7)).toBe("2027-03-04");
  });

  it("has as many days as it says", () => {
    fc.assert(fc.property(moments, fc.integer({ min: 1, max: 365 }), (published, days) => daysBetween(shanghaiDay(published), noticeEnds(published, days)) === days));
  });
});

describe("the notice of a plan", () => {
  it("is posted for ten days and takes opinions for seven more", () => {
    expect(planPeriod(new Date("2026-11-21T02:00:00Z"))).toEqual({ publishedOn: "2026-11-21", postedUntil: "2026-12-01", endsOn: "2026-12-08" });
  });

  it("goes over the ends of months and years, and has a leap day where there is one", () => {
    const days = (at: string) => Object.values(planPeriod(new Date(at)));
    expect(days("2026-12-20T02:00:00Z")).toEqual(["2026-12-20", "2026-12-30", "2027-01-06"]);
    expect(days("2027-02-18T02:00:00Z")).toEqual(["2027-02-18", "2027-02-28", "2027-03-07"]);
    expect(days("2028-02-18T02:00:00Z")).toEqual(["2028-02-18", "2028-02-28", "2028-03-06"]);
    expect(days("2028-02-12T02:00:00Z")).toEqual(["2028-02-12", "2028-02-22", "2028-02-29"]);
    expect(days("2028-02-29T02:00:00Z")).toEqual(["2028-02-29", "2028-03-10", "2028-03-17"]);
  });

  it("has the same days as a calendar that is counted by hand, from every day of a century, at its first and at its last moment", () => {
    const dayAfter = (day: string) => {
      const [year = 0, month = 0, date = 0] = day.split("-").map(Number);
      const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
      const length = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
      const [y, m, d] = date < length ? [year, month, date + 1] : month < 12 ? [year, month + 1, 1] : [year + 1, 1, 1];
      return `${y}-${String(m).padStart(2, "0")}-${String(d).padStart(2, "0")}`;
    };
    const calendar = ["2021-01-01"];
    for (let day = "2021-01-01"; day < "2121-03-01"; ) calendar.push((day = dayAfter(day)));
    for (const [index, publishedOn] of calendar.slice(0, -17).entries()) {
      const expected = { publishedOn, postedUntil: calendar[index + 10], endsOn: calendar[index + 17] };
      const ends = [startOfDay(publishedOn), endOfDay(publishedOn)].map(planPeriod);
      if (JSON.stringify(ends) !== JSON.stringify([expected, expected])) expect(ends).toEqual([expected, expected]);
    }
    expect(calendar).toEqual(expect.arrayContaining(["2024-02-29", "2100-02-28", "2100-12-31"]));
    expect(calendar).not.toContain("2100-02-29");
  });

  it("a second before the year ends belongs to the old year, midnight to the new", () => {
    expect(planPeriod(new Date("2026-12-31T15:59:59.999Z"))).toEqual({ publishedOn: "2026-12-31", postedUntil: "2027-01-10", endsOn: "2027-01-17" });
    expect(planPeriod(new Date("2026-12-31T16:00:00Z"))).toEqual({ publishedOn: "2027-01-01", postedUntil: "2027-01-11", endsOn: "2027-01-18" });
    expect(planPeriod(new Date("2028-02-28T16:00:00Z"))).toMatchObject({ publishedOn: "2028-02-29", endsOn: "2028-03-17" });
    expect(phaseOf(planPeriod(new Date("2026-12-14T02:00:00Z")), new Date("2026-12-31T15:59:59.999Z"))).toBe("opinions");
    expect(phaseOf(planPeriod(new Date("2026-12-14T02:00:00Z")), new Date("2026-12-31T16:00:00Z"))).toBe("over");
  });

  it("is not moved by a holiday: National Day counts as any day", () => {
    expect(planPeriod(new Date("2026-09-20T02:00:00Z"))).toMatchObject({ postedUntil: "2026-09-30", endsOn: "2026-10-07" });
  });

  it("a second before midnight in Shanghai belongs to one day, midnight to the next", () => {
    expect(planPeriod(new Date("2026-11-20T15:59:59Z"))).toMatchObject({ publishedOn: "2026-11-20", endsOn: "2026-12-07" });
    expect(planPeriod(new Date("2026-11-20T16:00:00Z"))).toMatchObject({ publishedOn: "2026-11-21", endsOn: "2026-12-08" });
  });

  it("is over at the midnight after its last day and not a moment before", () => {
    const period = planPeriod(new Date("2026-11-21T02:00:00Z"));
    expect(phaseOf(period, new Date("2026-11-21T02:00:00Z"))).toBe("posting");
    expect(phaseOf(period, new Date("2026-12-01T15:59:59.999Z"))).toBe("posting");
    expect(phaseOf(period, new Date("2026-12-01T16:00:00Z"))).toBe("opinions");
    expect(phaseOf(period, new Date("2026-12-08T15:59:59.999Z"))).toBe("opinions");
    expect(phaseOf(period, new Date("2026-12-08T16:00:00Z"))).toBe("over");
  });

  it("whenever it is published, never lasts less than seventeen whole days, and its phases come in order", () => {
    const order = ["posting", "opinions", "over"];
    fc.assert(
      fc.property(moments, fc.array(fc.integer({ min: 0, max: 30 * 86_400_000 }), { minLength: 2, maxLength: 6 }), (published, later) => {
        const period = planPeriod(published);
        const whole = endOfDay(period.endsOn).getTime() - startOfDay(addDays(period.publishedOn, 1)).getTime() + 1;
        expect(whole).toBe((PLAN_PERIOD.posting + PLAN_PERIOD.opinions) * 86_400_000);
        const phases = later.sort((a, b) => a - b).map((ms) => order.indexOf(phaseOf(period, new Date(published.getTime() + ms))));
        expect(phases).toEqual([...phases].sort());
        expect(isOver(period.endsOn, new Date(published.getTime() + 17 * 86_400_000 - 1))).toBe(false);
      }),
    );
  });

  it("says how many days are left", () => {
    expect(daysLeft("2026-12-08", new Date("2026-11-21T02:00:00Z"))).toBe(17);
    expect(daysLeft("2026-12-08", new Date("2026-12-08T15:59:00Z"))).toBe(0);
    expect(daysLeft("2026-12-08", new Date("2026-12-20T02:00:00Z"))).toBe(0);
  });

  it("is recalled in its last three days, and by day", () => {
    const near = (at: string) => isEndNear("2026-12-08", new Date(`${at}+08:00`));
    expect(["2026-12-04T10:00", "2026-12-05T07:59", "2026-12-05T08:00", "2026-12-08T20:59", "2026-12-08T21:00", "2026-12-09T10:00"].map(near)).toEqual([false, false, true, true, false, false]);
  });
});
