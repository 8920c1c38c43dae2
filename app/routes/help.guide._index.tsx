import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { guideWords } from "#app/i18n/zh-CN/guide.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { GuideListPage } from "#app/ui/guide-pages.tsx";

export const handle: RouteHandle = { policy: "public" };

export const meta: MetaFunction = () => [{ title: site.title(guideWords.title) }];

export function loader({ context: { keep } }: LoaderFunctionArgs) {
  keep(["district"]);
  return null;
}

export default function GuideList() {
  return <GuideListPage />;
}
