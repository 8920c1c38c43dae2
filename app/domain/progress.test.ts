import { describe, expect, it } from "vitest";
import {
  byCommittee, byLetter, drawsStairwells, pagesOf, progressData, progressQuery, reachOf, stairwellReach, sumProgress,
  type CommunityProgress, type Counts, type StairwellProgress,
} from "./progress.ts";
import { stages, type Stage } from "./stages.ts";

const at = (counts: Partial<Record<Stage, number>> = {}) =>
  Object.fromEntries(stages.map((stage) => [stage, counts[stage] ?? 0])) as Counts["stages"];

function communityOf(given: Partial<CommunityProgress> = {}): CommunityProgress {
  return {
    code: "T1", name: "梅园", pinyin: "meiyuan", address: "长河路12弄", builtYear: 1988, floors: 6, committeeId: 1, committee: "第2居委会",
    phone: "021-50000001", subdistrict: "梅园街道", stairwells: 3, flats: 36, withIntents: 2, reserve: 1, consulting: 0, passed: 1, failed: 0,
    building: 0, inUse: 0, stages: at({ intent: 2, consultation: 1 }), ...given,
  };
}

describe("the counts of several communities", () => {
  const rows = [
    communityOf(),
    communityOf({ code: "T2", committeeId: 7, committee: "第10居委会" }),
    communityOf({ code: "T3", committeeId: 1, stairwells: 4, inUse: 1, stages: at({ intent: 3, "in-use": 1 }) }),
  ];

  it("add up, stage by stage", () => {
    expect(sumProgress(rows)).toMatchObject({ stairwells: 10, flats: 108, inUse: 1, stages: { intent: 7, consultation: 2, "in-use": 1 } });
    expect(sumProgress([])).toMatchObject({ stairwells: 0, stages: { intent: 0 } });
  });

  it("stand under their committees, the second before the tenth", () => {
    expect(byCommittee(rows).map(({ id, name, stairwells, communities }) => [id, name, stairwells, communities.length])).toEqual([
      [1, "第2居委会", 7, 2],
      [7, "第10居委会", 3, 1],
    ]);
  });

  it("are the same as data at every level", () => {
    const data = progressData(rows, new Date("2026-11-21T02:00:00Z"));
    expect(data.as_of).toBe("2026-11-21T02:00:00.000Z");
    expect(data.total).toMatchObject({ stairwells: 10, with_intents: 6, intent_reached: 3, consultation_passed: 3, lift_in_use: 1 });
    expect(data.committees[0]).toMatchObject({ committee: "第2居委会", stairwells: 7, communities: [{ community: "T1", name: "梅园" }, { community: "T3" }] });
  });
});

it("communities stand under the first letters of their names, those without one at #", () => {
  const named = ["xuesong", "lanting", "lihua", "3cun"].map((pinyin) => communityOf({ pinyin, code: pinyin }));
  const same = communityOf({ pinyin: "lanting", code: "second" });
  expect(byLetter([...named, same]).map(({ letter, rows }) => [letter, rows.map(({ code }) => code)])).toEqual([
    ["#", ["3cun"]],
    ["L", ["lanting", "second", "lihua"]],
    ["X", ["xuesong"]],
  ]);
});

describe("the house of a community in the skyline", () => {
  it("has its car where the furthest stairwell is", () => {
    expect(reachOf(communityOf())).toMatchObject({ furthest: "consultation", car: 3 / 9, floors: 6, inUse: false });
    expect(reachOf(communityOf({ stages: at({ "in-use": 1 }), inUse: 1 }))).toMatchObject({ car: 1, inUse: true });
    expect(reachOf(communityOf({ stages: at({ intent: 3 }) }))).toMatchObject({ furthest: "intent", car: 0 });
  });

  it("has no shaft where nobody has filed an intent, and six floors where none are known", () => {
    expect(reachOf(communityOf({ stages: at({ intent: 3 }), withIntents: 0 }))).toMatchObject({ furthest: null, car: null });
    expect(reachOf(communityOf({ stages: at(), withIntents: 0, floors: null }))).toMatchObject({ furthest: null, floors: 6 });
  });
});

describe("the house of a stairwell in the skyline", () => {
  const stairwell: StairwellProgress = { code: "T1-01", community: "梅园", entrance: "3号", floors: 5, stage: "intent", hasIntents: false, inUse: false };
  const name = "梅园 3 号楼道";

  it("has its car at the stage", () => {
    expect(stairwellReach({ ...stairwell, stage: "construction" }, name)).toEqual({ code: "T1-01", name, floors: 5, furthest: "construction", car: 7 / 9, inUse: false });
    expect(stairwellReach({ ...stairwell, stage: "in-use", inUse: true }, name)).toMatchObject({ car: 1, inUse: true });
  });

  it("has a shaft from the first intent on", () => {
    expect(stairwellReach(stairwell, name)).toMatchObject({ furthest: null, car: null });
    expect(stairwellReach({ ...stairwell, hasIntents: true }, name)).toMatchObject({ furthest: "intent", car: 0 });
  });

  it("stands there where there are too few communities, and not too many stairwells", () => {
    expect(drawsStairwells(4, 22)).toBe(true);
    expect(drawsStairwells(15, 200)).toBe(true);
    expect(drawsStairwells(15, 201)).toBe(false);
    expect(drawsStairwells(16, 60)).toBe(false);
    expect(drawsStairwells(2, 0)).toBe(false);
  });
});

describe("the URL of the progress", () => {
  it("asks for a part, a stage and a page", () => {
    expect(progressQuery.parse({ committee: "12", stage: "construction", page: "2", utm: "x" })).toEqual({ committee: 12, stage: "construction", page: 2 });
    expect(progressQuery.parse({ committee: "", community: "", stage: "", page: "" })).toEqual({ page: 1 });
  });

  it.each([{ committee: "x" }, { committee: "0" }, { committee: "99999999999" }, { community: "c 1" }, { stage: "done" }, { page: "-1" }, { page: "1.5" }])(
    "is refused with %j",
    (asked) => {
      expect(progressQuery.safeParse(asked).success).toBe(false);
    },
  );
});

it("a list takes as many pages as its rows need, an empty one takes one", () => {
  expect([0, 1, 50, 51].map((count) => pagesOf(count, 50))).toEqual([1, 1, 1, 2]);
});
