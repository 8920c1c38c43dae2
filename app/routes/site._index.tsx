import { type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { isBuilding } from "#app/domain/site-report.ts";
import { stairwellsOf } from "#app/http/desk.server.ts";
import type { RouteHandle } from "#app/http/who-may.server.ts";
import { projects } from "#app/i18n/zh-CN/projects.ts";
import { site } from "#app/i18n/zh-CN/site.ts";
import { ProjectList } from "#app/ui/project-list.tsx";
import { listProjects } from "#db/queries/projects.server.ts";

export const handle: RouteHandle = { policy: "site" };

export const meta: MetaFunction = () => [{ title: site.title(projects.title) }];

export async function loader({ context }: LoaderFunctionArgs) {
  const of = { builder: stairwellsOf(context, "contractor", "agent"), agent: stairwellsOf(context, "agent"), supervisor: stairwellsOf(context, "supervisor") };
  const listed = await listProjects(context.db, [...of.builder, ...of.supervisor]);
  const projects = listed.map((project) => ({
    ...project,
    atWork: isBuilding(project.stage),
    reports: of.builder.includes(project.stairwellId), checks: of.supervisor.includes(project.stairwellId), seesMoney: of.agent.includes(project.stairwellId),
  }));
  return { projects: projects.sort((a, b) => Number(b.atWork) - Number(a.atWork)) };
}

export default function Site() {
  return <ProjectList {...useLoaderData<typeof loader>()} />;
}
