import { guides, guideRoles, guideWords as words, type Guide, type GuideRole } from "#app/i18n/zh-CN/guide.ts";
import { help } from "#app/i18n/zh-CN/help.ts";
import { paths } from "#app/paths.ts";
import { Section } from "./card.tsx";
import { guideScreens } from "./guide-screens.ts";
import { Stack } from "./layout.tsx";
import { LinkList } from "./link-list.tsx";
import { PortalPage } from "./portal-page.tsx";

const rowsOf = (roles: readonly GuideRole[]) => roles.map((role) => ({ href: paths.guide(role), title: guides[role].title, detail: guides[role].lead }));

/** The guides, one for each kind of work. */
export function GuideListPage() {
  return (
    <PortalPage width="narrow" crumbs={[{ label: help.title, href: paths.help() }, { label: words.title }]} title={{ title: words.title, lead: words.lead }}>
      <Stack gap="large">
        <LinkList rows={rowsOf(guideRoles)} />
        <p>{words.practice}</p>
      </Stack>
    </PortalPage>
  );
}

/** One guide: a picture and a sentence or two for each step; prints. */
export function GuidePage({ role }: { role: GuideRole }) {
  const { title, who, lead, screen, steps }: Guide = guides[role];
  return (
    <PortalPage
      width="narrow"
      crumbs={[{ label: help.title, href: paths.help() }, { label: words.title, href: paths.guides() }, { label: who }]}
      title={{ eyebrow: words.title, title, lead }}
    >
      <Stack gap="large">
        <ol className="guide" data-screen={screen}>
          {steps.map((step) => (
            <li key={step.picture}>
              <div>
                <h2>{step.title}</h2>
                <p>{step.text}</p>
              </div>
              <img src={paths.guidePicture(step.picture)} alt={step.alt} {...guideScreens[screen]} loading="lazy" />
            </li>
          ))}
        </ol>
        <p>{words.print}</p>
        <Section title={words.others}>
          <LinkList rows={rowsOf(guideRoles.filter((other) => other !== role))} />
        </Section>
      </Stack>
    </PortalPage>
  );
}
