import { sql, type RawBuilder } from "kysely";
import type { RulesetOffer, Scope } from "#app/domain/consultation.ts";
import type { SettingKey, SettingValue } from "#app/domain/setting-schemas.ts";
import { settingOn, type SettingEntry } from "#app/domain/settings.ts";
import type { Db, Tx } from "../client.server.ts";

/** What the subdistrict has set for a key on a day (YYYY-MM-DD, Shanghai), or what the portal gives where it has set nothing. */
export async function readSetting<Key extends SettingKey>(db: Db | Tx, subdistrictId: number, key: Key, day: string): Promise<SettingValue<Key>> {
  const newest = await db
    .selectFrom("setting")
    .select(["id", "fromDay", "value"])
    .where("subdistrictId", "=", subdistrictId)
    .where("key", "=", key)
    .where("fromDay", "<=", day)
    .orderBy("fromDay", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .execute();
  return settingOn(newest, key, day);
}

/** The entry that is in force for a key on a day, as a list of one or none in one column, for `settingOn`. */
export function settingEntry(subdistrictId: RawBuilder<unknown>, key: SettingKey, day: RawBuilder<unknown>): RawBuilder<SettingEntry[]> {
  return sql<SettingEntry[]>`(
    select coalesce(json_agg(e), '[]') from (
      select s.id, s.from_day as "fromDay", s.value from setting s
      where s.subdistrict_id = ${subdistrictId} and s.key = ${key} and s.from_day <= ${day} order by s.from_day desc, s.id desc limit 1
    ) e)`;
}

/**
 * What is offered where a consultation is opened, for stairwells of these subdistricts: of several only the law's rules,
 * for what one has added under a name another may have under the same.
 */
export async function readRulesetOffer(db: Db, subdistrictIds: readonly number[], scope: Scope, day: string): Promise<RulesetOffer> {
  const [subdistrictId, ...others] = new Set(subdistrictIds);
  if (subdistrictId === undefined || others.length > 0) return {};
  const added = await readSetting(db, subdistrictId, "own-rulesets", day);
  const first = await readSetting(db, subdistrictId, "default-ruleset", day);
  return { added, first: first[scope] };
}

/** An entry with whoever made it, and when. */
export interface SettingRecord extends SettingEntry {
  key: string;
  account: string;
  at: Date;
}

/** Everything that the subdistrict has ever entered, of one key or of all, in the order of entering. */
export function listSettings(db: Db | Tx, subdistrictId: number, key?: SettingKey): Promise<SettingRecord[]> {
  return db
    .selectFrom("setting")
    .innerJoin("account", "account.id", "setting.accountId")
    .select(["setting.id", "setting.key", "setting.fromDay", "setting.value", "setting.at", "account.name as account"])
    .where("setting.subdistrictId", "=", subdistrictId)
    .$if(key !== undefined, (q) => q.where("setting.key", "=", key ?? ""))
    .orderBy("setting.id")
    .execute();
}

/** Takes hold of the settings of a subdistrict until the transaction ends: two changes stand in one order. */
export async function lockSettings(tx: Tx, subdistrictId: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('settings ' || ${subdistrictId}::text, 0))`.execute(tx);
}

export async function insertSetting(
  tx: Tx,
  setting: { subdistrictId: number; key: SettingKey; value: unknown; fromDay: string; accountId: number; at: Date },
): Promise<void> {
  await tx.insertInto("setting").values({ ...setting, value: JSON.stringify(setting.value) }).execute();
}

/** What the cost calculator goes by on a day: that of the first subdistrict, for pages that know no other. */
export async function readCostRules(db: Db, day: string) {
  const first = await db.selectFrom("subdistrict").select("id").orderBy("id").limit(1).executeTakeFirst();
  const keys = ["cost-schemes", "city-subsidy", "district-subsidy"] as const;
  const entries = first
    ? await db.selectFrom("setting").select(["id", "key", "fromDay", "value"]).where("subdistrictId", "=", first.id).where("key", "in", keys).execute()
    : [];
  const on = <Key extends (typeof keys)[number]>(key: Key) => settingOn(entries.filter((entry) => entry.key === key), key, day);
  return { schemes: on("cost-schemes"), city: on("city-subsidy"), district: on("district-subsidy") };
}
