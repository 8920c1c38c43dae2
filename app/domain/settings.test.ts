import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { settingDefaults } from "./setting-defaults.ts";
import { settingForms } from "./setting-forms.ts";
import { isSettingKey, settingKeys, settingSchemas, type OwnRuleset, type SettingKey, type SettingValue } from "./setting-schemas.ts";
import { settingOn, timelineOf, valueOf, whySettingIsRefused, type SettingEntry } from "./settings.ts";
import { addDays } from "./shanghai-day.ts";

const entry = (id: number, fromDay: string, value: unknown): SettingEntry => ({ id, fromDay, value });
const day = fc.integer({ min: 0, max: 3_000 }).map((days) => addDays("2020-01-01", days));

describe("what holds on a day", () => {
  it("is what the portal gives where nothing was entered, by the day from which that holds", () => {
    expect(settingOn([], "city-subsidy", "2023-12-31")).toEqual({ kind: "share", percent: 40, mostFen: 28_000_000 });
    expect(settingOn([], "city-subsidy", "2024-01-01")).toEqual({ kind: "fixed", fen: 14_000_000 });
    expect(settingOn([], "district-subsidy", "2026-11-21")).toEqual({ kind: "none" });
  });

  it("is the newest entry not later than the day; of one day the later entry", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(day, fc.nat({ max: 14 })), { maxLength: 12 }), day, (typed, on) => {
        const entries = typed.map(([fromDay, days], index) => entry(index + 1, fromDay, days));
        const [newest] = entries.filter(({ fromDay }) => fromDay <= on).sort((a, b) => (a.fromDay === b.fromDay ? b.id - a.id : a.fromDay < b.fromDay ? 1 : -1));
        expect(settingOn(entries, "paper-grace", on)).toBe(newest ? newest.value : 3);
        expect(settingOn(entries.toReversed(), "paper-grace", on)).toBe(settingOn(entries, "paper-grace", on));
      }),
    );
  });

  it("is what the portal gives from a later day than the newest entry", () => {
    const entries = [entry(1, "2023-06-01", { kind: "none" })];
    expect(settingOn(entries, "city-subsidy", "2023-12-31")).toEqual({ kind: "none" });
    expect(settingOn(entries, "city-subsidy", "2024-01-01")).toEqual({ kind: "fixed", fen: 14_000_000 });
  });

  it("is never something that is no value of the key", () => {
    expect(() => settingOn([entry(1, "2026-01-01", "three")], "paper-grace", "2026-01-01")).toThrow();
  });
});

describe("the timeline of a key", () => {
  it("tells what holds, what will, and what was before or never came to hold", () => {
    const entries = [entry(1, "2026-01-01", 1), entry(2, "2026-03-01", 2), entry(3, "2026-12-01", 4), entry(4, "2026-12-01", 5), entry(5, "2026-11-25", 6)];
    const { inForce, toCome, past } = timelineOf(entries, "paper-grace", "2026-11-21");
    expect([inForce.value, inForce.fromDay, inForce.entry?.id]).toEqual([2, "2026-03-01", 2]);
    expect(toCome.map(({ id }) => id)).toEqual([5, 4]);
    expect(past.map(({ id }) => id)).toEqual([3, 1]);
  });

  it("begins with what the portal gives", () => {
    expect(timelineOf([], "paper-grace", "2026-11-21")).toEqual({ inForce: { fromDay: null, value: 3, entry: null }, toCome: [], past: [] });
    const early = timelineOf([entry(1, "2023-06-01", { kind: "none" })], "city-subsidy", "2026-11-21");
    expect([early.inForce.fromDay, early.inForce.entry, early.past.map(({ id }) => id)]).toEqual(["2024-01-01", null, [1]]);
  });

  it("puts every entry in one place, and has for each day what holds on it", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(day, fc.nat({ max: 14 })), { maxLength: 12 }), day, (typed, today) => {
        const entries = typed.map(([fromDay, days], index) => entry(index + 1, fromDay, days));
        const { inForce, toCome, past } = timelineOf(entries, "paper-grace", today);
        expect([...(inForce.entry ? [inForce.entry] : []), ...toCome, ...past].sort((a, b) => a.id - b.id)).toEqual(entries);
        expect(inForce.value).toBe(settingOn(entries, "paper-grace", today));
        for (const next of toCome) expect(valueOf("paper-grace", next)).toBe(settingOn(entries, "paper-grace", next.fromDay));
      }),
    );
  });
});

