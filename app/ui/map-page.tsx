import type { Drawn, MapMark } from "#app/domain/map.ts";
import type { Stage } from "#app/domain/stages.ts";
import { map as words } from "#app/i18n/zh-CN/map.ts";
import { progress } from "#app/i18n/zh-CN/progress.ts";
import { paths } from "#app/paths.ts";
import { Section } from "./card.tsx";
import { Columns, Stack } from "./layout.tsx";
import { LinkList } from "./link-list.tsx";
import { MapLegend, PlaceMap, type MapDisc } from "./map.tsx";
import { Empty } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";

export interface MapPageProps {
  drawn: Drawn<MapDisc> | null;
  marks: readonly MapMark[];
  /** All of them, also those without coordinates, in the order of their numbers. */
  communities: readonly { code: string; name: string; number: number; stairwells: number; inUse: number; stage: Stage | null; located: boolean }[];
  asOf: string | Date;
}

/** Every community where it lies and how far it has come, with an equal list beside it. */
export function MapPage({ drawn, marks, communities, asOf }: MapPageProps) {
  return (
    <PortalPage title={{ title: words.title, lead: words.lead }}>
      {communities.length === 0 ? (
        <Empty level={2} title={words.none}>
          {words.noneLead}
        </Empty>
      ) : (
        <Columns split="main">
          <Stack>
            {drawn && <PlaceMap drawn={drawn} title={words.drawing} description={words.drawingOf(drawn.places.length)} />}
            <MapLegend marks={marks} />
            <p>{progress.asOf(asOf)}</p>
          </Stack>
          <Section title={words.list}>
            <LinkList
              rows={communities.map(({ code, name, number, stairwells, inUse, stage, located }) => ({
                href: paths.community(code),
                title: words.numbered(number, name),
                detail: [words.furthest(stage, stairwells, inUse), ...(located ? [] : [words.notDrawn])].join("。"),
              }))}
            />
          </Section>
        </Columns>
      )}
    </PortalPage>
  );
}
