import { rulesetsFor, scopes } from "./consultation.ts";
import type { Problem } from "./problem.ts";
import { settingDefaults } from "./setting-defaults.ts";
import { settingSchemas, type Dated, type OwnRuleset, type SettingKey, type SettingValue } from "./setting-schemas.ts";

/** What somebody has entered for a key. */
export interface SettingEntry {
  id: number;
  fromDay: string;
  value: unknown;
}

/** Of two entries the one that holds where both could: that of the newer day, of one day the later one. */
const newer = <Entry extends SettingEntry>(a: Entry | undefined, b: Entry): Entry =>
  a && (a.fromDay > b.fromDay || (a.fromDay === b.fromDay && a.id > b.id)) ? a : b;

function newestOn<Entry extends SettingEntry>(entries: readonly Entry[], day: string): Entry | undefined {
  return entries.filter(({ fromDay }) => fromDay <= day).reduce<Entry | undefined>(newer, undefined);
}

function defaultOn<Key extends SettingKey>(key: Key, day: string): Dated<SettingValue<Key>> {
  const [first, ...later] = settingDefaults[key] as [Dated<SettingValue<Key>>, ...Dated<SettingValue<Key>>[]];
  return later.findLast(({ fromDay }) => fromDay !== null && fromDay <= day) ?? first;
}

/** What an entry says; throws for what is no value of the key, which the database never got from the portal. */
export function valueOf<Key extends SettingKey>(key: Key, { value }: Pick<SettingEntry, "value">): SettingValue<Key> {
  return settingSchemas[key].parse(value) as SettingValue<Key>;
}

/**
 * The value of a key on a day (YYYY-MM-DD, Shanghai): the newest not later than the day, whether entered by the
 * subdistrict or given with the portal.
 *
 * @param entries those of the key
 */
export function settingOn<Key extends SettingKey>(entries: readonly SettingEntry[], key: Key, day: string): SettingValue<Key> {
  const entered = newestOn(entries, day);
  const given = defaultOn(key, day);
  return entered && entered.fromDay >= (given.fromDay ?? "") ? valueOf(key, entered) : given.value;
}

export interface Timeline<Key extends SettingKey, Entry extends SettingEntry> {
  inForce: { fromDay: string | null; value: SettingValue<Key>; entry: Entry | null };
  /** By the day from which they hold. */
  toCome: Entry[];
  /** What held or would have held: the newest entry first. */
  past: Entry[];
}

/** What holds of a key today, what will, and what did or was replaced before it could. */
export function timelineOf<Key extends SettingKey, Entry extends SettingEntry>(entries: readonly Entry[], key: Key, today: string): Timeline<Key, Entry> {
  const entered = newestOn(entries, today);
  const given = defaultOn(key, today);
  const entry = entered && entered.fromDay >= (given.fromDay ?? "") ? entered : null;
  const days = [...new Set(entries.filter(({ fromDay }) => fromDay > today).map(({ fromDay }) => fromDay))].sort();
  const toCome = days.flatMap((day) => newestOn(entries, day) ?? []);
  return {
    inForce: entry ? { fromDay: entry.fromDay, value: valueOf(key, entry), entry } : { ...given, entry: null },
    toCome,
    past: entries.filter((one) => one !== entry && !toCome.includes(one)).sort((a, b) => b.id - a.id),
  };
}

export type SettingRefusal = "setting_in_past" | "setting_unchanged" | "ruleset_rewritten" | "ruleset_removed" | "ruleset_not_offered";

/** Both read by their schema, which puts their members in one order. */
const sameValue = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/**
 * Why a value cannot be entered: it may not hold from a past day on, must change something, and an id of a ruleset that
 * was entered before stays what it was – only its last day may be set.
 *
 * @param entries all of the key; @param ownRulesets those that will hold on the day, for the key default-ruleset
 */
export function whySettingIsRefused<Key extends SettingKey>(
  { key, value, fromDay, today }: { key: Key; value: SettingValue<Key>; fromDay: string; today: string },
  entries: readonly SettingEntry[],
  ownRulesets: readonly OwnRuleset[],
): Problem<SettingRefusal> | null {
  if (fromDay < today) return { code: "setting_in_past", at: "fromDay" };
  const entered = valueOf(key, { value });
  if (sameValue(valueOf(key, { value: settingOn(entries, key, fromDay) }), entered)) return { code: "setting_unchanged" };
  if (key === "own-rulesets") return whyRulesetsAreRefused(entered as OwnRuleset[], entries);
  if (key === "default-ruleset") {
    const chosen = entered as SettingValue<"default-ruleset">;
    const wrong = scopes.find((scope) => !rulesetsFor(scope, fromDay, { added: ownRulesets }).some(({ id }) => id === chosen[scope]));
    if (wrong) return { code: "ruleset_not_offered", at: `${wrong}Rule` };
  }
  return null;
}

function whyRulesetsAreRefused(value: readonly OwnRuleset[], entries: readonly SettingEntry[]): Problem<SettingRefusal> | null {
  const earlier = entries.flatMap((entry) => valueOf("own-rulesets", entry));
  const rewritten = value.find((rule) => earlier.some((before) => before.id === rule.id && !sameValue({ ...before, effectiveUntil: null }, { ...rule, effectiveUntil: null })));
  if (rewritten) return { code: "ruleset_rewritten", at: "lines", params: { title: rewritten.title } };
  const removed = earlier.find((before) => !value.some(({ id }) => id === before.id));
  return removed ? { code: "ruleset_removed", at: "lines", params: { title: removed.title } } : null;
}
