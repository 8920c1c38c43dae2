import { z } from "zod";
import { formatYuan, parseYuan } from "./money.ts";
import { factorLines, milestoneLines, phoneLines, readLines, rulesetLines, schemeLines, writeLines, type Lines } from "./setting-lines.ts";
import { settingSchemas, type SettingKey, type SettingValue } from "./setting-schemas.ts";
import { isDay } from "./shanghai-day.ts";
import { lineText, linesText, optional } from "./text.ts";

/** The form of one key: its fields, and the ways between what is typed and the value. */
interface SettingForm<Value> {
  schema: z.ZodObject;
  /** The value of what `schema` has read. */
  read(data: Record<string, unknown>): Value;
  /** What the fields show of a value. */
  write(value: Value): Record<string, string>;
}

const fromDay = z.string({ error: "missing" }).trim().min(1, { error: "missing" }).refine(isDay, { error: "not-a-day" });

/** What a form gives beside its key's own fields. */
const common = { fromDay };

const whole = (least: number, most: number) =>
  z
    .string({ error: "missing" })
    .trim()
    .min(1, { error: "missing" })
    .regex(/^\d{1,4}$/, { error: "not-whole" })
    .transform(Number)
    .refine((number) => number >= least && number <= most, { error: `between:${least}–${most}` });

const yuan = z
  .string()
  .transform(parseYuan)
  .refine((fen) => fen !== null && fen > 0 && fen <= 100_000_000_00, { error: "not-yuan" });

type ListKey = "factors" | "milestones" | "cost-schemes" | "phones" | "own-rulesets";

/** A list that is typed one thing a line, checked as a whole by the key's own schema; a fault names its line. */
function linesForm<Key extends ListKey>(key: Key, parts: Lines<SettingValue<Key>[number]>): SettingForm<SettingValue<Key>> {
  const text = linesText(12_000).transform((typed, context) => {
    const read = readLines(typed, parts);
    if ("line" in read) {
      context.addIssue({ code: "custom", message: `bad-line:${read.line}` });
      return z.NEVER;
    }
    const checked = settingSchemas[key].safeParse(read.things);
    if (checked.success) return checked.data;
    const [index] = checked.error.issues[0]?.path ?? [];
    context.addIssue({ code: "custom", message: typeof index === "number" ? `bad-line:${index + 1}` : "bad-list" });
    return z.NEVER;
  });
  // A list that may be empty is emptied by emptying the field.
  const mayBeEmpty = settingSchemas[key].safeParse([]).success;
  return {
    schema: z.object({ ...common, lines: mayBeEmpty ? optional(text) : text }),
    read: ({ lines }) => (lines ?? []) as SettingValue<Key>,
    write: (value) => ({ lines: writeLines(value as readonly SettingValue<Key>[number][], parts) }),
  };
}

const subsidyForm: SettingForm<SettingValue<"city-subsidy">> = {
  schema: z
    .object({ ...common, subsidy: z.enum(["none", "fixed", "share"], { error: "missing" }), percent: optional(whole(1, 100)), amount: optional(yuan) })
    .superRefine(({ subsidy, percent, amount }, context) => {
      if (subsidy !== "none" && amount === undefined) context.addIssue({ code: "custom", path: ["amount"], message: "missing" });
      if (subsidy === "share" && percent === undefined) context.addIssue({ code: "custom", path: ["percent"], message: "missing" });
    }),
  read({ subsidy, percent, amount }) {
    if (subsidy === "fixed") return { kind: subsidy, fen: Number(amount) };
    return subsidy === "share" ? { kind: subsidy, percent: Number(percent), mostFen: Number(amount) } : { kind: "none" };
  },
  write(value) {
    if (value.kind === "none") return { subsidy: "none", percent: "", amount: "" };
    if (value.kind === "fixed") return { subsidy: "fixed", percent: "", amount: formatYuan(value.fen) };
    return { subsidy: "share", percent: String(value.percent), amount: formatYuan(value.mostFen) };
  },
};

const rulesetId = lineText(64).refine((text) => settingSchemas["default-ruleset"].shape.stairwell.safeParse(text).success, { error: "unknown" });

const legalText = linesText(3_000).transform((text) => text.replaceAll(/\r\n?/g, "\n"));

/** How each key is typed in by a clerk. */
export const settingForms: { readonly [Key in SettingKey]: SettingForm<SettingValue<Key>> } = {
  factors: linesForm("factors", factorLines),
  milestones: linesForm("milestones", milestoneLines),
  "city-subsidy": subsidyForm,
  "district-subsidy": subsidyForm,
  "cost-schemes": linesForm("cost-schemes", schemeLines),
  phones: linesForm("phones", phoneLines),
  "legal-texts": {
    schema: z.object({ ...common, privacyText: legalText, ballotText: legalText, paymentText: legalText }),
    read: ({ privacyText, ballotText, paymentText }) => ({ privacy: String(privacyText), ballot: String(ballotText), payment: String(paymentText) }),
    write: ({ privacy, ballot, payment }) => ({ privacyText: privacy, ballotText: ballot, paymentText: payment }),
  },
  reminders: {
    schema: z
      .object({ ...common, firstReminder: whole(1, 60), secondReminder: optional(whole(1, 60)) })
      .superRefine(({ firstReminder, secondReminder }, context) => {
        if (secondReminder !== undefined && secondReminder >= firstReminder) context.addIssue({ code: "custom", path: ["secondReminder"], message: "not-after-first" });
      }),
    read: ({ firstReminder, secondReminder }) => [firstReminder, secondReminder].filter((days) => days !== undefined).map(Number),
    write: ([first, second]) => ({ firstReminder: String(first), secondReminder: second === undefined ? "" : String(second) }),
  },
  "paper-grace": {
    schema: z.object({ ...common, graceDays: whole(0, 14) }),
    read: ({ graceDays }) => Number(graceDays),
    write: (days) => ({ graceDays: String(days) }),
  },
  "plan-change-percent": {
    schema: z.object({ ...common, changePercent: whole(1, 50) }),
    read: ({ changePercent }) => Number(changePercent),
    write: (percent) => ({ changePercent: String(percent) }),
  },
  "priority-weights": {
    schema: z
      .object({ ...common, weightWilling: whole(0, 100), weightFloors: whole(0, 100), weightHelp: whole(0, 100) })
      .superRefine(({ weightWilling, weightFloors, weightHelp }, context) => {
        if (weightWilling + weightFloors + weightHelp === 0) context.addIssue({ code: "custom", path: ["weightWilling"], message: "all-zero" });
      }),
    read: ({ weightWilling, weightFloors, weightHelp }) => ({ willing: Number(weightWilling), floors: Number(weightFloors), help: Number(weightHelp) }),
    write: ({ willing, floors, help }) => ({ weightWilling: String(willing), weightFloors: String(floors), weightHelp: String(help) }),
  },
  "default-ruleset": {
    schema: z.object({ ...common, stairwellRule: rulesetId, communityRule: rulesetId }),
    read: ({ stairwellRule, communityRule }) => ({ stairwell: String(stairwellRule), community: String(communityRule) }),
    write: ({ stairwell, community }) => ({ stairwellRule: stairwell, communityRule: community }),
  },
  "own-rulesets": linesForm("own-rulesets", rulesetLines),
};
