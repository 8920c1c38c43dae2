import type { Scope } from "#app/domain/consultation.ts";
import type { IntentChoice } from "#app/domain/intent.ts";
import type { MaterialChange } from "#app/domain/plan.ts";
import type { Stage } from "#app/domain/stages.ts";
import { assisted } from "#app/i18n/zh-CN/assisted.ts";
import { binding } from "#app/i18n/zh-CN/binding.ts";
import { worksDesk } from "#app/i18n/zh-CN/construction.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { deadline, longMoment } from "#app/i18n/zh-CN/dates.ts";
import { desk } from "#app/i18n/zh-CN/desk.ts";
import { planDesk, plans } from "#app/i18n/zh-CN/plans.ts";
import { agreementWords, money } from "#app/i18n/zh-CN/money.ts";
import { photoDesk } from "#app/i18n/zh-CN/photos.ts";
import { exportWords } from "#app/i18n/zh-CN/exports.ts";
import { doors } from "#app/i18n/zh-CN/doors.ts";
import { rollDesk } from "#app/i18n/zh-CN/roll-desk.ts";
import { stageNotices } from "#app/i18n/zh-CN/stage-notices.ts";
import { stageDesk } from "#app/i18n/zh-CN/stage-desk.ts";
import { tickets } from "#app/i18n/zh-CN/tickets.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { Board, type BoardState } from "./board.tsx";
import { ButtonLink } from "./button.tsx";
import { Card, Section } from "./card.tsx";
import { Facts } from "./facts.tsx";
import { IntentHistory, type Filing } from "./intent-history.tsx";
import { Columns, Stack } from "./layout.tsx";
import { LinkList } from "./link-list.tsx";
import { Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { ResultBar } from "./result-bar.tsx";

export interface DeskStairwellProps {
  place: { code: string; community: string; communityCode: string; building: string; entrance: string; phone: string; stage: Stage };
  mayFile: boolean;
  flats: readonly { room: string; floor: number; choice: IntentChoice | null; needsHelp: boolean | null }[];
  counts: { flats: number; filed: number; willing: number; need: number };
  history: readonly Filing[];
  openQuestions: number;
  consultations: readonly { code: string; scope: Scope; state: "open" | "closed" | "certified" | "published" | "withdrawn"; openedAt: string | Date; closesAt: string | Date; passed: boolean | null }[];
  /** What makes the consent to the plan need to be renewed. */
  renewal: readonly MaterialChange[];
  filed: { room: string; receipt: string; told: number | null } | null;
  roll: "stored" | "unchanged" | null;
}

const stateOf = (choice: IntentChoice | null): BoardState =>
  choice === null ? "missing" : ({ willing: "agree", unwilling: "oppose", undecided: "abstain" } as const)[choice];

/** What is to be done first, and every other way in groups: those of the project aside, all others below the building. */
function waysOf({ place, mayFile, openQuestions, mayOpen, mayAskCommunity }: DeskStairwellProps & { mayOpen: boolean; mayAskCommunity: boolean }) {
  const { code, stage } = place;
  const building = ["approval", "construction", "acceptance"].includes(stage);
  const first = [
    ...(mayFile && openQuestions > 0 ? [{ href: paths.deskQuestions(code), title: desk.questions(openQuestions) }] : []),
    ...(mayFile && mayOpen ? [{ href: paths.openConsultation(code), title: desk.openConsultation }] : []),
    ...(building ? [{ href: paths.deskWorks(code), title: worksDesk.link }] : []),
  ];
  const groups: Record<keyof typeof desk.ways, { href: string; title: string; all?: true }[]> = {
    project: [
      { href: paths.deskStage(code), title: stageDesk.link, all: true },
      ...(mayAskCommunity ? [{ href: paths.openConsultation(code, "community"), title: desk.openCommunityConsultation }] : []),
      { href: paths.deskPlans(code), title: planDesk.link, all: true },
      { href: paths.deskNotices(code), title: stageNotices.desk.link },
      { href: paths.agreement(code), title: agreementWords.link, all: true },
      { href: paths.money(code), title: money.title },
      { href: paths.deskPhotos(code), title: photoDesk.link, all: true },
    ],
    owners: [
      ...(stage === "in-use" ? [] : [{ href: paths.doors(code), title: doors.link }]),
      { href: paths.takeTicket({ stairwell: code }), title: tickets.take.title, all: true },
      { href: paths.deskRoll(code), title: rollDesk.link },
      { href: paths.deskRollExport(code), title: exportWords.roll.link },
      { href: paths.deskPeople(code), title: binding.people.title },
    ],
    print: [
      { href: paths.deskPoster(code), title: desk.printPoster, all: true },
      { href: paths.deskSlips(code), title: desk.printSlips },
      { href: paths.stairwell(code), title: desk.publicPage, all: true },
    ],
  };
  const group = (key: keyof typeof desk.ways) => (
    <Section title={desk.ways[key]}>
      <LinkList rows={groups[key].filter(({ all }) => all ?? mayFile)} />
    </Section>
  );
  return { first, group };
}

/** A stairwell at the desk: its flats with their intents, what can be done, what was filed. */
export function DeskStairwell(props: DeskStairwellProps) {
  const { place, mayFile, flats, counts, history, consultations, renewal, filed, roll } = props;
  const floors = [...new Set(flats.map((flat) => flat.floor))].map((floor) => ({
    floor,
    flats: flats
      .filter((flat) => flat.floor === floor)
      .map(({ room, choice }) => ({ room, state: stateOf(choice), ...(mayFile && { href: paths.deskFile(place.code, room) }), selected: filed?.room === room })),
  }));
  const helped = flats.filter(({ needsHelp }) => needsHelp).map(({ room }) => room);
  const missing = counts.need - counts.willing;
  const isFree = (scope: Scope) => consultations.every((c) => c.scope !== scope || c.state === "withdrawn" || (c.state === "published" && (!c.passed || (scope === "stairwell" && renewal.length > 0))));
  const mayOpen = place.stage === "consultation" && isFree("stairwell");
  const mayAskCommunity = !["intent", "construction", "acceptance", "in-use"].includes(place.stage) && isFree("community");
  const { first, group } = waysOf({ ...props, mayOpen, mayAskCommunity });
  const isPast = ({ state }: DeskStairwellProps["consultations"][number]) => state === "published" || state === "withdrawn";
  const [running, past] = [consultations.filter((one) => !isPast(one)), consultations.filter(isPast)];
  return (
    <PortalPage
      desk
      phone={place.phone}
      crumbs={[{ label: place.community, href: paths.desk({ community: place.communityCode }) }, { label: `${place.building}${place.entrance}` }]}
      title={{ title: `${place.community} ${place.building}${place.entrance}`, badges: [{ tone: "jade", children: desk.stage[place.stage] }] }}
    >
      <Stack gap="large">
        {filed && <Notice kind="success" title={desk.filed(filed.room, filed.receipt)}>{filed.told !== null && assisted.told(filed.told)}</Notice>}
        {roll && <Notice kind="success" title={rollDesk[roll]} />}
        {renewal.length > 0 && (
          <Notice kind="warning" title={plans.renewal}>
            {plans.renewalOf(renewal)} {planDesk.renewalNext}
          </Notice>
        )}
        <Columns split="main">
          <Stack gap="large">
            {running.length > 0 && <Consultations title={consultationDesk.title} consultations={running} mayFile={mayFile} />}
            <Section title={desk.board} lead={mayFile ? desk.boardNote : desk.boardHidden}>
              {mayFile && <Board caption={desk.boardCaption} floors={floors} legend={desk.boardStates} car={{ have: counts.willing, of: counts.flats }} />}
            </Section>
            <Columns>
              {group("owners")}
              {group("print")}
            </Columns>
          </Stack>
          <Stack>
            {first.length > 0 && (
              <Stack gap="small">
                {first.map(({ href, title }) => (
                  <ButtonLink key={href} href={href} kind="primary" wide>
                    {title}
                  </ButtonLink>
                ))}
              </Stack>
            )}
            <Card title={desk.summary}>
              <ResultBar
                label={desk.choice.willing}
                value={`${counts.willing}／${counts.flats} 户`}
                share={{ have: counts.willing, of: counts.flats, needNum: 2, needDen: 3 }}
                met={missing <= 0 ? "yes" : "open"}
                verdict={missing <= 0 ? desk.reached : desk.missingTo(missing)}
              />
              {helped.length > 0 && <Facts facts={[{ term: desk.helpAsked, value: helped.join("、") }]} />}
            </Card>
            {group("project")}
          </Stack>
        </Columns>
        {past.length > 0 && <Consultations title={consultationDesk.past} consultations={past} mayFile={mayFile} />}
        {history.length > 0 && (
          <Section title={desk.history} lead={desk.historyLead}>
            <IntentHistory history={history} />
          </Section>
        )}
      </Stack>
    </PortalPage>
  );
}

/** Consultations of the stairwell, the newest first, each with the way to its board or its result. */
function Consultations({ title, consultations, mayFile }: { title: string } & Pick<DeskStairwellProps, "consultations" | "mayFile">) {
  return (
    <Section title={title}>
      <LinkList
        rows={consultations.map((c) => ({
          href: mayFile && c.state !== "withdrawn" ? paths.consultation(c.code) : paths.endConsultation(c.code),
          title: `${consultationDesk.scopes[c.scope]}　${c.code}`,
          detail: consultationDesk.period(longMoment(c.openedAt), deadline(c.closesAt)),
          badge: <Badge tone={c.state === "published" ? "jade" : c.state === "withdrawn" ? "neutral" : "amber"}>{consultationDesk.states[c.state]}</Badge>,
        }))}
      />
    </Section>
  );
}
