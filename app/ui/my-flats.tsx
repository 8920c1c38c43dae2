import type { IntentChoice } from "#app/domain/intent.ts";
import type { Stage } from "#app/domain/stages.ts";
import type { Choice } from "#app/domain/tally.ts";
import { deadline } from "#app/i18n/zh-CN/dates.ts";
import { me } from "#app/i18n/zh-CN/me.ts";
import { paths } from "#app/paths.ts";
import { ButtonLink } from "./button.tsx";
import { Card } from "./card.tsx";
import { Facts } from "./facts.tsx";
import { Actions, Stack } from "./layout.tsx";
import { Empty, Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";

export interface MyFlatsProps {
  name: string;
  now: string;
  flats: readonly {
    id: number;
    room: string;
    stairwell: string;
    entrance: string;
    community: string;
    phone: string;
    stage: Stage;
    intent: IntentChoice | null;
    consultation: string | null;
    closesAt: string | Date | null;
    ballot: Choice | null;
  }[];
}

/** A resident's flats, what runs for each, and the one thing to do. */
export function MyFlats({ name, flats, now }: MyFlatsProps) {
  return (
    <PortalPage personal width="narrow" phone={flats[0]?.phone} title={{ title: me.title, lead: me.lead(name) }}>
      <Stack>
        {flats.length === 0 && <Empty title={me.none}>{me.noneLead}</Empty>}
        {flats.map((flat) => (
          <Card key={flat.id} title={me.flat(flat.community, flat.entrance, flat.room)}>
            <Stack>
              {flat.consultation && flat.closesAt && new Date(flat.closesAt) > new Date(now) && (
                <>
                  <Notice title={me.until(deadline(flat.closesAt))}>{flat.ballot ? me.voted : me.notVoted}</Notice>
                  <ButtonLink kind="primary" wide href={paths.myBallot(flat.consultation, flat.room)}>
                    {flat.ballot ? me.changeVote : me.vote}
                  </ButtonLink>
                </>
              )}
              <Facts
                facts={[
                  { term: me.stage, value: me.stageNames[flat.stage] },
                  { term: me.intent, value: flat.intent ? me.intents[flat.intent] : me.noIntent },
                ]}
              />
              <Actions>
                {flat.stage !== "in-use" && <ButtonLink href={paths.ownIntent(flat.stairwell, flat.room)}>{flat.intent ? me.changeIntent : me.fileIntent}</ButtonLink>}
                <ButtonLink href={paths.stairwell(flat.stairwell)}>{me.stairwell}</ButtonLink>
              </Actions>
            </Stack>
          </Card>
        ))}
      </Stack>
    </PortalPage>
  );
}
