import type { ReportKind, StepOwner, StopCause } from "#app/domain/milestones.ts";
import type { PublicWorks } from "#app/domain/public-works.ts";
import { milestoneStates, reportKindNames, stepOwnerNames, stopCauseNames, worksDesk as words } from "#app/i18n/zh-CN/construction.ts";
import { longMoment, shortDay } from "#app/i18n/zh-CN/dates.ts";
import { faults } from "#app/i18n/zh-CN/site-faults.ts";
import { siteBoard } from "#app/i18n/zh-CN/site-board.ts";
import { stageDesk } from "#app/i18n/zh-CN/stage-desk.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { Button, ButtonLink } from "./button.tsx";
import { Card, Section } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { Facts, type Fact } from "./facts.tsx";
import { CheckField, Field } from "./field.tsx";
import { Columns, Stack } from "./layout.tsx";
import { LinkList } from "./link-list.tsx";
import { Empty, Notice } from "./notice.tsx";
import { Photos } from "./photos.tsx";
import { PortalPage } from "./portal-page.tsx";
import { WorksCard } from "./works-card.tsx";

interface DeskReport {
  id: number;
  milestone: string;
  kind: ReportKind;
  onDay: string;
  at: string | Date;
  cause: StopCause | null;
  owner: StepOwner | null;
  nextDay: string | null;
  people: number | null;
  by: string;
  verdict: "confirmed" | "returned" | null;
  reason: string | null;
  /** Who has confirmed it or sent it back. */
  decidedBy: string | null;
  decidedAt: string | Date | null;
  photos: readonly { file: string; width: number; height: number }[];
  words: { work?: string; problems?: string; tomorrow?: string };
  /** Whether it says that a milestone is done, and waits to be confirmed. */
  waits: boolean;
  /** Whether the reader has sent it. */
  own: boolean;
}

export interface DeskWorksProps {
  place: { code: string; community: string; building: string; entrance: string; phone: string };
  /** The page of the stairwell at the desk, or the list of who has none. */
  back: string;
  /** Who holds a milestone against its photos: the committee and the supervisor. */
  mayDecide: boolean;
  mayAct: boolean;
  /** Whether the project is at a stage in which works are planned. */
  mayPlan: boolean;
  works: PublicWorks | null;
  reports: readonly DeskReport[];
  done: "confirmed" | "returned" | "planned" | "contacts" | null;
  formKey: string;
  reply: Reply | undefined;
}

/** The works at the desk: what waits to be confirmed, where they stand, and what was reported. */
export function DeskWorks({ place, back, mayDecide, mayAct, mayPlan, works, reports, done, formKey, reply }: DeskWorksProps) {
  const name = `${place.community} ${place.building}${place.entrance}`;
  const names = Object.fromEntries(works?.milestones.map((one) => [one.code, one.name]) ?? []);
  const waiting = reports.filter(({ waits }) => waits);
  const others = reports.filter(({ waits }) => !waits);
  const ways = mayDecide
    ? [
        ...(mayAct && mayPlan && works ? [{ href: paths.deskWorksPlan(place.code), title: words.replan }] : []),
        { href: paths.deskFaults(place.code), title: faults.title },
        ...(mayAct ? [{ href: paths.deskPhotos(place.code), title: words.photos }] : []),
        { href: paths.siteBoard(place.code), title: siteBoard.link },
        ...(mayAct ? [{ href: paths.deskSiteContacts(place.code), title: words.contacts.title }] : []),
        { href: paths.deskStage(place.code), title: stageDesk.link },
      ]
    : [];
  return (
    <PortalPage
      desk
      phone={place.phone}
      crumbs={[{ label: name, href: back }, { label: words.title }]}
      title={{ eyebrow: name, title: words.title }}
    >
      <Stack gap="large">
        {done && !reply && <Notice kind="success" title={words.done[done]} />}
        {reply && <ErrorSummary errors={reply.errors} />}
        {waiting.map((report) => (
          <Waiting key={report.id} report={report} name={names[report.milestone] ?? report.milestone} isFirst={works?.milestones[0]?.code === report.milestone} {...{ place, mayDecide, formKey }} />
        ))}
        {works ? (
          <WorksCard works={works} ways={ways.length > 0 && <LinkList rows={ways} />} />
        ) : (
          <>
            <Empty level={2} title={words.noPlan}>
              {mayPlan ? words.noPlanLead : words.notYet}
            </Empty>
            {mayAct && mayPlan && (
              <ButtonLink href={paths.deskWorksPlan(place.code)} kind="primary" wide>
                {words.plan}
              </ButtonLink>
            )}
            {ways.length > 0 && <LinkList rows={ways} />}
          </>
        )}
        {others.length > 0 && (
          <Section title={words.reports}>
            {others.map((report) => (
              <Card key={report.id} level={3} title={words.reportTitle(shortDay(report.onDay), names[report.milestone] ?? report.milestone)} aside={<ReportBadge report={report} />}>
                <ReportWords report={report} />
              </Card>
            ))}
          </Section>
        )}
      </Stack>
    </PortalPage>
  );
}

