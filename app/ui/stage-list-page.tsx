import type { PublicRow } from "#app/domain/public-view.ts";
import type { Stage } from "#app/domain/stages.ts";
import { progress } from "#app/i18n/zh-CN/progress.ts";
import { stairwellName } from "#app/i18n/zh-CN/places.ts";
import { stageNames } from "#app/i18n/zh-CN/stages.ts";
import { paths } from "#app/paths.ts";
import { ButtonLink } from "./button.tsx";
import { Stack } from "./layout.tsx";
import { LinkList } from "./link-list.tsx";
import { Empty } from "./notice.tsx";
import { Pager } from "./pager.tsx";
import { PortalPage } from "./portal-page.tsx";
import { scopeCrumbs, scopeQuery, type ProgressScope } from "./progress-page.tsx";
import { StandingBadge } from "./standing.tsx";

export interface StageListPageProps {
  scope: ProgressScope;
  stage: Stage;
  stairwells: readonly PublicRow[];
  count: number;
  all: number;
  page: number;
  pages: number;
}

/** The stairwells of one stage, the newest first. */
export function StageListPage({ scope, stage, stairwells, count, all, page, pages }: StageListPageProps) {
  const title = progress.list.title(stageNames[stage]);
  return (
    <PortalPage
      phone={scope.committee?.phone}
      crumbs={scopeCrumbs(scope, stageNames[stage])}
      title={{ eyebrow: scope.community?.name ?? scope.committee?.name ?? progress.title, title, lead: progress.list.lead(count, all) }}
    >
      <Stack gap="large">
        {stairwells.length === 0 ? (
          <Empty level={2} title={progress.list.empty.title} action={<ButtonLink href={paths.progress(scopeQuery(scope))}>{progress.list.all}</ButtonLink>}>
            {progress.list.empty.text}
          </Empty>
        ) : (
          <LinkList
            rows={stairwells.map((row) => ({
              href: paths.stairwell(row.code),
              title: stairwellName(row.community, row.entrance),
              detail: [row.stageSince && progress.list.since(row.stageSince), progress.list.detail(row.committee, row.building)].filter(Boolean).join(" · "),
              badge: <StandingBadge standing={row} />,
            }))}
          />
        )}
        <Pager page={page} pages={pages} hrefOf={(to) => paths.progress({ ...scopeQuery(scope), stage, page: to })} />
      </Stack>
    </PortalPage>
  );
}
