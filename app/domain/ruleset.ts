import { z } from "zod";
import { parseFraction } from "./fraction.ts";
import { isDay } from "./shanghai-day.ts";

const measureSchema = z
  .string()
  .refine((text) => parseFraction(text) !== null)
  .nullable();

/** Thresholds as a consultation file carries them: fractions as text, null for what is not tested. */
export const rulesetSchema = z.strictObject({
  quorum: z.strictObject({ heads: measureSchema, area: measureSchema }).nullable(),
  approval: z.strictObject({
    of: z.enum(["participants", "roll"]),
    heads: measureSchema,
    area: measureSchema,
    strict: z.boolean(),
  }),
});

export type Ruleset = z.infer<typeof rulesetSchema>;

export const rulesetIds = [
  "cn-sh-intent",
  "cn-civil-278-major",
  "cn-civil-278-ordinary",
  "cn-sh-2019-stairwell",
] as const;

export type RulesetId = (typeof rulesetIds)[number];

const OWN_RULESET_ID = /^own:.{1,60}$/u;

/** The id of one that a subdistrict has added: its title. */
export const ownRulesetId = z.string().regex(OWN_RULESET_ID);

export const anyRulesetId = z.string({ error: "missing" }).refine((id) => isRulesetId(id) || OWN_RULESET_ID.test(id), { error: "missing" });

export interface NamedRuleset extends Ruleset {
  /** A `RulesetId`, or that of one that a subdistrict has added. */
  id: string;
  /** Chinese, for the screen. */
  title: string;
  /** Chinese, with its article. */
  source: string;
  /** First and last day of effect, YYYY-MM-DD in Asia/Shanghai; null where the source names none. */
  effectiveFrom: string | null;
  effectiveUntil: string | null;
  /** False for a practice that decides nothing in law. */
  binding: boolean;
}

/**
 * An id means the same thresholds for ever, because closed consultations were counted under them:
 * a change of law ends a ruleset and adds another under a new id.
 */
const namedRulesets: Readonly<Record<RulesetId, NamedRuleset>> = {
  "cn-sh-intent": {
    id: "cn-sh-intent",
    title: "加梯意愿（非正式表决）",
    source: "街道工作惯例：全楼道三分之二以上的户愿意，进入加梯储备；不具法律约束力",
    effectiveFrom: null,
    effectiveUntil: null,
    binding: false,
    quorum: null,
    approval: { of: "roll", heads: "2/3", area: null, strict: false },
  },
  "cn-civil-278-major": {
    id: "cn-civil-278-major",
    title: "改建、重建等重大事项",
    source:
      "《中华人民共和国民法典》第二百七十八条第一款第六项至第八项、第二款：面积和人数均三分之二以上参与表决，参与者中面积和人数均四分之三以上同意",
    effectiveFrom: "2021-01-01",
    effectiveUntil: null,
    binding: true,
    quorum: { heads: "2/3", area: "2/3" },
    approval: { of: "participants", heads: "3/4", area: "3/4", strict: false },
  },
  "cn-civil-278-ordinary": {
    id: "cn-civil-278-ordinary",
    title: "其他共同决定事项",
    source:
      "《中华人民共和国民法典》第二百七十八条第二款：面积和人数均三分之二以上参与表决，参与者中面积和人数均过半数同意",
    effectiveFrom: "2021-01-01",
    effectiveUntil: null,
    binding: true,
    quorum: { heads: "2/3", area: "2/3" },
    approval: { of: "participants", heads: "1/2", area: "1/2", strict: true },
  },
  "cn-sh-2019-stairwell": {
    id: "cn-sh-2019-stairwell",
    title: "上海市 2019 年楼道表决规则",
    source: "沪建房管联〔2019〕749号：本楼道面积和人数均三分之二以上同意",
    effectiveFrom: null,
    effectiveUntil: "2020-12-31",
    binding: true,
    quorum: null,
    approval: { of: "roll", heads: "2/3", area: "2/3", strict: false },
  },
};

export function isRulesetId(value: unknown): value is RulesetId {
  return rulesetIds.some((id) => id === value);
}

export function getRuleset(id: RulesetId): NamedRuleset {
  return namedRulesets[id];
}

/** All named rulesets in the order of `rulesetIds`, then those that a subdistrict has added: they decide as the law's do. */
export function listRulesets(added: readonly Omit<NamedRuleset, "binding">[] = []): NamedRuleset[] {
  return [...rulesetIds.map(getRuleset), ...added.map((ruleset) => ({ ...ruleset, binding: true }))];
}

/**
 * Whether the ruleset is in force on a day, its first and last day included.
 * `day` is YYYY-MM-DD in Asia/Shanghai; a RangeError says when it is not.
 */
export function rulesetInForce({ effectiveFrom, effectiveUntil }: Pick<NamedRuleset, "effectiveFrom" | "effectiveUntil">, day: string): boolean {
  if (!isDay(day)) throw new RangeError(`not a day: ${day}`);
  return (effectiveFrom === null || effectiveFrom <= day) && (effectiveUntil === null || day <= effectiveUntil);
}
