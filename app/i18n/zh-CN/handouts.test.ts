import { describe, expect, it } from "vitest";
import type { HandoutConsultation } from "#app/domain/handouts.ts";
import { getRuleset } from "#app/domain/ruleset.ts";
import { authorisationHandout, ballotHandout, ruleSentence } from "./handouts.ts";

const consultation: HandoutConsultation = {
  code: "Q2026-A1-002",
  scope: "stairwell",
  community: "海棠苑",
  building: "1幢",
  entrance: "2号",
  committee: "春申居委会",
  phone: "021-5000 0011",
  openedAt: "2026-11-20T02:00:00.000Z",
  closesAt: "2026-12-01T15:59:59.999Z",
  ruleset: getRuleset("cn-civil-278-major"),
  plan: { number: 2, version: 3, agent: "安居加梯", make: "申菱", model: "S1", entry: "half", position: "north", priceFen: 60_000_000, months: 4 },
  place: { code: "A1-002", building: "1幢", entrance: "2号" },
};
const flat = { unit: "101", room: "101", area: 5686, owners: ["谢海涛", "李梅"] };

describe("the rule on a ballot", () => {
  it("is one sentence with all its thresholds", () => {
    expect(ruleSentence(getRuleset("cn-civil-278-major"))).toBe("人数和面积都要三分之二以上参加表决，其中人数和面积都要四分之三以上同意，才算通过。");
    expect(ruleSentence(getRuleset("cn-civil-278-ordinary"))).toBe("人数和面积都要三分之二以上参加表决，其中人数和面积都要超过一半同意，才算通过。");
    expect(ruleSentence(getRuleset("cn-sh-2019-stairwell"))).toBe("全体业主中人数和面积都要三分之二以上同意，才算通过。");
  });

  it("names measures by themselves where they differ or one is not tested", () => {
    const approval = { of: "participants", heads: "3/4", area: null, strict: false } as const;
    expect(ruleSentence({ quorum: { heads: "2/3", area: "4/5" }, approval })).toBe("人数要三分之二以上、面积要4/5以上参加表决，其中人数要四分之三以上同意，才算通过。");
    expect(ruleSentence({ quorum: null, approval: { ...approval, heads: null, area: "2/3" } })).toBe("参加表决的业主中面积要三分之二以上同意，才算通过。");
  });
});

describe("a flat's ballot", () => {
  it("says what is asked, about which version of which plan, until when, where to and whom to call", () => {
    const ballot = ballotHandout(consultation, flat);
    expect(ballot.question).toBe("您是否同意本楼道按方案二（第 3 版）加装电梯？");
    expect(ballot.facts.map(({ term, value }) => `${term} ${value}`)).toEqual([
      "代建单位 安居加梯", "电梯 申菱 S1", "入户方式 错层入户（到半层，再走半层楼梯）", "井道位置 北侧外墙", "总价 600 000 元", "工期 4 个月",
    ]);
    expect(ballot.handIn).toBe("12 月 1 日 24:00 前交到春申居委会，或交给上门的工作人员。");
    expect(ballot.call).toContain("021-5000 0011");
    expect(ballot.signers).toEqual(["谢海涛（签名）", "李梅（签名）"]);
    expect(ballot.area).toBe("建筑面积 56.86 平方米");
  });

  it("asks the whole community about its land, with the stairwell that the lift is for", () => {
    const asked = { ...consultation, scope: "community", plan: null, place: { code: "A1-003", building: "1幢", entrance: "3号" } } as const;
    const ballot = ballotHandout(asked, { ...flat, owners: [] });
    expect(ballot.question).toBe("您是否同意2 号楼道加装电梯，使用小区共有的土地？");
    expect(ballot.place).toBe("海棠苑 1幢3号");
    expect(ballot.facts).toEqual([]);
    expect(ballot.signers).toEqual(["产权人（签名）"]);
  });
});

describe("an authorisation form", () => {
  it("names the owners of its flat, and leaves lines where it is for nobody in particular", () => {
    expect(authorisationHandout(consultation, flat).principal.names).toBe("谢海涛、李梅");
    const blank = authorisationHandout(consultation, null);
    expect(blank.principal.names).toBe("");
    expect(blank.signers).toHaveLength(2);
  });
});
