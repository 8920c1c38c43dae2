import type { PublicRow } from "#app/domain/public-view.ts";
import { doorName } from "#app/i18n/zh-CN/places.ts";
import { publicWords } from "#app/i18n/zh-CN/public.ts";
import { paths } from "#app/paths.ts";
import { ButtonLink } from "./button.tsx";
import { Section } from "./card.tsx";
import { Columns, Stack } from "./layout.tsx";
import { LinkList } from "./link-list.tsx";
import { Empty } from "./notice.tsx";
import { Pager } from "./pager.tsx";
import { PortalPage } from "./portal-page.tsx";
import { StandingBadge } from "./standing.tsx";

export interface ReservePageProps {
  communities: readonly { code: string; name: string; committee: string; stairwells: readonly PublicRow[] }[];
  counts: { reserve: number; stairwells: number; communities: number };
  page: number;
  pages: number;
}

const words = publicWords.reserve;

/** The reserve by community, the newest first. */
export function ReservePage({ communities, counts, page, pages }: ReservePageProps) {
  const half = Math.ceil(communities.length / 2);
  return (
    <PortalPage title={{ title: words.title, lead: words.lead }}>
      <Stack gap="large">
        {counts.reserve === 0 ? (
          <Empty level={2} title={words.empty.title} action={<ButtonLink href={paths.search()}>{words.find}</ButtonLink>}>
            {words.empty.text}
          </Empty>
        ) : (
          <p>
            <strong>{words.total(counts.reserve, counts.stairwells, counts.communities)}</strong>
          </p>
        )}
        <Columns>
          <Communities communities={communities.slice(0, half)} />
          <Communities communities={communities.slice(half)} />
        </Columns>
        <Pager page={page} pages={pages} hrefOf={(to) => paths.reserve(to)} />
      </Stack>
    </PortalPage>
  );
}

function Communities({ communities }: Pick<ReservePageProps, "communities">) {
  return (
    <Stack gap="large">
      {communities.map(({ code, name, committee, stairwells }) => (
        <Section key={code} title={name} aside={<a href={paths.community(code)}>{words.community(stairwells.length)}</a>} lead={committee}>
          <LinkList
            rows={stairwells.map((row) => ({
              href: paths.stairwell(row.code),
              title: doorName(row.entrance),
              detail: row.reserveSince && words.entered(row.reserveSince),
              badge: <StandingBadge standing={row} />,
            }))}
          />
        </Section>
      ))}
    </Stack>
  );
}
