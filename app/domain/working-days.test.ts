import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, daysBetween } from "./shanghai-day.ts";
import { addWorkingDays, isWorkingDay } from "./working-days.ts";

const anyDay = fc.integer({ min: 0, max: 40_000 }).map((days) => addDays("2000-01-01", days));
const anyCount = fc.integer({ min: 0, max: 30 });

describe("a working day", () => {
  it("is Monday to Friday", () => {
    expect(["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"].map((day) => isWorkingDay(day))).toEqual([true, false, false, true]);
  });

  it("is none on a public holiday, and a Saturday that is worked in exchange is one", () => {
    expect(isWorkingDay("2026-10-01")).toBe(false);
    expect(isWorkingDay("2026-10-07")).toBe(false);
    expect(isWorkingDay("2026-10-08")).toBe(true);
    expect(isWorkingDay("2026-10-10")).toBe(true);
    expect(isWorkingDay("2026-10-11")).toBe(false);
  });
});

describe("working days from a day on", () => {
  it("do not count that day, and go over weekends, month ends and leap days", () => {
    expect(addWorkingDays("2026-11-19", 1)).toBe("2026-11-20");
    expect(addWorkingDays("2026-11-20", 1)).toBe("2026-11-23");
    expect(addWorkingDays("2026-11-21", 1)).toBe("2026-11-23");
    expect(addWorkingDays("2026-11-27", 3)).toBe("2026-12-02");
    expect(addWorkingDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(addWorkingDays("2028-02-28", 2)).toBe("2028-03-01");
    expect(addWorkingDays("2028-12-29", 1)).toBe("2029-01-01");
  });

  it("go over the holidays of the year and count the weekends worked in exchange", () => {
    expect(addWorkingDays("2026-09-30", 1)).toBe("2026-10-08");
    expect(addWorkingDays("2026-09-30", 3)).toBe("2026-10-10");
    expect(addWorkingDays("2026-02-13", 2)).toBe("2026-02-24");
  });

  it("end on a working day with exactly so many working days after the first", () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 30 }), (day, count) => {
        const end = addWorkingDays(day, count);
        const between = Array.from({ length: daysBetween(day, end) }, (_, index) => addDays(day, index + 1));
        expect(isWorkingDay(end)).toBe(true);
        expect(between.filter((one) => isWorkingDay(one))).toHaveLength(count);
      }),
    );
  });

  it("add up, and never end earlier for a later beginning", () => {
    fc.assert(
      fc.property(anyDay, anyCount, anyCount, fc.integer({ min: 0, max: 20 }), (day, some, more, later) => {
        expect(addWorkingDays(addWorkingDays(day, some), more)).toBe(addWorkingDays(day, some + more));
        expect(addWorkingDays(addDays(day, later), some) >= addWorkingDays(day, some)).toBe(true);
      }),
    );
  });
});