function ReportBadge({ report: { kind, verdict } }: { report: DeskReport }) {
  if (verdict === "confirmed") return <Badge tone="jade">{milestoneStates.confirmed}</Badge>;
  if (verdict === "returned") return <Badge tone="brick">{words.isReturned}</Badge>;
  return <Badge tone={kind === "stopped" ? "brick" : "neutral"} {...(kind === "stopped" && { sign: "pause" as const })}>{reportKindNames[kind]}</Badge>;
}

/** What a report says, with its photos. */
function ReportWords({ report }: { report: DeskReport }) {
  const { words: said, photos, reason } = report;
  const facts: Fact[] = [
    { term: words.sentBy, value: words.sentAt(report.by, longMoment(report.at)) },
    ...(report.cause ? [{ term: words.cause, value: stopCauseNames[report.cause] }] : []),
    ...(report.owner && report.nextDay ? [{ term: words.nextStep, value: words.nextBy(stepOwnerNames[report.owner], shortDay(report.nextDay)) }] : []),
    ...(report.people === null ? [] : [{ term: words.people, value: words.heads(report.people) }]),
    ...(["work", "problems", "tomorrow"] as const).flatMap((key) => (said[key] ? [{ term: words.daily[key], value: said[key] }] : [])),
    ...(report.verdict && report.decidedBy && report.decidedAt ? [{ term: words.decided[report.verdict], value: words.decidedAt(report.decidedBy, longMoment(report.decidedAt)) }] : []),
    ...(reason ? [{ term: words.returnedFor, value: reason }] : []),
  ];
  return (
    <>
      <Facts facts={facts} />
      {photos.length > 0 && <Photos photos={photos.map((photo) => ({ ...photo, caption: words.evidence, day: report.onDay }))} />}
    </>
  );
}

/** A milestone that is reported done: its photos, and the two answers. */
function Waiting({ report, name, isFirst, place, mayDecide, formKey }: { report: DeskReport; name: string; isFirst: boolean } & Pick<DeskWorksProps, "place" | "mayDecide" | "formKey">) {
  const within = String(report.id);
  return (
    <Card title={words.waits(name)} tone="amber" aside={<Badge tone="amber">{milestoneStates.reported}</Badge>}>
      <Columns>
        <Stack>
          <ReportWords report={report} />
        </Stack>
        {mayDecide && report.own && <Notice title={words.ownReport} />}
        {mayDecide && !report.own && (
          <Stack>
            <PlainForm formKey={`${formKey}-${within}`} action={paths.deskWorks(place.code)}>
              <input type="hidden" name="reportId" value={report.id} />
              {isFirst && <CheckField name="board" within={within} label={words.board} />}
              <Button kind="primary" name="verdict" value="confirmed" wide>
                {words.confirm}
              </Button>
            </PlainForm>
            <PlainForm formKey={`${formKey}-${within}-r`} action={paths.deskWorks(place.code)}>
              <input type="hidden" name="reportId" value={report.id} />
              <Field type="textarea" name="reason" within={within} label={words.returnReason} inputProps={{ maxLength: 200, rows: 2, required: true }} />
              <Button name="verdict" value="returned" wide>
                {words.return}
              </Button>
            </PlainForm>
          </Stack>
        )}
      </Columns>
    </Card>
  );
}
