import { describe, expect, it } from "vitest";
import { getRuleset, rulesetSchema } from "#app/domain/ruleset.ts";
import { ruleSentence } from "./reading.ts";

describe("the rule in one sentence", () => {
  it("names who must take part and who must agree", () => {
    expect(ruleSentence(getRuleset("cn-civil-278-major"))).toBe(
      "参加表决的人数和面积都要三分之二以上；参加的人里，同意的人数和面积都要四分之三以上，才算通过。没交票的不算同意。",
    );
    expect(ruleSentence(getRuleset("cn-civil-278-ordinary"))).toContain("同意的人数和面积都要超过一半");
    expect(ruleSentence(getRuleset("cn-sh-2019-stairwell"))).toBe("全体业主里，同意的人数和面积都要三分之二以上，才算通过。没交票的不算同意。");
  });

  it("names heads and area each where they differ, and only what is tested", () => {
    const rule = rulesetSchema.parse({ quorum: { heads: "2/3", area: "3/5" }, approval: { of: "participants", heads: "3/4", area: null, strict: false } });
    expect(ruleSentence(rule)).toBe("参加表决的人数要三分之二以上，面积要3/5以上；参加的人里，同意的人数要四分之三以上，才算通过。没交票的不算同意。");
  });
});
