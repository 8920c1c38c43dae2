import type { PublicStop } from "#app/domain/public-stop.ts";
import type { PublicStairwell } from "#app/domain/public-view.ts";
import { longDay } from "#app/i18n/zh-CN/dates.ts";
import { listen as words } from "#app/i18n/zh-CN/listen.ts";
import { stairwellName } from "#app/i18n/zh-CN/places.ts";
import { publicWords } from "#app/i18n/zh-CN/public.ts";
import { paths } from "#app/paths.ts";
import { Button, ButtonLink } from "./button.tsx";
import { Stack } from "./layout.tsx";
import { PortalPage } from "./portal-page.tsx";
import { wordsFor } from "./stairwell-page.tsx";
import { useSpeech } from "./use-speech.ts";

export interface ListenPageProps {
  stairwell: PublicStairwell;
  stop: PublicStop | null;
}

/** Where a stairwell is, what comes next and whom to call: in very large letters, and read aloud where the browser can. */
export function ListenPage({ stairwell, stop }: ListenPageProps) {
  const { code, community, communityCode, committee, phone, entrance, stageSince } = stairwell;
  const name = stairwellName(community, entrance);
  const { now, next, you } = wordsFor(stairwell);
  const owed = stop && `${publicWords.stairwell.owes(stop.owner, longDay(stop.nextDay), stop.daysLate)}。`;
  const sentences = words.sentences({ name, now: stop?.reason ?? now, since: stop?.since ?? stageSince, next: owed ?? next, you, ask: [committee, phone] });
  const { can, speaks, toggle } = useSpeech(sentences);
  return (
    <PortalPage
      phone={phone}
      width="narrow"
      crumbs={[{ label: community, href: paths.community(communityCode) }, { label: name, href: paths.stairwell(code) }, { label: words.title }]}
      title={words.title}
    >
      <Stack>
        {can && (
          <Button type="button" kind="primary" wide aria-pressed={speaks} onClick={toggle}>
            {speaks ? words.stop : words.start}
          </Button>
        )}
        <section className="read-aloud" aria-label={words.text}>
          {sentences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </section>
        <ButtonLink href={paths.stairwell(code)} wide>
          {words.back}
        </ButtonLink>
      </Stack>
    </PortalPage>
  );
}
