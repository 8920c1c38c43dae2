import { binding } from "#app/i18n/zh-CN/binding.ts";
import { worksDesk } from "#app/i18n/zh-CN/construction.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { deadline } from "#app/i18n/zh-CN/dates.ts";
import { desk } from "#app/i18n/zh-CN/desk.ts";
import { doors as doorWords } from "#app/i18n/zh-CN/doors.ts";
import { stageNotices } from "#app/i18n/zh-CN/stage-notices.ts";
import { tickets as ticketWords } from "#app/i18n/zh-CN/tickets.ts";
import { today as words } from "#app/i18n/zh-CN/today.ts";
import { paths } from "#app/paths.ts";
import type { Scope } from "#app/domain/consultation.ts";
import type { Stage } from "#app/domain/stages.ts";
import { Badge, type Tone } from "./badge.tsx";
import { Section } from "./card.tsx";
import { Columns, Stack } from "./layout.tsx";
import { LinkList, type LinkRow } from "./link-list.tsx";
import { Empty, Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { SearchBox } from "./question.tsx";

interface Place {
  code: string;
  community: string;
  entrance: string;
  scope: Scope;
}

export interface DeskTodayProps {
  name: string;
  /** Whether the clerk acts; the office looks, and is told of no ballots. */
  mayAct: boolean;
  toConfirm: number;
  tickets: { fresh: number; due: number };
  /** Requests to bind a flat that wait. */
  bindings: number;
  secondPerson: readonly (Place & { toCheck: number; toVoid: number; room: string | null })[];
  /** Uploaded pages that wait to be typed, and how many of them were sent back to this clerk. */
  toType: readonly (Place & { toType: number; returned: number })[];
  /** Stairwells whose consultation closes this week, with how many ballots are missing; the committee's alone. */
  doors: readonly { stairwell: string; community: string; entrance: string; closesAt: string | Date; left: number }[];
  ending: readonly (Place & {
    state: "open" | "closed" | "certified";
    closesAt: string | Date;
    due: boolean;
    /** Whether this clerk was the first person, so that another one certifies. */
    mine: boolean;
    toPass: { heads: number | null; area: string | null } | null;
  })[];
  /** Plans in public notice, those that end first. */
  planNotices: readonly { notice: number; stairwell: string; community: string; entrance: string; over: boolean; left: number; unanswered: number; posted: boolean }[];
  /** Sites that nobody has reported from for fourteen days. */
  silentSites: readonly { code: string; community: string; building: string; entrance: string; days: number }[];
  questions: readonly { code: string; community: string; building: string; entrance: string; questions: number }[];
  running: number;
  find: { typed: string; stairwells: readonly FoundPlace[]; flats: readonly (FoundPlace & { room: string; unit: string | null; consultation: string | null })[] } | null;
  communities: readonly { code: string; name: string; committee: string; stairwells: number }[];
  community?: string | undefined;
  stairwells: readonly { code: string; building: string; entrance: string; community: string; stage: Stage; flats: number; willing: number }[];
}

interface FoundPlace {
  stairwell: string;
  community: string;
  building: string;
  entrance: string;
}

/** From so many days before its end on, a notice is today's work. */
const NOTICE_SOON = 3;

const count = (n: number) => <Badge tone="amber">{String(n)}</Badge>;

const placeOf = ({ community, entrance, scope }: Place) => `${community} ${entrance}${scope === "community" ? words.community : ""}`;

/** What is still missing at a consultation that closes soon. */
function missingOf({ heads, area }: { heads: number | null; area: string | null }): string {
  if (heads === null || area === null) return words.cannotPass;
  const parts = [...(heads > 0 ? [words.missingHeads(heads)] : []), ...(area === "0.00" ? [] : [words.missingArea(area)])];
  return parts.length > 0 ? words.missing(parts) : words.passing;
}

function endingRow(mayAct: boolean, one: DeskTodayProps["ending"][number]): LinkRow {
  const place = placeOf(one);
  const href = paths.endConsultation(one.code);
  const badge = (tone: Tone) => <Badge tone={tone}>{consultationDesk.states[one.due ? "due" : one.state]}</Badge>;
  if (one.state === "certified") return { href, title: mayAct ? words.toPublish(place) : words.toPublishByCommittee(place), badge: badge("amber") };
  if (one.state === "closed") {
    if (!mayAct) return { href, title: words.toCertifyByCommittee(place), badge: badge("neutral") };
    if (one.mine) return { href, title: words.toCertifyByOther(place), detail: words.toCertifyByOtherLead, badge: badge("neutral") };
    return { href, title: words.toCertify(place), detail: words.toCertifyLead, badge: badge("amber") };
  }
  if (one.due) return { href, title: words.due(place), badge: badge("brick") };
  return {
    href: mayAct ? paths.consultation(one.code) : href,
    title: words.closing(place, deadline(one.closesAt)),
    ...(one.toPass && { detail: missingOf(one.toPass) }),
    badge: badge("blue"),
  };
}

/** A plan's notice that runs out soon, is over, lacks its proof or has opinions without an answer; none while it just hangs. */
function planNoticeRows(planNotices: DeskTodayProps["planNotices"]): LinkRow[] {
  const { desk: said } = stageNotices;
  return planNotices
    .filter(({ over, left, unanswered, posted }) => over || left <= NOTICE_SOON || unanswered > 0 || !posted)
    .map(({ notice, stairwell, community, entrance, over, left, unanswered, posted }) => {
      const place = `${community} ${entrance}`;
      const open = [...(unanswered > 0 ? [said.todayUnanswered(unanswered)] : []), ...(posted ? [] : [said.todayNoProof])];
      return {
        href: paths.deskNotice(stairwell, notice),
        title: over ? said.todayOver(place) : said.todayEnds(place, left),
        detail: open.length > 0 ? open.join("，") : over ? said.todayNext : undefined,
        badge: unanswered > 0 ? count(unanswered) : undefined,
      };
    });
}

/** All that needs the clerk now, one line each, what is late or waits for a second person first. */
function tasksOf({ mayAct, toConfirm, bindings, tickets, secondPerson, toType, ending, doors, silentSites, questions, planNotices }: DeskTodayProps): LinkRow[] {
  const endings = (is: (one: DeskTodayProps["ending"][number]) => boolean) => ending.filter(is).map((one) => endingRow(mayAct, one));
  const isForOthers = ({ state, mine }: DeskTodayProps["ending"][number]) => state === "closed" && (mine || !mayAct);
  return [
    ...endings(({ due }) => due),
    ...(tickets.fresh + tickets.due > 0
      ? [
          {
            href: paths.deskTickets(),
            title: ticketWords.todo(tickets.fresh, tickets.due),
            detail: ticketWords.todoLead,
            badge: tickets.due > 0 ? <Badge tone="brick" sign="alert">{String(tickets.due)}</Badge> : count(tickets.fresh),
          },
        ]
      : []),
    ...secondPerson.flatMap((one) => [
      ...(one.toCheck > 0 ? [{ href: paths.checkBallots(one.code), title: words.toCheck(placeOf(one), one.toCheck), detail: words.toCheckLead, badge: count(one.toCheck) }] : []),
      ...(one.toVoid > 0
        ? [{ href: paths.ballotHistory(one.code, one.room ?? ""), title: words.toVoid(placeOf(one), one.toVoid), detail: words.toVoidLead, badge: count(one.toVoid) }]
        : []),
    ]),
    ...toType.map((one) => ({
      href: paths.paper(one.code),
      title: words.toType(placeOf(one), one.toType),
      ...(one.returned > 0 && { detail: words.returned(one.returned) }),
      badge: count(one.toType),
    })),
    ...endings((one) => one.state !== "open" && !isForOthers(one)),
    ...endings(({ state, due }) => state === "open" && !due),
    ...silentSites.map(({ code, community, building, entrance, days }) => ({
      href: paths.deskWorks(code), title: worksDesk.today(`${community} ${building}${entrance}`, days), detail: worksDesk.todayLead,
      badge: <Badge tone="amber" sign="alert">{String(days)}</Badge>,
    })),
    ...doors.map(({ stairwell, left, closesAt, ...place }) => ({
      href: paths.doors(stairwell), title: doorWords.today(`${place.community} ${place.entrance}`, left), detail: doorWords.todayLead(closesAt), badge: count(left),
    })),
    ...planNoticeRows(planNotices),
    ...(toConfirm > 0
      ? [{ href: paths.deskIntents(), title: mayAct ? desk.intentsToConfirm(toConfirm) : desk.intentsOfCommittees(toConfirm), detail: desk.intentsToConfirmLead, badge: count(toConfirm) }]
      : []),
    ...(bindings > 0
      ? [{ href: paths.deskBindings(), title: mayAct ? binding.desk.waiting(bindings) : binding.desk.ofCommittees(bindings), detail: binding.desk.waitingLead, badge: count(bindings) }]
      : []),
    ...questions.map(({ code, community, building, entrance, questions: n }) => ({
      href: paths.deskQuestions(code), title: words.questions(`${community} ${building}${entrance}`, n), detail: words.questionsLead, badge: count(n),
    })),
    ...endings(isForOthers),
  ];
}

/** What needs the clerk now, then the way to a stairwell, a flat, a consultation. */
export function DeskToday(props: DeskTodayProps) {
  const { name, mayAct, running, find, communities, community, stairwells } = props;
  const tasks = tasksOf(props);
  return (
    <PortalPage desk title={{ eyebrow: desk.hello(name), title: desk.today }}>
      <Columns split="main">
        <Stack gap="large">
          {find && <Found find={find} mayAct={mayAct} />}
          {tasks.length > 0 ? <LinkList rows={tasks} /> : <Empty level={2} title={desk.nothing}>{desk.nothingLead}</Empty>}
        </Stack>
        <Stack>
          <SearchBox action={paths.desk()} label={words.find} hint={words.findHint} {...(find && { defaultValue: find.typed })} />
          <LinkList rows={[{ href: paths.consultations(), title: words.allConsultations, detail: words.allConsultationsDetail(running) }]} />
          <Section title={desk.communities}>
            {communities.length === 0 ? (
              <p>{desk.noCommunities}</p>
            ) : (
              <LinkList
                rows={communities.map((c) => ({
                  href: paths.desk({ community: c.code }),
                  title: c.name,
                  detail: c.committee,
                  badge: c.code === community ? <Badge tone="jade">{desk.stairwells(c.stairwells)}</Badge> : desk.stairwells(c.stairwells),
                }))}
              />
            )}
          </Section>
        </Stack>
      </Columns>
      {stairwells.length > 0 && (
        <Section title={desk.myStairwells}>
          <LinkList
            wide
            rows={stairwells.map((s) => ({
              href: paths.deskStairwell(s.code),
              title: `${s.community} ${s.building}${s.entrance}`,
              detail: desk.willing(s.willing, s.flats),
              badge: desk.stage[s.stage],
            }))}
          />
        </Section>
      )}
    </PortalPage>
  );
}

function Found({ find: { typed, stairwells, flats }, mayAct }: { find: NonNullable<DeskTodayProps["find"]>; mayAct: boolean }) {
  if (stairwells.length + flats.length === 0) return <Notice kind="warning" title={words.notFound(typed)} />;
  const name = ({ community, building, entrance }: FoundPlace) => `${community} ${building}${entrance}`;
  return (
    <Section title={flats.length > 0 ? words.foundFlats : words.foundStairwells}>
      <LinkList
        rows={
          flats.length > 0
            ? flats.map((flat) => ({
                title: `${name(flat)} ${flat.room}`,
                ...(flat.consultation && flat.unit && mayAct
                  ? { href: paths.consultation(flat.consultation, { room: flat.unit }), detail: words.takesBallot }
                  : { href: paths.deskStairwell(flat.stairwell) }),
              }))
            : stairwells.map((place) => ({ href: paths.deskStairwell(place.stairwell), title: name(place) }))
        }
      />
    </Section>
  );
}
