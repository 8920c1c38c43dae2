import type { ReactNode } from "react";
import type { SideState, Stage } from "#app/domain/stages.ts";
import { dayOf, longDay } from "#app/i18n/zh-CN/dates.ts";
import { projects as words } from "#app/i18n/zh-CN/projects.ts";
import { sideStateNames, stageNames } from "#app/i18n/zh-CN/stages.ts";
import { paths } from "#app/paths.ts";
import { Badge, Badges } from "./badge.tsx";
import { Card } from "./card.tsx";
import { Stack, Whole } from "./layout.tsx";

/** A project that was granted to somebody from outside the committee. */
export interface GrantedProject {
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
}

export interface ProjectCardProps {
  project: GrantedProject;
  badge?: ReactNode;
  /** What there is to do. */
  children: ReactNode;
}

/** Where a project stands, since when, and whom to ask. */
export function ProjectCard({ project, badge, children }: ProjectCardProps) {
  const { community, building, entrance, address, committee, phone, stage, stageSince, sideState } = project;
  return (
    <Card title={`${community} ${building}${entrance}`} tone={sideState ? "amber" : undefined} foot={<CommitteePhone committee={committee} phone={phone} />}>
      <Stack gap="small">
        <Badges>
          <Badge tone="blue">{stageNames[stage]}</Badge>
          {sideState && <Badge tone="amber">{sideStateNames[sideState]}</Badge>}
          {badge}
        </Badges>
        <p>
          {words.since(longDay(dayOf(stageSince)))}　{address}
        </p>
        {children}
      </Stack>
    </Card>
  );
}

function CommitteePhone({ committee, phone }: Pick<GrantedProject, "committee" | "phone">) {
  return (
    <>
      {committee}　
      <a href={paths.call(phone)}>
        <Whole>
          {words.phone} {phone}
        </Whole>
      </a>
    </>
  );
}
