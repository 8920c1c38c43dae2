import { z } from "zod";
import type { Problem } from "./problem.ts";
import { getRuleset, isRulesetId, rulesetIds, rulesetInForce, rulesetSchema } from "./ruleset.ts";
import { settingDefaults } from "./setting-defaults.ts";
import { isDay } from "./shanghai-day.ts";

const words = (max: number) => z.string().min(1).max(max);
const day = z.string().refine(isDay);
const whole = (least: number, most: number) => z.number().int().min(least).max(most);
const fen = whole(1, 100_000_000_00);

/** What an assessor looks at (加梯条件评估因素). */
const factor = z.strictObject({
  id: words(60),
  name: words(60),
  /** The least that a measured value should be; the number as text, as it was written. */
  limit: z.strictObject({ least: z.string().regex(/^\d{1,4}(\.\d{1,2})?$/), unit: words(8) }).nullable(),
  remedy: words(120).nullable(),
  /** Noted down, without an effect on the grade. */
  informative: z.boolean(),
});

/** A milestone of the works (施工节点) with the days that it usually takes. */
const milestone = z.strictObject({ id: words(8), name: words(60), days: whole(1, 365) });

/** A subsidy for one lift: a fixed sum, or a share of the costs up to a sum. */
const subsidy = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({ kind: z.literal("fixed"), fen }),
  z.strictObject({ kind: z.literal("share"), percent: whole(1, 100), mostFen: fen }),
]);

/** How costs are spread over the floors, from the ground floor up. Further floors go on in steps, or have no default. */
const scheme = z.discriminatedUnion("kind", [
  /** Coefficients in hundredths, `step` more for each floor above the last. */
  z.strictObject({ kind: z.literal("coefficients"), id: words(60), name: words(60), source: words(120), floors: z.array(whole(0, 10_000)).min(1).max(60), step: whole(0, 1_000) }),
  /** Hundredths of a percent, together 100 %. */
  z.strictObject({ kind: z.literal("percentages"), id: words(60), name: words(60), source: words(120), floors: z.array(whole(0, 10_000)).min(1).max(60).refine((all) => all.reduce((a, b) => a + b) === 10_000) }),
  /** From and to, in percent: the owners agree on something in between. */
  z.strictObject({
    kind: z.literal("intervals"), id: words(60), name: words(60), source: words(120),
    floors: z.array(z.tuple([whole(0, 100), whole(0, 100)]).refine(([from, to]) => from <= to)).min(1).max(60),
  }),
]);

/** A ruleset that the subdistrict has added. Once in use its id means the same thresholds for ever. */
const ownRuleset = rulesetSchema.extend({
  id: z.string().regex(/^own:.{1,60}$/u),
  title: words(60),
  source: words(300),
  effectiveFrom: day,
  effectiveUntil: day.nullable(),
});

const rulesetId = z.union([z.enum(rulesetIds), z.string().regex(/^own:.{1,60}$/u)]);

const byId = (list: readonly { id: string }[]) => new Set(list.map(({ id }) => id)).size === list.length;

/** Everything that the subdistrict may set, each with the shape of its value. */
export const settingSchemas = {
  factors: z.array(factor).min(1).max(60).refine(byId),
  milestones: z.array(milestone).min(1).max(30).refine(byId),
  "city-subsidy": subsidy,
  "district-subsidy": subsidy,
  "cost-schemes": z.array(scheme).min(1).max(12).refine(byId),
  phones: z.array(z.strictObject({ name: words(30), number: z.string().regex(/^[\d+][\d \-()]{2,23}$/) })).max(12),
  "legal-texts": z.strictObject({ privacy: words(3_000), ballot: words(3_000), payment: words(3_000) }),
  /** How many days before the deadline those who have not returned a ballot are reminded: once or twice. */
  reminders: z.array(whole(1, 60)).min(1).max(2).refine(([first = 0, second = 0]) => first > second),
  /** Days after the deadline in which paper that came in time is still recorded, before the portal closes. */
  "paper-grace": whole(0, 14),
  "priority-weights": z.strictObject({ willing: whole(0, 100), floors: whole(0, 100), help: whole(0, 100) }).refine((w) => w.willing + w.floors + w.help > 0),
  /** What is offered first when a consultation is opened, for a stairwell and for a whole community. */
  "default-ruleset": z.strictObject({ stairwell: rulesetId, community: rulesetId }),
  "own-rulesets": z.array(ownRuleset).max(12).refine(byId),
} as const;

export type SettingKey = keyof typeof settingSchemas;
export type SettingValue<Key extends SettingKey> = z.infer<(typeof settingSchemas)[Key]>;
export type OwnRuleset = SettingValue<"own-rulesets">[number];

export const settingKeys = Object.keys(settingSchemas) as SettingKey[];

export function isSettingKey(text: string): text is SettingKey {
  return Object.hasOwn(settingSchemas, text);
}

/** A value with the first day on which it holds, in Shanghai; null: always has. */
export interface Dated<Value> {
  fromDay: string | null;
  value: Value;
}

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
    const wrong = (["stairwell", "community"] as const).find((place) => !isOffered(chosen[place], fromDay, ownRulesets));
    if (wrong) return { code: "ruleset_not_offered", at: `${wrong}Rule` };
  }
  return null;
}

/** Whether a consultation may be opened under a ruleset on a day. */
function isOffered(id: string, day: string, ownRulesets: readonly OwnRuleset[]): boolean {
  if (isRulesetId(id)) return getRuleset(id).binding && rulesetInForce(id, day);
  return ownRulesets.some((rule) => rule.id === id && rule.effectiveFrom <= day && day <= (rule.effectiveUntil ?? day));
}

function whyRulesetsAreRefused(value: readonly OwnRuleset[], entries: readonly SettingEntry[]): Problem<SettingRefusal> | null {
  const earlier = entries.flatMap((entry) => valueOf("own-rulesets", entry));
  const rewritten = value.find((rule) => earlier.some((before) => before.id === rule.id && !sameValue({ ...before, effectiveUntil: null }, { ...rule, effectiveUntil: null })));
  if (rewritten) return { code: "ruleset_rewritten", at: "lines", params: { title: rewritten.title } };
  const removed = earlier.find((before) => !value.some(({ id }) => id === before.id));
  return removed ? { code: "ruleset_removed", at: "lines", params: { title: removed.title } } : null;
}
