import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { stairwellsOf } from "#app/http/desk.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { projects } from "#app/i18n/zh-CN/projects.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { ProjectList } from "#app/ui/project-list.tsx";
import { listProjects } from "#db/queries/projects.server.ts";

export const handle: RouteHandle = { policy: "site" };

export const meta: MetaFunction = () => [{ title: site.title(projects.site.title) }];

export async function loader({ context }: LoaderFunctionArgs) {
  return { projects: await listProjects(context.db, stairwellsOf(context, "contractor", "agent")) };
}

export default function Site() {
  return <ProjectList of="site" {...useLoaderData<typeof loader>()} />;
}
