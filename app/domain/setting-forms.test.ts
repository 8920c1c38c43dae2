import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { settingForms } from "./setting-forms.ts";
import type { SettingKey, SettingValue } from "./setting-schemas.ts";

/** The first fault of a form, as "field: code", or its value. */
function typed(key: SettingKey, fields: Record<string, string>): unknown {
  const { schema, read } = settingForms[key];
  const parsed = schema.safeParse({ fromDay: "2026-12-01", ...fields });
  const [fault] = parsed.error?.issues ?? [];
  return fault ? `${fault.path.join(".")}: ${fault.message}` : read(parsed.data ?? {});
}

/** A word of a list: nothing that separates parts. */
const word = fc.stringMatching(/^[一-龥a-z𠮷]([一-龥a-z 0-9（）·𠮷]{0,8}[一-龥a-z𠮷])?$/u);
const names = (count: number) => fc.uniqueArray(word, { minLength: 1, maxLength: count });
const fraction = fc.constantFrom("1/2", "2/3", "3/4", "5/6");
const measure = fc.option(fraction, { nil: null });

const arbitrary: { [Key in SettingKey]?: fc.Arbitrary<SettingValue<Key>> } = {
  factors: names(6).chain((all) =>
    fc.tuple(...all.map((name) =>
      fc.record({
        id: fc.constant(`own:${name}`), name: fc.constant(name),
        limit: fc.option(fc.record({ least: fc.constantFrom("4", "0.8", "12.50"), unit: fc.constantFrom("米", "m", "平方米") }), { nil: null }),
        remedy: fc.option(word, { nil: null }), informative: fc.boolean(),
      })))),
  milestones: names(6).chain((all) => fc.tuple(...all.map((name, index) => fc.record({ id: fc.constant(`M${index}`), name: fc.constant(name), days: fc.integer({ min: 1, max: 365 }) })))),
  "cost-schemes": names(4).chain((all) =>
    fc.tuple(...all.map((name) => {
      const base = { id: fc.constant(`own:${name}`), name: fc.constant(name), source: word };
      return fc.oneof(
        fc.record({ ...base, kind: fc.constant("coefficients" as const), floors: fc.array(fc.nat({ max: 10_000 }), { minLength: 1, maxLength: 8 }), step: fc.nat({ max: 1_000 }) }),
        fc.record({ ...base, kind: fc.constant("percentages" as const), floors: fc.nat({ max: 10_000 }).map((first) => [first, 10_000 - first]) }),
        fc.record({ ...base, kind: fc.constant("intervals" as const), floors: fc.array(fc.tuple(fc.nat({ max: 50 }), fc.integer({ min: 50, max: 100 })), { minLength: 1, maxLength: 8 }) }),
      );
    }))),
  phones: fc.array(fc.record({ name: word, number: fc.constantFrom("021-50000000", "+86 21 5000 0000", "12345", "(021)50000000".slice(1)) }), { maxLength: 4 })
    .map((all) => all.filter(({ number }) => /^[\d+]/.test(number) && !/\)/.test(number))),
  "own-rulesets": names(4).chain((all) =>
    fc.tuple(...all.map((title) =>
      fc.record({
        id: fc.constant(`own:${title}`), title: fc.constant(title), source: word,
        effectiveFrom: fc.constant("2027-01-01"), effectiveUntil: fc.constantFrom(null, "2027-01-01", "2030-12-31"),
        quorum: fc.option(fc.record({ heads: measure, area: measure }), { nil: null }),
        approval: fc.record({ of: fc.constantFrom("participants" as const, "roll" as const), heads: measure, area: measure, strict: fc.boolean() }),
      })))),
  "city-subsidy": fc.oneof(
    fc.constant({ kind: "none" as const }),
    fc.record({ kind: fc.constant("fixed" as const), fen: fc.integer({ min: 1, max: 10_000_000_000 }) }),
    fc.record({ kind: fc.constant("share" as const), percent: fc.integer({ min: 1, max: 100 }), mostFen: fc.integer({ min: 1, max: 10_000_000_000 }) }),
  ),
  reminders: fc.oneof(fc.integer({ min: 1, max: 60 }).map((one) => [one]), fc.integer({ min: 2, max: 60 }).chain((first) => fc.integer({ min: 1, max: first - 1 }).map((second) => [first, second]))),
};

