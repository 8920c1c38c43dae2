import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { retention } from "#app/domain/retention.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { privacyWords } from "#app/i18n/zh-CN/privacy.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { PrivacyPage } from "#app/ui/privacy-page.tsx";
import { readFirstConsentText } from "#db/queries/consents.server.ts";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction = () => [{ title: site.title(privacyWords.title) }];

export async function loader({ context: { db, now, hotline } }: LoaderFunctionArgs) {
  const { text, version, since } = await readFirstConsentText(db, now);
  return { hotline, text, version, since: since && shanghaiDay(since), kept: retention.map(({ kind, days }) => ({ kind, days })) };
}

export default function Privacy() {
  return <PrivacyPage {...useLoaderData<typeof loader>()} />;
}
