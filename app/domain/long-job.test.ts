import { describe, expect, it } from "vitest";
import { MOST_TRIES, whatToDo } from "./long-job.ts";

const now = new Date("2026-11-22T02:00:00Z");
const later = new Date(now.getTime() + 1);

describe("a job that takes long", () => {
  it("is begun by whoever comes first, and again once nobody is at it any more", () => {
    expect(whatToDo({ tries: 0, workedUntil: null, endedAt: null }, now)).toBe("begin");
    expect(whatToDo({ tries: 1, workedUntil: later, endedAt: null }, now)).toBe("nothing");
    expect(whatToDo({ tries: 1, workedUntil: now, endedAt: null }, now)).toBe("begin");
  });

  it("is given up after some tries that nobody survived, and left alone once it is done", () => {
    expect(whatToDo({ tries: MOST_TRIES, workedUntil: now, endedAt: null }, now)).toBe("give-up");
    expect(whatToDo({ tries: MOST_TRIES, workedUntil: later, endedAt: null }, now)).toBe("nothing");
    expect(whatToDo({ tries: 1, workedUntil: null, endedAt: now }, now)).toBe("nothing");
  });
});
