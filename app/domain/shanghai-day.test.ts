import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, daysBetween, daysSince, endOfDay, isDay, shanghaiDay, shanghaiTime, startOfDay } from "./shanghai-day.ts";

describe("days in Shanghai", () => {
  it("begin eight hours before the day in Greenwich", () => {
    expect(shanghaiDay(new Date("2026-11-20T15:59:59.999Z"))).toBe("2026-11-20");
    expect(shanghaiDay(new Date("2026-11-20T16:00:00Z"))).toBe("2026-11-21");
    expect(shanghaiTime(new Date("2026-11-20T16:05:00Z"))).toBe("00:05");
  });

  it("include their first and last moment", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true }), (at) => {
        const day = shanghaiDay(at);
        expect(startOfDay(day) <= at && at <= endOfDay(day)).toBe(true);
        expect(shanghaiDay(new Date(endOfDay(day).getTime() + 1))).toBe(addDays(day, 1));
      }),
    );
  });

  it("are counted over month ends and leap days", () => {
    expect(addDays("2028-02-28", 1)).toBe("2028-02-29");
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(daysBetween("2028-02-28", "2028-03-01")).toBe(2);
    expect(daysBetween("2026-03-01", "2026-02-28")).toBe(-1);
  });

  it("are whole since a moment", () => {
    expect(daysSince(new Date("2026-11-20T03:00:00Z"), new Date("2026-11-21T02:59:59Z"))).toBe(0);
    expect(daysSince(new Date("2026-11-20T03:00:00Z"), new Date("2026-11-21T03:00:00Z"))).toBe(1);
  });

  it("exist or do not", () => {
    expect(isDay("2028-02-29")).toBe(true);
    expect(isDay("2027-02-29")).toBe(false);
    expect(isDay("2027-13-01")).toBe(false);
    expect(isDay("27-1-1")).toBe(false);
  });
});
