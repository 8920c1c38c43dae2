import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { settingKeys } from "#app/domain/setting-schemas.ts";
import { timelineOf } from "#app/domain/settings.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { subdistrictOf } from "#app/http/desk.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { settings } from "#app/i18n/zh-CN/settings.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { OfficeSettings } from "#app/ui/office-settings.tsx";
import { listSettings } from "#db/queries/settings.server.ts";

export const handle: RouteHandle = { policy: "office" };

export const meta: MetaFunction = () => [{ title: site.title(settings.title) }];

export async function loader({ context }: LoaderFunctionArgs) {
  const entries = await listSettings(context.db, subdistrictOf(context));
  const today = shanghaiDay(context.now);
  return {
    settings: settingKeys.map((key) => {
      const { inForce, toCome } = timelineOf(entries.filter((entry) => entry.key === key), key, today);
      return { key, summary: settings.summary(key, inForce.value), fromDay: inForce.fromDay, next: toCome[0]?.fromDay ?? null };
    }),
  };
}

export default function Settings() {
  return <OfficeSettings {...useLoaderData<typeof loader>()} />;
}
