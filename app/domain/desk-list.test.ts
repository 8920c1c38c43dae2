import { describe, expect, it } from "vitest";
import { deskConsultationsQuery, splitRoom } from "./desk-list.ts";

describe("somebody at the desk who looks for a flat", () => {
  it.each([
    ["海棠苑 8号 502", "海棠苑 8号", "502"],
    ["海棠苑８号５０２室", "海棠苑8号", "502"],
    ["A1-008 502室", "A1-008", "502"],
    ["梅园一村 12 幢 3 号 1502", "梅园一村 12 幢 3 号", "1502"],
    ["hty8号5a1", "hty8号", "5A1"],
  ])("%s: at %s the room %s", (typed, place, room) => {
    expect(splitRoom(typed)).toEqual({ place, room });
  });

  it.each(["海棠苑", "海棠苑 8号", "502", " A1 ", ""])("%s names no room", (typed) => {
    expect(splitRoom(typed)).toEqual({ place: typed.trim(), room: null });
  });
});

describe("the desk's list of consultations", () => {
  it("shows what runs unless something else is asked for", () => {
    expect(deskConsultationsQuery.parse({})).toEqual({ show: "running", page: 1 });
    expect(deskConsultationsQuery.parse({ show: "ended", community: "A1", page: "3" })).toEqual({ show: "ended", community: "A1", page: 3 });
    for (const wrong of [{ show: "x" }, { page: "0" }, { page: "x" }, { community: "A".repeat(13) }]) expect(deskConsultationsQuery.safeParse(wrong).success).toBe(false);
  });
});
