import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { guideRoles, guides, guideWords } from "#app/i18n/zh-CN/guide.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { GuidePage } from "#app/ui/guide-pages.tsx";
import guideStyles from "#app/ui/guide.css?url";

export const handle: RouteHandle = { policy: "public" };

export const links: LinksFunction = () => [{ rel: "stylesheet", href: guideStyles }];

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: site.title(data ? guides[data.role].title : guideWords.title) }];

export function loader({ params, context: { keep } }: LoaderFunctionArgs) {
  const role = guideRoles.find((one) => one === params["role"]);
  if (!role) throw new Response(null, { status: 404 });
  keep(["district"]);
  return { role };
}

export default function OneGuide() {
  return <GuidePage {...useLoaderData<typeof loader>()} />;
}
