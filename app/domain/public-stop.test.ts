import { expect, it } from "vitest";
import { publicStop } from "./public-stop.ts";

const stop = { reason: "等燃气管道迁移", owner: "燃气公司", nextDay: "2026-12-18", at: new Date("2026-12-01T02:00:00Z") };
const now = new Date("2026-12-18T15:59:00Z");

it("tells why a paused project stands still, who owes the next step, by when, and how late that is", () => {
  expect(publicStop("paused", stop, now)).toEqual({ reason: "等燃气管道迁移", owner: "燃气公司", nextDay: "2026-12-18", since: "2026-12-01", daysLate: 0 });
  expect(publicStop("paused", stop, new Date("2026-12-18T16:00:00Z"))).toMatchObject({ daysLate: 1 });
});

it("tells nothing of a project that goes on, or of a stop without all of it", () => {
  for (const sideState of [null, "disputed", "ended"] as const) expect(publicStop(sideState, stop, now)).toBeNull();
  for (const change of [{ reason: null }, { owner: null }, { nextDay: null }]) expect(publicStop("paused", { ...stop, ...change }, now)).toBeNull();
  expect(publicStop("paused", undefined, now)).toBeNull();
});
