import type { SettingKey, SettingValue } from "#app/domain/setting-schemas.ts";
import { settingOn, whySettingIsRefused } from "#app/domain/settings.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { touchPages } from "#db/queries/log.server.ts";
import { insertSetting, listSettings, lockSettings } from "#db/queries/settings.server.ts";
import { refuse, transact, type Deps, type Outcome } from "../transact.server.ts";

export interface SettingChange<Key extends SettingKey> {
  subdistrictId: number;
  key: Key;
  value: SettingValue<Key>;
  /** The first day on which it holds, in Shanghai. */
  fromDay: string;
  accountId: number;
  formKey: string;
}

/**
 * Enters what the subdistrict sets from a day on. Nothing is overwritten: what held before stays on record, and a
 * consultation keeps the ruleset that it was opened with.
 *
 * Refusals: those of `whySettingIsRefused`.
 */
export function changeSetting<Key extends SettingKey>(
  deps: Deps,
  { subdistrictId, key, value, fromDay, accountId, formKey }: SettingChange<Key>,
): Promise<Outcome<object>> {
  return transact(deps, { key: formKey, action: `setting ${subdistrictId} ${key} ${fromDay} ${JSON.stringify(value)}` }, async (tx) => {
    await lockSettings(tx, subdistrictId);
    const entries = await listSettings(tx, subdistrictId);
    const of = (one: SettingKey) => entries.filter((entry) => entry.key === one);
    const ownRulesets = settingOn(of("own-rulesets"), "own-rulesets", fromDay);
    const problem = whySettingIsRefused({ key, value, fromDay, today: shanghaiDay(deps.now) }, of(key), ownRulesets);
    if (problem) refuse(problem);
    await insertSetting(tx, { subdistrictId, key, value, fromDay, accountId, at: deps.now });
    await touchPages(tx, ["district", "everything"]);
    return {};
  });
}
