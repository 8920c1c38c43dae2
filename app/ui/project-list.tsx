import type { SideState, Stage } from "#app/domain/stages.ts";
import { siteWords } from "#app/i18n/zh-CN/construction.ts";
import { dayOf, longDay } from "#app/i18n/zh-CN/dates.ts";
import { projects as words } from "#app/i18n/zh-CN/projects.ts";
import { sideStateNames, stageNames } from "#app/i18n/zh-CN/stages.ts";
import { paths } from "#app/paths.ts";
import { Badge, Badges } from "./badge.tsx";
import { ButtonLink } from "./button.tsx";
import { Card } from "./card.tsx";
import { Actions, Stack, Tiles } from "./layout.tsx";
import { Empty } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";

export interface ProjectListProps {
  /** Whose list it is. */
  of: "assessments" | "site";
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
  }[];
}

/** The own projects of an assessor, a contractor or an agent: where each stands, since when, and whom to ask. */
export function ProjectList({ of, projects }: ProjectListProps) {
  return (
    <PortalPage desk title={{ title: words[of].title, lead: words[of].lead }}>
      {projects.length === 0 && (
        <Empty title={words[of].none} level={2}>
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
                {of === "site" && (
                  <ButtonLink href={paths.siteOf(project.code)} kind="primary">
                    {siteWords.link}
                  </ButtonLink>
                )}
                <ButtonLink href={paths.stairwell(project.code)}>{words.publicPage}</ButtonLink>
              </Actions>
            </Stack>
          </Card>
        ))}
      </Tiles>
    </PortalPage>
  );
}
