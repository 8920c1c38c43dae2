import { shanghaiClock } from "#app/i18n/zh-CN/dates.ts";
import { handouts } from "#app/i18n/zh-CN/handouts.ts";
import { paths } from "#app/paths.ts";
import { ButtonLink } from "./button.tsx";
import { Card } from "./card.tsx";
import { Actions, Stack } from "./layout.tsx";
import { WayOn } from "./link-list.tsx";
import { Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { ProgressCard } from "./progress-card.tsx";

export interface StackPageProps {
  /** Its code. */
  consultation: string;
  id: string;
  place: { code: string; community: string; building: string; entrance: string; phone: string };
  /** How many of its flats are drawn. */
  flat: number;
  flats: number;
  /** How many it has; null before it is made. */
  pages: number | null;
  expiresAt: string;
  /** Why it was not made. */
  refused: string | null;
  /** In seconds, until the page looks again. */
  again: number;
}

const words = handouts.stack;

/** The sheets of a stairwell as one PDF: how far it is, and then the file. */
export function StackPage({ consultation, id, place, flat, flats, pages, expiresAt, refused, again }: StackPageProps) {
  const name = `${place.community} ${place.building}${place.entrance}`;
  const back = paths.handouts(consultation, place.code);
  const file = pages === null ? null : words.ready.lead(pages, shanghaiClock(expiresAt));
  const title = refused ? words.refused.title : file ? words.ready.title : words.making.title;
  return (
    <PortalPage desk width="narrow" phone={place.phone} crumbs={[{ label: `${name} ${handouts.title}`, href: back }, { label: title }]} title={{ eyebrow: `${name} · ${consultation}`, title, lead: refused || file ? undefined : words.making.lead }}>
      {refused ? (
        <Stack>
          <Notice kind="error" title={refused} />
          <ButtonLink href={back} kind="primary">
            {words.refused.again}
          </ButtonLink>
        </Stack>
      ) : file ? (
        <Card tone="jade">
          <p>{file}</p>
          <Actions>
            <ButtonLink href={paths.handoutStackFile(consultation, id)} kind="primary" sign="down" wide download>
              {words.ready.download}
            </ButtonLink>
          </Actions>
          <WayOn href={back}>{words.ready.back}</WayOn>
        </Card>
      ) : (
        <ProgressCard
          label={words.making.title}
          done={flat > 0 ? { so: flat, of: flats } : null}
          words={flat > 0 ? words.making.at(flat, flats) : words.making.waiting}
          href={paths.handoutStack(consultation, id)}
          again={words.making.again}
          itself={words.making.itself(again)}
        />
      )}
    </PortalPage>
  );
}
