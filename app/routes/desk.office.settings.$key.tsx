import { redirect, type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { listRulesets } from "#app/domain/ruleset.ts";
import { settingForms } from "#app/domain/setting-forms.ts";
import { isSettingKey, type SettingKey, type SettingValue } from "#app/domain/setting-schemas.ts";
import { settingOn, timelineOf, valueOf, type SettingEntry } from "#app/domain/settings.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { accountOf, subdistrictOf } from "#app/http/desk.server.ts";
import { newFormKey, readForm, refusal, replyTo } from "#app/http/forms.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { settings } from "#app/i18n/zh-CN/settings.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { paths } from "#app/paths.ts";
import { OfficeSetting } from "#app/ui/office-settings.tsx";
import { useReply } from "#app/ui/reply.ts";
import { changeSetting } from "#app/use-cases/setting/change-setting.server.ts";
import { listSettings } from "#db/queries/settings.server.ts";

export const handle: RouteHandle = { policy: "office" };

export const meta: MetaFunction<typeof loader> = ({ data }) => (data ? [{ title: site.title(settings.about(data.name).title) }] : []);

function keyOf(params: { key?: string | undefined }): SettingKey {
  const { key = "" } = params;
  if (!isSettingKey(key)) throw new Response(null, { status: 404 });
  return key;
}

/** The form of a key; a union of forms would not tell which value goes with which. */
const formOf = <Key extends SettingKey>(key: Key) => settingForms[key] as { read(data: Record<string, unknown>): SettingValue<Key>; write(value: SettingValue<Key>): Record<string, string> };

export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const key = keyOf(params);
  const entries = await listSettings(context.db, subdistrictOf(context));
  const today = shanghaiDay(context.now);
  const own = entries.filter((entry) => entry.key === key);
  const { inForce, toCome, past } = timelineOf(own, key, today);
  const record = (entry: SettingEntry & { account: string; at: Date }) => ({
    id: entry.id, fromDay: entry.fromDay, lines: settings.lines(key, valueOf(key, entry)), account: entry.account, at: entry.at,
  });
  const known = listRulesets().filter(({ binding, effectiveUntil }) => binding && (effectiveUntil ?? today) >= today);
  const added = settingOn(entries.filter((entry) => entry.key === "own-rulesets"), "own-rulesets", "9999-12-31");
  return {
    name: key, today,
    inForce: { fromDay: inForce.fromDay, lines: settings.lines(key, inForce.value), entry: inForce.entry && record(inForce.entry) },
    toCome: toCome.map(record),
    past: past.map(record),
    // What is changed next starts from what will hold then.
    values: formOf(key).write(settingOn(own, key, "9999-12-31")),
    rulesets: [...known, ...added].map(({ id, title }) => ({ id, title })),
    saved: new URL(request.url).searchParams.get("saved") === "yes",
    formKey: newFormKey(),
  };
}

export async function action({ params, request, context }: ActionFunctionArgs) {
  const key = keyOf(params);
  const form = await readForm(request, settingForms[key].schema);
  if (!form.ok) return replyTo(form.reply);
  const changed = await changeSetting(context, {
    subdistrictId: subdistrictOf(context),
    key,
    value: formOf(key).read(form.data),
    fromDay: String(form.data["fromDay"]),
    accountId: accountOf(context),
    formKey: form.formKey,
  });
  return changed.ok ? redirect(paths.setting(key, true)) : refusal(form, changed.problem);
}

export default function Setting() {
  const reply = useReply();
  return <OfficeSetting {...useLoaderData<typeof loader>()} reply={reply} />;
}
