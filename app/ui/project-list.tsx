import type { SideState, Stage } from "#app/domain/stages.ts";
import { siteWords } from "#app/i18n/zh-CN/construction.ts";
import { dayOf, longDay } from "#app/i18n/zh-CN/dates.ts";
import { money } from "#app/i18n/zh-CN/money.ts";
import { projects as words } from "#app/i18n/zh-CN/projects.ts";
import { stageDesk } from "#app/i18n/zh-CN/stage-desk.ts";
import { sideStateNames, stageNames } from "#app/i18n/zh-CN/stages.ts";
import { paths } from "#app/paths.ts";
import { Badge, Badges } from "./badge.tsx";
import { ButtonLink } from "./button.tsx";
import { Card } from "./card.tsx";
import { Actions, Stack, Tiles } from "./layout.tsx";
import { Empty } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";

export interface ProjectListProps {
  projects: readonly {
    code: string;
    community: string;
    building: string;
    entrance: string;
    address: string;
    committee: string;
    phone: string;
    stage: Stage;
    stageSince: string | Date;
    sideState: SideState | null;
    /** What the reader does there: reports as contractor or agent, checks as supervisor, keeps its ledger as agent. */
    reports: boolean;
    checks: boolean;
    seesMoney: boolean;
  }[];
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
          <Card
            key={project.code}
            title={`${project.community} ${project.building}${project.entrance}`}
            tone={project.sideState ? "amber" : undefined}
            foot={words.committee(project.committee, project.phone)}
          >
            <Stack gap="small">
              <Badges>
                <Badge tone="blue">{stageNames[project.stage]}</Badge>
                {project.sideState && <Badge tone="amber">{sideStateNames[project.sideState]}</Badge>}
              </Badges>
              <p>{words.since(longDay(dayOf(project.stageSince)))}</p>
              <p>{project.address}</p>
              <Actions>
                {project.reports && (
                  <ButtonLink href={paths.siteOf(project.code)} kind="primary">
                    {siteWords.link}
                  </ButtonLink>
                )}
                {project.checks && (
                  <ButtonLink href={paths.deskWorks(project.code)} kind="primary">
                    {siteWords.check}
                  </ButtonLink>
                )}
                <ButtonLink href={paths.deskStage(project.code)}>{stageDesk.link}</ButtonLink>
                {project.seesMoney && <ButtonLink href={paths.money(project.code)}>{money.title}</ButtonLink>}
                <ButtonLink href={paths.stairwell(project.code)}>{words.publicPage}</ButtonLink>
              </Actions>
            </Stack>
          </Card>
        ))}
      </Tiles>
    </PortalPage>
  );
}
