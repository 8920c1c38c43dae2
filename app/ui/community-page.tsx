import type { Drawn, MapMark } from "#app/domain/map.ts";
import type { CommunityProgress } from "#app/domain/progress.ts";
import type { PublicRow } from "#app/domain/public-view.ts";
import { feedWords } from "#app/i18n/zh-CN/feed.ts";
import { map as mapWords } from "#app/i18n/zh-CN/map.ts";
import { assessmentWords } from "#app/i18n/zh-CN/assessment.ts";
import { progress } from "#app/i18n/zh-CN/progress.ts";
import { doorName } from "#app/i18n/zh-CN/places.ts";
import { publicWords } from "#app/i18n/zh-CN/public.ts";
import { stageNames } from "#app/i18n/zh-CN/stages.ts";
import { paths } from "#app/paths.ts";
import { Card, Section } from "./card.tsx";
import { Funnel } from "./funnel.tsx";
import { GradeBadge } from "./grade-badge.tsx";
import { HouseGrid } from "./house-grid.tsx";
import { Columns, Stack } from "./layout.tsx";
import { MapLegend, PlaceMap, type MapDisc } from "./map.tsx";
import { LinkList } from "./link-list.tsx";
import { Empty } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { milestoneRows } from "./progress-page.tsx";
import { standingText } from "./standing.tsx";

export interface CommunityPageProps {
  community: CommunityProgress;
  stairwells: readonly PublicRow[];
  asOf: string | Date;
  /** Its stairwells where they lie; null where that is not known. */
  map: Drawn<MapDisc> | null;
  marks: readonly MapMark[];
}

const words = publicWords.community;

/** The stairwells that were assessed, each with its grade. */
function AssessedList({ stairwells }: Pick<CommunityPageProps, "stairwells">) {
  const assessed = stairwells.flatMap((row) => (row.grade ? [{ ...row, ...row.grade }] : []));
  if (assessed.length === 0) return null;
  return (
    <Section title={assessmentWords.list} lead={assessmentWords.listLead(assessed.length, stairwells.length)}>
      <LinkList rows={assessed.map(({ code, entrance, grade, on }) => ({ href: paths.stairwell(code), title: doorName(entrance), detail: assessmentWords.issued(on), badge: <GradeBadge grade={grade} /> }))} />
    </Section>
  );
}
const HIGHEST_STOP = Object.keys(stageNames).length - 1;

/** A community: how far it has come, and each of its stairwells. */
export function CommunityPage({ community, stairwells, asOf, map, marks }: CommunityPageProps) {
  const { name, committee, address, builtYear } = community;
  return (
    <PortalPage
      phone={community.phone}
      crumbs={[{ label: publicWords.communities, href: paths.communities() }, { label: name }]}
      title={{
        eyebrow: [committee, address, builtYear && words.built(builtYear)].filter(Boolean).join(" · "),
        title: name,
        lead: words.lead(community.stairwells, community.flats),
      }}
    >
      {stairwells.length === 0 ? (
        <Empty level={2} title={words.empty.title}>{words.empty.text}</Empty>
      ) : (
        <Stack gap="large">
          <Section title={words.stairwells} lead={words.stairwellsLead}>
            <HouseGrid
              houses={stairwells.map((row) => ({
                href: paths.stairwell(row.code),
                title: doorName(row.entrance),
                detail: standingText(row),
                floors: row.floors,
                car: row.stop > 0 ? row.stop / HIGHEST_STOP : null,
                inUse: row.lift === "in-use",
              }))}
            />
          </Section>
          <Columns>
            <Stack gap="large">
              {map && (
                <Section title={mapWords.stairwells.title}>
                  <PlaceMap drawn={map} title={mapWords.stairwells.drawing(name)} description={mapWords.stairwells.drawingOf(map.places.length)} />
                  <MapLegend marks={marks} />
                </Section>
              )}
              <AssessedList stairwells={stairwells} />
            </Stack>
            <Card title={words.funnel} foot={<>{progress.asOf(asOf)} · <a href={paths.communityFeed(community.code)}>{feedWords.follow}</a></>}>
              <Funnel
                label={words.funnel}
                whole={community.stairwells}
                rows={milestoneRows(community).map((row) => ({ ...row, text: words.counted(row.count, community.stairwells) }))}
              />
            </Card>
          </Columns>
        </Stack>
      )}
    </PortalPage>
  );
}
