import type { FlatDifference } from "#app/domain/roll-versions.ts";
import { AREA_SOURCE_NAMES } from "#app/domain/roll.ts";
import { formatArea } from "#app/i18n/zh-CN/areas.ts";
import { longMoment } from "#app/i18n/zh-CN/dates.ts";
import { rollDesk } from "#app/i18n/zh-CN/roll-desk.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { Section } from "./card.tsx";
import { Stack } from "./layout.tsx";
import { LinkList } from "./link-list.tsx";
import { Empty } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { Table } from "./table.tsx";

const words = rollDesk.versions;

type Summary = Parameters<typeof words.summary>[0];

export interface RollVersionsPageProps {
  place: { code: string; community: string; building: string; entrance: string; phone: string };
  versions: readonly { number: number; at: string | Date; account: string | null; summary: Summary | null }[];
  /** What changed from the version before to the one that is looked at; null of the first. */
  shown: { from: number; to: number; differences: readonly FlatDifference[] } | null;
}

/** Every roll that was stored for a stairwell, and what each changed. */
export function RollVersionsPage({ place, versions, shown }: RollVersionsPageProps) {
  const title = `${place.community} ${place.building}${place.entrance}`;
  return (
    <PortalPage
      desk
      phone={place.phone}
      crumbs={[{ label: title, href: paths.deskStairwell(place.code) }, { label: rollDesk.title, href: paths.deskRoll(place.code) }, { label: words.title }]}
      title={{ eyebrow: title, title: words.title, lead: words.lead }}
    >
      <Stack gap="large">
        {shown && <Differences {...shown} />}
        {versions.length === 0 ? <Empty level={2} title={words.none} /> : <LinkList
          rows={versions.map(({ number, at, account, summary }, index) => ({
            href: paths.deskRollVersions(place.code, number),
            title: words.number(number),
            detail: (
              <>
                {words.by(longMoment(at), account)}
                <br />
                {summary ? words.summary(summary) : words.first}
              </>
            ),
            ...(index === 0 && { badge: <Badge tone="jade">{words.current}</Badge> }),
          }))}
        />}
      </Stack>
    </PortalPage>
  );
}

const marks = { added: { tone: "blue", sign: "up" }, removed: { tone: "neutral", sign: "none" }, changed: { tone: "amber", sign: "alert" } } as const;

function Differences({ from, to, differences }: NonNullable<RollVersionsPageProps["shown"]>) {
  const title = words.differences(from, to);
  return (
    <Section title={title}>
      {differences.length === 0 ? (
        <p>{words.same}</p>
      ) : (
        <Table
          caption={words.caption}
          columns={(["room", "state", "floor", "area", "owners", "numbers"] as const).map((key) => ({ key, label: words.columns[key] }))}
          rows={differences.map((flat) => ({
            key: flat.room,
            cells: {
              room: flat.room,
              state: <Badge {...marks[flat.state]}>{words.states[flat.state]}</Badge>,
              floor: flat.floor ? words.change(rollDesk.floorOf(flat.floor.from), rollDesk.floorOf(flat.floor.to)) : words.unchanged,
              area: areaOf(flat),
              owners: listed([flat.joined.length > 0 && words.joined(flat.joined.join("、")), flat.left.length > 0 && words.left(flat.left.join("、"))]),
              numbers: listed([flat.otherIds.length > 0 && words.otherIds(flat.otherIds.join("、")), flat.otherPhones.length > 0 && words.otherPhones(flat.otherPhones.join("、"))]),
            },
          }))}
        />
      )}
    </Section>
  );
}

const listed = (parts: readonly (string | false)[]) => parts.filter((part) => part !== false).join("；") || words.unchanged;

function areaOf({ area, areaSource }: FlatDifference): string {
  return listed([
    area !== null && words.change(formatArea(area.from), formatArea(area.to)),
    areaSource !== null && words.change(AREA_SOURCE_NAMES[areaSource.from], AREA_SOURCE_NAMES[areaSource.to]),
  ]);
}
