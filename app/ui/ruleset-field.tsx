import { isRulesetId, type NamedRuleset } from "#app/domain/ruleset.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { longDay } from "#app/i18n/zh-CN/dates.ts";
import { ChoiceField, type ChoiceFieldProps } from "./field.tsx";

export interface RulesetFieldProps {
  rulesets: readonly NamedRuleset[];
  chosen: string | undefined;
  error: string | undefined;
  inputProps?: ChoiceFieldProps["inputProps"];
}

/** The rule under which a consultation is to run, each with its source and since when it holds; of one that the subdistrict has added also what it asks for. */
export function RulesetField({ rulesets, chosen, error, inputProps }: RulesetFieldProps) {
  const words = consultationDesk.open;
  return (
    <ChoiceField
      name="ruleset"
      label={words.ruleset}
      choices={rulesets.map((rule) => ({
        value: rule.id,
        label: rule.title,
        hint: [rule.effectiveFrom ? words.inForce(rule.source, longDay(rule.effectiveFrom)) : rule.source, ...(isRulesetId(rule.id) ? [] : [words.thresholds(rule)])].join("。"),
      }))}
      defaultValue={chosen ?? rulesets[0]?.id}
      error={error}
      inputProps={inputProps}
    />
  );
}
