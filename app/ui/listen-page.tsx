import { listen as words } from "#app/i18n/zh-CN/listen.ts";
import { paths } from "#app/paths.ts";
import { Button, ButtonLink } from "./button.tsx";
import { Stack } from "./layout.tsx";
import { PortalPage } from "./portal-page.tsx";
import { useSpeech } from "./use-speech.ts";

export interface ListenPageProps {
  place: { code: string; name: string; community: string; communityCode: string; phone: string };
  sentences: readonly string[];
}

/** What there is to say of a stairwell in very large letters, and read aloud where the browser can. */
export function ListenPage({ place: { code, name, community, communityCode, phone }, sentences }: ListenPageProps) {
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
