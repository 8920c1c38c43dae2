import type { Counts, Reach } from "#app/domain/progress.ts";
import { home } from "#app/i18n/zh-CN/home.ts";
import { stageNames } from "#app/i18n/zh-CN/stages.ts";
import { paths } from "#app/paths.ts";
import { Card, CardLink } from "./card.tsx";
import { Funnel } from "./funnel.tsx";
import { Hero, Stack, Tiles, Unseen } from "./layout.tsx";
import { Empty } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { SearchBox } from "./question.tsx";
import { Skyline } from "./skyline.tsx";

export interface HomePageProps {
  subdistrict: string;
  hotline: string;
  counts: Counts;
  /** The houses of the picture: the communities, or in a small subdistrict the stairwells. */
  drawn: { of: "communities" | "stairwells"; houses: readonly Reach[] };
  asOf: string | Date;
}

/** The first page: find my stairwell, how far the subdistrict has come, what can be done here. */
export function HomePage({ subdistrict, hotline, counts, drawn, asOf }: HomePageProps) {
  const { funnel, skyline } = home;
  const [pathTo, captionOf] = drawn.of === "stairwells" ? [paths.stairwell, skyline.captionOfStairwells] : [paths.community, skyline.caption];
  const funnelRows = [
    { label: funnel.withIntents, count: counts.withIntents, href: paths.progress() },
    { label: funnel.reserve, count: counts.reserve, href: paths.reserve() },
    { label: funnel.passed, count: counts.passed, href: paths.progress() },
    { label: funnel.inUse, count: counts.inUse, href: paths.progress({ stage: "in-use" }) },
  ];
  return (
    <PortalPage>
      <Stack gap="large">
        <Hero
          title={home.title}
          lead={home.lead}
          side={
            counts.stairwells > 0 ? (
              <Card title={funnel.title(subdistrict, counts.stairwells)} foot={funnel.asOf(asOf)}>
                <Funnel label={funnel.label} whole={counts.stairwells} rows={funnelRows} />
              </Card>
            ) : (
              <Card>
                <Empty title={home.empty.title}>{home.empty.text}</Empty>
              </Card>
            )
          }
        >
          <SearchBox action={paths.search()} {...home.search} />
          <p>
            {home.byPhone.before}
            <a href={paths.call(hotline)}>{hotline}</a>
            {home.byPhone.after}
          </p>
        </Hero>
        {drawn.houses.length > 0 && (
          <Skyline
            houses={drawn.houses.map(({ code, name, floors, furthest, car, inUse }) => ({
              href: pathTo(code),
              title: skyline.house(name, furthest && stageNames[furthest]),
              floors,
              car,
              inUse,
            }))}
            caption={captionOf(drawn.houses.length, drawn.houses.filter(({ car }) => car !== null).length)}
            all={{ href: paths.communities(), label: skyline.all }}
          />
        )}
        <section>
          <Unseen>
            <h2>{home.modulesTitle}</h2>
          </Unseen>
          <Tiles>
            {home.modules.map((module) => (
              <CardLink key={module.title} {...module} />
            ))}
          </Tiles>
        </section>
      </Stack>
    </PortalPage>
  );
}