const rule = (title: string, more: Partial<OwnRuleset> = {}): OwnRuleset => ({
  id: `own:${title}`, title, source: "沪房〔2027〕1号", effectiveFrom: "2027-01-01", effectiveUntil: null,
  quorum: { heads: "2/3", area: "2/3" }, approval: { of: "participants", heads: "3/4", area: "3/4", strict: false }, ...more,
});

describe("a change", () => {
  const change = <Key extends SettingKey>(key: Key, value: SettingValue<Key>, fromDay: string, entries: SettingEntry[] = [], own: OwnRuleset[] = []) =>
    whySettingIsRefused({ key, value, fromDay, today: "2026-11-21" }, entries, own);

  it("may begin today, not yesterday", () => {
    expect(change("paper-grace", 5, "2026-11-21")).toBeNull();
    expect(change("paper-grace", 5, "2026-11-20")).toEqual({ code: "setting_in_past", at: "fromDay" });
  });

  it("changes something", () => {
    expect(change("paper-grace", 3, "2026-12-01")).toEqual({ code: "setting_unchanged" });
    expect(change("paper-grace", 3, "2026-12-01", [entry(1, "2026-11-25", 4)])).toBeNull();
    expect(change("factors", [...settingDefaults.factors[0].value], "2026-12-01", [])).toEqual({ code: "setting_unchanged" });
  });

  it("never rewrites a ruleset that was entered, nor takes one away; its last day may be set", () => {
    const entries = [entry(1, "2026-12-01", [rule("甲")])];
    expect(change("own-rulesets", [rule("甲"), rule("乙")], "2026-12-02", entries)).toBeNull();
    expect(change("own-rulesets", [rule("甲", { effectiveUntil: "2030-01-01" })], "2026-12-02", entries)).toBeNull();
    expect(change("own-rulesets", [rule("甲", { quorum: null })], "2026-12-02", entries)).toEqual({ code: "ruleset_rewritten", at: "lines", params: { title: "甲" } });
    expect(change("own-rulesets", [rule("乙")], "2026-12-02", entries)).toEqual({ code: "ruleset_removed", at: "lines", params: { title: "甲" } });
  });

  it("offers only rulesets that are law or were entered, on days on which they are in force", () => {
    const offered = (stairwell: string, fromDay = "2027-06-01", own = [rule("甲", { effectiveUntil: "2027-12-31" })]) =>
      change("default-ruleset", { stairwell, community: "cn-civil-278-ordinary" }, fromDay, [], own)?.at ?? null;
    expect(offered("own:甲")).toBeNull();
    expect(offered("cn-civil-278-ordinary")).toBeNull();
    for (const [id, on] of [["own:甲", "2026-12-31"], ["own:甲", "2028-01-01"], ["own:乙", "2027-06-01"], ["cn-sh-2019-stairwell", "2027-06-01"], ["cn-sh-intent", "2027-06-01"]]) {
      expect(offered(id ?? "", on)).toBe("stairwellRule");
    }
    // A community votes by the ordinary majority.
    for (const community of ["cn-sh-intent", "cn-civil-278-major"]) {
      expect(change("default-ruleset", { stairwell: "cn-civil-278-major", community }, "2027-06-01")?.at).toBe("communityRule");
    }
    expect(offered("own:甲", "2027-06-01", [rule("甲")])).toBeNull();
  });
});

describe("the keys", () => {
  it("are known by name, and nothing else is", () => {
    expect(settingKeys.every(isSettingKey)).toBe(true);
    expect(["", "toString", "__proto__", "Factors"].some(isSettingKey)).toBe(false);
  });

  it("are given values of their shape, each by a later day than the one before", () => {
    for (const key of settingKeys) {
      const given = settingDefaults[key];
      for (const { value } of given) expect(settingSchemas[key].parse(value)).toEqual(value);
      expect(given[0].fromDay).toBeNull();
      const days = given.slice(1).map(({ fromDay }) => fromDay ?? "");
      expect([...new Set(days)].sort()).toEqual(days);
    }
  });

  it("are typed in forms that show what they are given", () => {
    for (const key of settingKeys) {
      const { schema, read, write } = settingForms[key] as { schema: typeof settingForms.phones.schema; read(data: object): unknown; write(value: never): Record<string, string> };
      for (const { value } of settingDefaults[key]) {
        const typed = schema.parse({ fromDay: "2026-12-01", ...write(value as never) });
        expect([key, read(typed)]).toEqual([key, value]);
      }
    }
  });
});
