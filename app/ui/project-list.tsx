import { siteWords } from "#app/i18n/zh-CN/construction.ts";
import { money } from "#app/i18n/zh-CN/money.ts";
import { projects as words } from "#app/i18n/zh-CN/projects.ts";
import { stageDesk } from "#app/i18n/zh-CN/stage-desk.ts";
import { paths } from "#app/paths.ts";
import { ButtonLink } from "./button.tsx";
import { Actions, Tiles } from "./layout.tsx";
import { Empty } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { ProjectCard, type GrantedProject } from "./project-card.tsx";

export interface ProjectListProps {
  projects: readonly (GrantedProject & {
    /** Whether its works are reported on now. */
    atWork: boolean;
    /** What the reader does there: reports as contractor or agent, checks as supervisor, keeps its ledger as agent. */
    reports: boolean;
    checks: boolean;
    seesMoney: boolean;
  })[];
}

/** The own projects of a contractor, an agent or a supervisor: where each stands, since when, and whom to ask. */
export function ProjectList({ projects }: ProjectListProps) {
  return (
    <PortalPage desk title={{ title: words.title, lead: words.lead }}>
      {projects.length === 0 && (
        <Empty title={words.none} level={2}>
          {words.noneLead}
        </Empty>
      )}
      <Tiles>
        {projects.map((project) => (
          <ProjectCard key={project.code} project={project}>
            <Actions>
              {project.reports && (
                <ButtonLink href={paths.siteOf(project.code)} kind={project.atWork ? "primary" : "secondary"}>
                  {project.atWork ? siteWords.link : siteWords.look}
                </ButtonLink>
              )}
              {project.checks && (
                <ButtonLink href={paths.deskWorks(project.code)} kind={project.atWork ? "primary" : "secondary"}>
                  {siteWords.check}
                </ButtonLink>
              )}
              <ButtonLink href={paths.deskStage(project.code)}>{stageDesk.link}</ButtonLink>
              {project.seesMoney && <ButtonLink href={paths.money(project.code)}>{money.title}</ButtonLink>}
              <ButtonLink href={paths.stairwell(project.code)}>{words.publicPage}</ButtonLink>
            </Actions>
          </ProjectCard>
        ))}
      </Tiles>
    </PortalPage>
  );
}
