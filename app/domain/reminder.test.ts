import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endOfReminding, isReminderDue, MOST_REMINDERS, remindersForm, whyReminderIsRefused } from "./reminder.ts";
import { endOfDay, shanghaiDay, shanghaiTime, startOfDay } from "./shanghai-day.ts";

const times = { openedAt: new Date("2026-11-11T02:00:00Z"), closesAt: endOfDay("2026-11-28"), closedAt: null };
/** A moment in Shanghai. */
const at = (day: string, clock = "10:00") => new Date(`${day}T${clock}:00+08:00`);
const refusal = (now: Date, sent: Date[] = [], closedAt: Date | null = null) => whyReminderIsRefused({ ...times, closedAt }, sent, now)?.code ?? null;

describe("a reminder", () => {
  it("is sent by day only: from eight until nine in the evening", () => {
    expect(["07:59", "08:00", "20:59", "21:00"].map((clock) => refusal(at("2026-11-20", clock)))).toEqual(["reminder_at_night", null, null, "reminder_at_night"]);
    expect(endOfReminding(at("2026-11-20"))).toEqual(at("2026-11-20", "21:00"));
  });

  it("is sent while ballots are taken", () => {
    expect(refusal(at("2026-11-28", "20:00"))).toBeNull();
    expect(refusal(at("2026-11-29"))).toBe("reminder_too_late");
    expect(refusal(at("2026-11-20"), [], at("2026-11-19"))).toBe("reminder_too_late");
  });

  it("is sent twice at most, and not twice on one day", () => {
    expect(refusal(at("2026-11-20"), [at("2026-11-20", "08:30")])).toBe("reminded_today");
    expect(refusal(at("2026-11-21"), [at("2026-11-20")])).toBeNull();
    expect(refusal(at("2026-11-25"), [at("2026-11-20"), at("2026-11-22")])).toBe("reminded_twice");
  });
});

describe("the portal by itself", () => {
  const due = (now: Date, sent: Date[] = [], days: readonly number[] = [7, 2], change: Partial<typeof times> = {}) => isReminderDue({ ...times, ...change }, { days, sent }, now);

  it("reminds seven days before the deadline, and two", () => {
    expect(due(at("2026-11-20"))).toBe(false);
    expect(due(at("2026-11-21"))).toBe(true);
    expect(due(at("2026-11-22"), [at("2026-11-21")])).toBe(false);
    expect(due(at("2026-11-26"), [at("2026-11-21")])).toBe(true);
    expect(due(at("2026-11-27"), [at("2026-11-21"), at("2026-11-26")])).toBe(false);
  });

  it("makes up for a day on which it did not run", () => {
    expect(due(at("2026-11-23"))).toBe(true);
    expect(due(at("2026-11-28"), [at("2026-11-21")])).toBe(true);
  });

  it("passes over a day on which the consultation was just opened", () => {
    const opened = { openedAt: new Date("2026-11-21T02:00:00Z") };
    expect(due(at("2026-11-22"), [], [7, 2], opened)).toBe(false);
    expect(due(at("2026-11-26"), [], [7, 2], opened)).toBe(true);
  });

  it("does not remind the day after a clerk did", () => {
    expect(due(at("2026-11-26"), [at("2026-11-25")])).toBe(false);
    expect(due(at("2026-11-26"), [at("2026-11-24")])).toBe(true);
  });

  it("however often and whenever it looks, sends two at most, on different days, by day and in time", () => {
    const looks = fc.array(fc.integer({ min: 0, max: 25 * 24 * 60 }), { maxLength: 60 }).map((minutes) => minutes.sort((a, b) => a - b));
    fc.assert(
      fc.property(looks, fc.constantFrom([7, 2], [3], [60, 1], [5, 4]), (minutes, days) => {
        const sent: Date[] = [];
        for (const minute of minutes) {
          const now = new Date(startOfDay("2026-11-10").getTime() + minute * 60_000);
          if (due(now, sent, days)) sent.push(now);
        }
        expect(sent.length).toBeLessThanOrEqual(Math.min(days.length, MOST_REMINDERS));
        expect(new Set(sent.map(shanghaiDay)).size).toBe(sent.length);
        for (const one of sent) {
          expect(one <= times.closesAt && one >= times.openedAt).toBe(true);
          expect(shanghaiTime(one) >= "08:00" && shanghaiTime(one) < "21:00").toBe(true);
        }
      }),
    );
  });
});

describe("the own switch", () => {
  it("is on or off", () => {
    expect(["on", "off", "", undefined].map((reminders) => remindersForm.safeParse({ reminders }).success)).toEqual([true, true, false, false]);
  });
});