describe("a form", () => {
  it.each(Object.keys(arbitrary) as SettingKey[])("of %s reads back what it shows", (key) => {
    const values = arbitrary[key] as fc.Arbitrary<never>;
    fc.assert(fc.property(values, (value) => void expect(typed(key, settingForms[key].write(value))).toEqual(value)));
  });

  it("wants a day that exists", () => {
    expect(typed("paper-grace", { graceDays: "1", fromDay: "2027-02-29" })).toBe("fromDay: not-a-day");
    expect(typed("paper-grace", { graceDays: "1", fromDay: " " })).toBe("fromDay: missing");
  });

  it("of numbers names what is wrong", () => {
    expect(typed("paper-grace", { graceDays: "1.5" })).toBe("graceDays: not-whole");
    expect(typed("paper-grace", { graceDays: "15" })).toBe("graceDays: between:0–14");
    expect(typed("reminders", { firstReminder: "2", secondReminder: "2" })).toBe("secondReminder: not-after-first");
    expect(typed("reminders", { firstReminder: "9", secondReminder: " " })).toEqual([9]);
    expect(typed("priority-weights", { weightWilling: "0", weightFloors: "0", weightHelp: "0" })).toBe("weightWilling: all-zero");
  });

  it("of a subsidy wants the sum, and the share where it is one", () => {
    expect(typed("city-subsidy", { subsidy: "none", amount: "", percent: "" })).toEqual({ kind: "none" });
    expect(typed("city-subsidy", { subsidy: "fixed", amount: "140,000", percent: "" })).toEqual({ kind: "fixed", fen: 14_000_000 });
    expect(typed("city-subsidy", { subsidy: "fixed", amount: "" })).toBe("amount: missing");
    expect(typed("city-subsidy", { subsidy: "share", amount: "280000" })).toBe("percent: missing");
    for (const amount of ["0", "-1", "14万", "1.234", "1e9"]) expect(typed("city-subsidy", { subsidy: "fixed", amount })).toBe("amount: not-yuan");
  });

  it("of a list names the line that it does not understand", () => {
    expect(typed("milestones", { lines: "进场；3 天\n\n打桩；很久" })).toBe("lines: bad-line:3");
    expect(typed("milestones", { lines: "进场；0 天" })).toBe("lines: bad-line:1");
    expect(typed("milestones", { lines: "；3 天" })).toBe("lines: bad-line:1");
    expect(typed("milestones", { lines: "进场；3；4" })).toBe("lines: bad-line:1");
    expect(typed("milestones", { lines: "  " })).toBe("lines: missing");
    expect(typed("factors", { lines: "采光\n采光" })).toBe("lines: bad-list");
    for (const line of ["；下限 4 米", "车道；下限 宽 米", "车道；随便"]) expect(typed("factors", { lines: line })).toBe("lines: bad-line:1");
    for (const line of ["甲；系数；0、1；出处", "甲；系数；0、x；每层加 0.1；出处", "甲；系数；0；每层 0.1；出处", "甲；百分比；50、49；出处", "甲；百分比；a；出处", "甲；区间；5-4；出处", "甲；区间；5；出处", "甲；其他；1；出处", "甲；区间；0-1；多；出处", "甲；百分比；100；", "；百分比；100；出处"]) {
      expect(typed("cost-schemes", { lines: line })).toBe("lines: bad-line:1");
    }
    for (const line of ["办公室", "办公室：电话", "：021"]) expect(typed("phones", { lines: line })).toBe("lines: bad-line:1");
    const good = ["甲", "依据", "参与 2/3、2/3", "同意 3/4、3/4", "占参与者", "以上", "2027-01-01 起"];
    expect(typed("own-rulesets", { lines: good.join("；") })).toHaveLength(1);
    const bad: [number, string][] = [[0, ""], [1, ""], [2, "参与 4/3、2/3"], [3, "同意 3/4"], [4, "占一半"], [5, "左右"], [6, "2027-02-30 起"], [6, "2027-01-01"]];
    for (const [at, part] of bad) expect(typed("own-rulesets", { lines: good.with(at, part).join("；") })).toBe("lines: bad-line:1");
    for (const more of ["至 2026-12-31", "至 明年", "2030-01-01", "至 2030-01-01；多余"]) expect(typed("own-rulesets", { lines: [...good, more].join("；") })).toBe("lines: bad-line:1");
  });

  it("of a list that may be empty is emptied by leaving it blank", () => {
    expect(typed("phones", { lines: " " })).toEqual([]);
  });

  it("of rulesets knows only what may be one", () => {
    expect(typed("default-ruleset", { stairwellRule: "cn-civil-278-major", communityRule: "own:甲" })).toEqual({ stairwell: "cn-civil-278-major", community: "own:甲" });
    expect(typed("default-ruleset", { stairwellRule: "nonsense", communityRule: "own:甲" })).toBe("stairwellRule: unknown");
  });

  it("of legal texts keeps their lines", () => {
    expect(typed("legal-texts", { privacyText: "一\r\n二", ballotText: "三", paymentText: "四" })).toEqual({ privacy: "一\n二", ballot: "三", payment: "四" });
  });
});
