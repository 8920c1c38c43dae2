import type { ReactNode } from "react";
import type { PlanNamed } from "#app/domain/public-consultation.ts";
import type { PublicPlan } from "#app/domain/public-plans.ts";
import { longDay } from "#app/i18n/zh-CN/dates.ts";
import { firms } from "#app/i18n/zh-CN/firms.ts";
import { plans as words } from "#app/i18n/zh-CN/plans.ts";
import { stairwellName } from "#app/i18n/zh-CN/places.ts";
import { publicWords } from "#app/i18n/zh-CN/public.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { ButtonLink } from "./button.tsx";
import { Section } from "./card.tsx";
import { Actions, Stack } from "./layout.tsx";
import { Empty, Notice } from "./notice.tsx";
import { Photos } from "./photos.tsx";
import { PortalPage } from "./portal-page.tsx";
import { Table } from "./table.tsx";

/** A vote about a version, and what came of it. */
export interface PlanVote extends PlanNamed {
  state: "running" | "passed" | "failed";
}

export interface PlansPageProps {
  place: { code: string; community: string; communityCode: string; entrance: string; phone: string; floors: number };
  plans: readonly PublicPlan[];
  /** The newest first. */
  votes: readonly PlanVote[];
  /** What has changed since the vote that passed, in a sentence; null for nothing that matters. */
  renewal: string | null;
  pages: readonly { file: string; page: number; width: number; height: number }[];
}

/** The plans of a stairwell side by side, their drawings, and what they were before. */
export function PlansPage({ place, plans, votes, renewal, pages }: PlansPageProps) {
  const name = stairwellName(place.community, place.entrance);
  const living = plans.filter(({ withdrawn }) => withdrawn === null);
  const past = plans.filter(({ withdrawn, earlier }) => withdrawn !== null || earlier.length > 0);
  const drawings = living.flatMap(({ number, newest }) => {
    const own = pages.filter(({ file }) => file === newest.drawing);
    return own.map((one) => ({ ...one, caption: words.drawing(number, one.page, own.length), day: newest.day }));
  });
  return (
    <PortalPage
      phone={place.phone}
      crumbs={[
        { label: publicWords.communities, href: paths.communities() },
        { label: place.community, href: paths.community(place.communityCode) },
        { label: name, href: paths.stairwell(place.code) },
        { label: words.title },
      ]}
      title={{ eyebrow: name, title: words.title, lead: words.lead }}
    >
      <Stack gap="large">
        {renewal && (
          <Notice kind="warning" title={words.renewal}>
            {renewal}
          </Notice>
        )}
        {living.length === 0 ? (
          <Empty level={2} title={words.none}>
            {words.noneLead}
          </Empty>
        ) : (
          <Comparison plans={living} votes={votes} />
        )}
        {drawings.length > 0 && (
          <Section title={words.drawings}>
            <Photos photos={drawings} />
          </Section>
        )}
        {past.length > 0 && (
          <Section title={words.history} lead={words.historyLead}>
            <Stack>
              {past.map((plan) => (
                <History key={plan.number} plan={plan} />
              ))}
            </Stack>
          </Section>
        )}
        <Actions>
          <ButtonLink href={paths.stairwell(place.code)}>{words.back}</ButtonLink>
          <ButtonLink href={paths.stairwellCost(place.code)}>{words.cost}</ButtonLink>
          <ButtonLink href={paths.firms()}>{firms.link}</ButtonLink>
        </Actions>
      </Stack>
    </PortalPage>
  );
}

function voteOn({ number, version }: PlanNamed, votes: readonly PlanVote[]): string {
  const vote = votes.find((one) => one.number === number);
  if (!vote) return words.noVote;
  return vote.version === version ? words.votes[vote.state] : words.votedEarlier[vote.state](vote.version);
}

/** One line a term and one column a plan; on a phone each term is a small card that holds the plans against each other. */
function Comparison({ plans, votes }: { plans: readonly PublicPlan[]; votes: readonly PlanVote[] }) {
  const row = (term: keyof typeof words.terms, cell: (plan: PublicPlan) => ReactNode) => ({
    key: term,
    cells: { what: words.terms[term], ...Object.fromEntries(plans.map((plan) => [String(plan.number), cell(plan)])) },
  });
  return (
    <Table
      caption={words.table}
      columns={[{ key: "what", label: words.what }, ...plans.map(({ number }) => ({ key: String(number), label: words.name(number) }))]}
      rows={[
        ...(["price", "months", "entry", "position", "lift"] as const).map((term) => row(term, ({ newest }) => words.term[term](newest))),
        row("agent", ({ newest }) => (
          <>
            <a href={paths.firm(newest.firmId)}>{newest.agent}</a> {newest.blacklisted && <Badge tone="brick">{words.blacklisted}</Badge>}
          </>
        )),
        ...(plans.some(({ newest }) => newest.about) ? [row("about", ({ newest }) => newest.about ?? "—")] : []),
        row("vote", ({ newest }) => voteOn(newest, votes)),
        row("version", ({ newest }) => words.versionOf(newest.version, newest.day)),
      ]}
    />
  );
}

function History({ plan: { number, newest, earlier, withdrawn } }: { plan: PublicPlan }) {
  return (
    <Stack gap="small">
      <Table
        caption={`${words.name(number)}：${words.historyTable}`}
        columns={(["version", "day", "terms", "changed"] as const).map((key) => ({ key, label: words.columns[key] }))}
        rows={[newest, ...earlier].map((version) => ({
          key: String(version.version),
          cells: {
            version: String(version.version),
            day: longDay(version.day),
            terms: (["price", "months", "entry", "position", "lift", "agent"] as const).map((term) => words.term[term](version)).join("，"),
            changed: version.changed ?? words.first,
          },
        }))}
      />
      {withdrawn && <p>{words.withdrawn(withdrawn.day, withdrawn.reason)}</p>}
    </Stack>
  );
}
