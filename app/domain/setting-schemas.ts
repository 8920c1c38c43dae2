import { z } from "zod";
import { anyRulesetId, ownRulesetId, rulesetSchema } from "./ruleset.ts";
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
  id: ownRulesetId,
  title: words(60),
  source: words(300),
  effectiveFrom: day,
  effectiveUntil: day.nullable(),
});

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
  /** By how much of the price, in percent, a plan may change after the vote before the consent is to be renewed. */
  "plan-change-percent": whole(1, 50),
  "priority-weights": z.strictObject({ willing: whole(0, 100), floors: whole(0, 100), help: whole(0, 100) }).refine((w) => w.willing + w.floors + w.help > 0),
  /** What is offered first when a consultation is opened, for a stairwell and for a whole community. */
  "default-ruleset": z.strictObject({ stairwell: anyRulesetId, community: anyRulesetId }),
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
