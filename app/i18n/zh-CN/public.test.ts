import { describe, expect, it } from "vitest";
import { stages } from "#app/domain/stages.ts";
import type { PublicEvent } from "#app/domain/public-view.ts";
import { home } from "./home.ts";
import { openData } from "./open-data.ts";
import { stairwellName } from "./places.ts";
import { publicWords } from "./public.ts";
import { stageNames, stageWords } from "./stages.ts";

const { consultation } = publicWords.stairwell;

it("names a stairwell by its door", () => {
  expect(stairwellName("梅园", "8号")).toBe("梅园 8 号楼道");
  expect(stairwellName("梅园", "甲单元")).toBe("梅园 甲单元楼道");
});

it("names the stages from the ground up, on one line of a small phone", () => {
  expect(Object.keys(stageNames)).toEqual([...stages]);
  for (const name of Object.values(stageNames)) expect([...name].length).toBeLessThanOrEqual(6);
});

it("says what goes on at a stage in at most twenty-five characters", () => {
  for (const { now } of Object.values(stageWords)) expect([...now].length).toBeLessThanOrEqual(25);
});

describe("a test of a result", () => {
  it("says what it needs and whether it is met", () => {
    expect(consultation.verdict("2/3", false, true, 8)).toBe("三分之二以上，需 8 人，已达到");
    expect(consultation.verdict("1/2", true, false, "50.01")).toBe("超过一半，需 50.01 平方米，没有达到");
    expect(consultation.verdict("3/4", false, false, null)).toBe("要四分之三以上，没有达到");
    expect(consultation.noFigures("3/5", false, true)).toBe("3/5以上，已达到");
  });

  it("is called what the law measures", () => {
    expect(["quorum-heads", "quorum-area", "approval-heads", "approval-area"].map(consultation.test)).toEqual([
      "参加表决的人数", "参加表决的面积", "其中同意的人数", "其中同意的面积",
    ]);
    expect([consultation.value(11, 12), consultation.value("10.00", "20.00")]).toEqual(["11／12 人", "10.00／20.00 平方米"]);
  });

  it("names its rule with the days of effect", () => {
    expect(consultation.rule("第二百七十八条", "2021-01-01", null)).toBe("规则：第二百七十八条；2021 年 1 月 1 日起施行。");
    expect(consultation.rule("749号", null, "2020-12-31")).toBe("规则：749号；2020 年 12 月 31 日止。");
  });
});

it("tells each step of the history in words", () => {
  const day = "2026-11-21";
  const events: PublicEvent[] = [
    { day, kind: "stage", stage: "assessment", back: false },
    { day, kind: "stage", stage: "reserve", back: true },
    ...(["reserve-entered", "works-started", "in-use"] as const).map((kind) => ({ day, kind })),
    ...(["stairwell", "community"] as const).flatMap((scope) => [
      ...(["consultation-opened", "consultation-withdrawn", "consultation-passed", "consultation-failed"] as const).map((kind) => ({ day, kind, scope })),
      { day, kind: "consultation-extended" as const, scope, until: "2026-12-31" },
    ]),
  ];
  const said = events.map((event) => publicWords.events(event));
  expect(said.slice(0, 2)).toEqual(["进入“条件评估”", "退回到“加梯储备”"]);
  expect(new Set(said).size).toBe(events.length);
});

it("does not say that some communities have begun where all have", () => {
  expect(home.skyline.caption(105, 105)).toContain("105 个小区，都有人");
  expect(home.skyline.caption(105, 7)).toContain("105 个小区，7 个有人");
  expect(home.skyline.captionOfStairwells(22, 22)).toContain("22 个楼道，都已经起步");
  expect(home.skyline.captionOfStairwells(22, 21)).toContain("22 个楼道，21 个已经起步");
});

it("explains every value of the stage column", () => {
  const row = openData.download.rows.find(({ name }) => name === "stage");
  for (const stage of stages) expect(row?.meaning).toContain(stage);
});
