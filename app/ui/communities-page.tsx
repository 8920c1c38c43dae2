import type { CommunityProgress } from "#app/domain/progress.ts";
import { map } from "#app/i18n/zh-CN/map.ts";
import { publicWords } from "#app/i18n/zh-CN/public.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { ButtonLink } from "./button.tsx";
import { Section } from "./card.tsx";
import { Columns, Stack } from "./layout.tsx";
import { LinkList } from "./link-list.tsx";
import { Empty } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { SearchBox } from "./question.tsx";

const words = publicWords.communitiesPage;

interface Letter {
  letter: string;
  rows: readonly CommunityProgress[];
}

/** All communities under the first letters of their names. */
export function CommunitiesPage({ letters, stairwells }: { letters: readonly Letter[]; stairwells: number }) {
  const half = halfOf(letters);
  const count = letters.reduce((sum, { rows }) => sum + rows.length, 0);
  return (
    <PortalPage title={{ title: words.title, lead: words.lead(count, stairwells) }}>
      <Stack gap="large">
        <SearchBox action={paths.search()} label={words.search} />
        {count > 0 && <ButtonLink href={paths.map()}>{map.link}</ButtonLink>}
        {count === 0 && <Empty level={2} title={words.empty.title}>{words.empty.text}</Empty>}
        <Columns>
          <Letters letters={letters.slice(0, half)} />
          <Letters letters={letters.slice(half)} />
        </Columns>
      </Stack>
    </PortalPage>
  );
}

/** How many groups fill the first of two columns: about half of the rows. */
function halfOf(letters: readonly Letter[]): number {
  const all = letters.reduce((sum, { rows }) => sum + rows.length, 0);
  let rows = 0;
  return letters.findIndex((letter) => (rows += letter.rows.length) >= all / 2) + 1;
}

function Letters({ letters }: { letters: readonly Letter[] }) {
  return (
    <Stack gap="large">
      {letters.map(({ letter, rows }) => (
        <Section key={letter} title={letter}>
          <LinkList
            rows={rows.map((row) => ({
              href: paths.community(row.code),
              title: row.name,
              detail: words.detail(row.address, row.stairwells, row.reserve),
              badge: <BestNews row={row} />,
            }))}
          />
        </Section>
      ))}
    </Stack>
  );
}

function BestNews({ row }: { row: CommunityProgress }) {
  if (row.inUse > 0) return <Badge tone="jade" sign="flag">{words.inUse(row.inUse)}</Badge>;
  if (row.building > 0) return <Badge tone="jade" sign="up">{words.building(row.building)}</Badge>;
  if (row.passed > 0) return <Badge tone="jade">{words.passed(row.passed)}</Badge>;
  return null;
}
