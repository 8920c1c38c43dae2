import { describe, expect, it } from "vitest";
import { channelAfter, flatsMeant, nextPage, nextWithout, readChannel, standing, type BoardPage } from "./board.ts";

const flat = (unit: string, change: Partial<Parameters<typeof standing>[0]> = {}) => ({
  unit, room: unit.split("-").pop() ?? "", choice: null, channel: null, waitingChoice: null, waitingChannel: null, ...change,
});
const paper = { choice: "agree", channel: "paper" } as const;

describe("what stands for a flat", () => {
  it("is its counting ballot, or the newer one that waits for the second person", () => {
    expect(standing(flat("101"))).toBeNull();
    expect(standing(flat("101", paper))).toEqual(paper);
    expect(standing(flat("101", { ...paper, waitingChoice: "oppose", waitingChannel: "proxy" }))).toEqual({ choice: "oppose", channel: "proxy" });
  });
});

describe("a stack of paper", () => {
  const page = (id: number): BoardPage => ({ id, fileId: "f", page: id, pages: 9, returned: [] });
  const next = (ids: readonly number[], id: number) => nextPage(ids.map(page), id)?.id ?? null;

  it("goes on with the page that follows, and round again, never with the same one", () => {
    expect([next([3, 5, 8], 3), next([3, 5, 8], 4), next([3, 5, 8], 8), next([5], 5), next([], 1)]).toEqual([5, 5, 3, null, null]);
    expect(next([8, 3, 5], 8)).toBe(3);
  });
});

describe("a stack of ballots", () => {
  const flats = [flat("101"), flat("102", paper), flat("201", { waitingChoice: "agree", waitingChannel: "paper" }), flat("202")];
  const next = (unit: string | null) => nextWithout(flats, unit)?.unit;

  it("goes on with the next flat without a ballot, and round again", () => {
    expect(next(null)).toBe("101");
    expect(next("101")).toBe("202");
    expect(next("202")).toBe("101");
    expect(next("201")).toBe("202");
    expect(next("elsewhere")).toBe("101");
  });

  it("never goes on with the flat that it has just left, and ends where all have one", () => {
    expect(nextWithout([flat("101")], "101")).toBeUndefined();
    expect(nextWithout([flat("101", paper)], null)).toBeUndefined();
  });
});

describe("somebody who looks for a flat", () => {
  const flats = ["3号-502", "3号-1502", "4号-502", "4号-5A"].map((unit) => flat(unit));
  const meant = (typed: string) => flatsMeant(flats, typed).map(({ unit }) => unit);

  it("finds it by the name on the roll, by the door, and however it is typed", () => {
    expect(meant(" 3号-502 ")).toEqual(["3号-502"]);
    expect(meant("3-502")).toEqual(["3号-502"]);
    expect(meant("３号５０２室")).toEqual(["3号-502"]);
    expect(meant("502室")).toEqual(["3号-502", "4号-502"]);
    expect(meant("5a")).toEqual(["4号-5A"]);
  });

  it("finds the one of the stairwell that is looked at before all others", () => {
    const placed = [{ unit: "3号-502", room: "502", stairwellCode: "A1-003" }, { unit: "4号-502", room: "502", stairwellCode: "A1-004" }];
    const seen = (stairwell: string | null) => flatsMeant(placed, "502", stairwell).map(({ unit }) => unit);
    expect([seen("A1-004"), seen("A1-009"), seen(null)]).toEqual([["4号-502"], ["3号-502", "4号-502"], ["3号-502", "4号-502"]]);
  });

  it("finds nothing for nothing, nor for a part of a number", () => {
    for (const typed of ["", "  ", "室", "02", "999"]) expect(meant(typed)).toEqual([]);
  });
});

describe("where a ballot comes from", () => {
  it("is what the one before came from, but a proxy once only", () => {
    expect((["paper", "assisted", "proxy"] as const).map(channelAfter)).toEqual(["paper", "assisted", "paper"]);
  });

  it("is paper unless it is named", () => {
    expect(["assisted", "proxy", "paper", "online", "", null, undefined].map(readChannel)).toEqual(["assisted", "proxy", "paper", "paper", "paper", "paper", "paper"]);
  });
});
