import { describe, expect, it } from "vitest";
import { getRuleset, isRulesetId, listRulesets, rulesetIds, rulesetInForce, rulesetSchema } from "./ruleset.ts";

describe("the named rulesets", () => {
  it("have the thresholds of their sources", () => {
    expect(Object.fromEntries(listRulesets().map(({ id, quorum, approval }) => [id, { quorum, approval }]))).toEqual({
      "cn-sh-intent": { quorum: null, approval: { of: "roll", heads: "2/3", area: null, strict: false } },
      "cn-civil-278-major": {
        quorum: { heads: "2/3", area: "2/3" },
        approval: { of: "participants", heads: "3/4", area: "3/4", strict: false },
      },
      "cn-civil-278-ordinary": {
        quorum: { heads: "2/3", area: "2/3" },
        approval: { of: "participants", heads: "1/2", area: "1/2", strict: true },
      },
      "cn-sh-2019-stairwell": { quorum: null, approval: { of: "roll", heads: "2/3", area: "2/3", strict: false } },
    });
  });

  it.each(rulesetIds)("%s can be written out in a consultation file", (id) => {
    const { quorum, approval } = getRuleset(id);
    expect(rulesetSchema.parse({ quorum, approval })).toEqual({ quorum, approval });
    expect(getRuleset(id).id).toBe(id);
  });

  it("all decide in law but the intent", () => {
    expect(listRulesets().filter(({ binding }) => !binding).map(({ id }) => id)).toEqual(["cn-sh-intent"]);
  });

  it("are known by their own ids only", () => {
    expect(rulesetIds.every(isRulesetId)).toBe(true);
    expect(["cn-mars", "constructor", "__proto__", "toString", "", null, {}].some(isRulesetId)).toBe(false);
  });
});

describe("a ruleset in force", () => {
  it("the Civil Code is from its first day on, 2021-01-01", () => {
    expect(rulesetInForce(getRuleset("cn-civil-278-major"), "2020-12-31")).toBe(false);
    expect(rulesetInForce(getRuleset("cn-civil-278-major"), "2021-01-01")).toBe(true);
    expect(rulesetInForce(getRuleset("cn-civil-278-ordinary"), "2020-12-31")).toBe(false);
    expect(rulesetInForce(getRuleset("cn-civil-278-ordinary"), "2026-11-21")).toBe(true);
  });

  it("the stairwell rule of 2019 is to its last day, 2020-12-31", () => {
    expect(rulesetInForce(getRuleset("cn-sh-2019-stairwell"), "2020-12-31")).toBe(true);
    expect(rulesetInForce(getRuleset("cn-sh-2019-stairwell"), "2021-01-01")).toBe(false);
  });

  it("a practice without dates always is", () => {
    expect(rulesetInForce(getRuleset("cn-sh-intent"), "2019-06-01")).toBe(true);
  });

  it.each(["2020-12-31T10:00", "2021-02-29", "today", ""])("is not asked for %j, which is no day", (day) => {
    expect(() => rulesetInForce(getRuleset("cn-sh-intent"), day)).toThrow(RangeError);
  });
});
