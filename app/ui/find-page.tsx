import type { Stage } from "#app/domain/stages.ts";
import { forms } from "#app/i18n/zh-CN/forms.ts";
import { find } from "#app/i18n/zh-CN/home.ts";
import { stairwellName } from "#app/i18n/zh-CN/places.ts";
import { stageNames } from "#app/i18n/zh-CN/stages.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { ButtonLink } from "./button.tsx";
import { Section } from "./card.tsx";
import { Actions, Stack } from "./layout.tsx";
import { LinkList } from "./link-list.tsx";
import { Empty, Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { SearchBox } from "./question.tsx";

export interface FindPageProps {
  typed: string;
  hotline: string;
  tooLong: boolean;
  /** How long to wait, after too many searches. */
  minutes: number | null;
  /** Null before anything was typed. */
  found: {
    stairwells: readonly { code: string; building: string; entrance: string; stage: Stage; community: string; address: string }[];
    communities: readonly { code: string; name: string; address: string; committee: string; stairwells: number }[];
    missingEntrance: number | null;
    more: boolean;
  } | null;
}

/** What was found for what somebody typed, in big rows; else what to try and whom to call. */
export function FindPage({ typed, tooLong, minutes, hotline, found }: FindPageProps) {
  const nothing = found !== null && found.stairwells.length + found.communities.length === 0;
  const ways = (
    <Actions>
      {hotline && (
        <ButtonLink href={paths.call(hotline)} sign="phone">
          {find.call(hotline)}
        </ButtonLink>
      )}
      <ButtonLink href={paths.communities()}>{find.all}</ButtonLink>
    </Actions>
  );
  return (
    <PortalPage width="narrow" title={{ title: find.title, lead: find.lead }}>
      <Stack gap="large">
        <SearchBox action={paths.search()} label={find.label} hint={find.hint} defaultValue={typed} />
        {tooLong && (
          <Notice kind="error" title={find.tooLong.title}>
            {find.tooLong.text}
          </Notice>
        )}
        {minutes !== null && <Notice kind="warning" title={forms.tooMany(minutes)} />}
        {nothing && (
          <Empty level={2} title={find.nothing.title(typed)} action={ways}>
            {find.nothing.text}
          </Empty>
        )}
        {found && found.stairwells.length > 0 && (
          <Section title={find.stairwells}>
            <LinkList
              rows={found.stairwells.map(({ code, building, entrance, stage, community, address }) => ({
                href: paths.stairwell(code),
                title: stairwellName(community, entrance),
                detail: find.stairwellDetail(address, building),
                badge: <Badge>{stageNames[stage]}</Badge>,
              }))}
            />
          </Section>
        )}
        {found && found.missingEntrance !== null && <Notice kind="warning">{find.missing(found.missingEntrance)}</Notice>}
        {found && found.communities.length > 0 && (
          <Section title={find.communities}>
            <LinkList
              rows={found.communities.map(({ code, name, address, committee, stairwells }) => ({
                href: paths.community(code),
                title: name,
                detail: find.communityDetail(address, committee, stairwells),
              }))}
            />
          </Section>
        )}
        {found?.more && <p>{find.more}</p>}
        {!nothing && ways}
      </Stack>
    </PortalPage>
  );
}
