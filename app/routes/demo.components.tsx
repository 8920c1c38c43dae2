import type { LinksFunction, MetaFunction } from "@remix-run/node";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { demo } from "#app/i18n/zh-CN/demo.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import courseStyles from "#app/ui/course.css?url";
import { useFrame } from "#app/ui/portal-page.tsx";
import { Showcase } from "#app/ui/showcase.tsx";

export const handle: RouteHandle = { policy: "demo" };

export const links: LinksFunction = () => [{ rel: "stylesheet", href: courseStyles }];

export const meta: MetaFunction = () => [{ title: site.title(demo.components) }];

export default function Components() {
  return <Showcase frame={useFrame()} />;
}
