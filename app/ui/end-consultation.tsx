import { exportFormats } from "#app/domain/export.ts";
import type { PublicTest } from "#app/domain/public-consultation.ts";
import type { TallyResult } from "#app/domain/tally.ts";
import { course } from "#app/i18n/zh-CN/consultation-course.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { deadline, longDay, longMoment } from "#app/i18n/zh-CN/dates.ts";
import { exportWords } from "#app/i18n/zh-CN/exports.ts";
import { tickets } from "#app/i18n/zh-CN/tickets.ts";
import { reminders } from "#app/i18n/zh-CN/reminders.ts";
import { notices } from "#app/i18n/zh-CN/notices.ts";
import { paper } from "#app/i18n/zh-CN/paper.ts";
import { paths } from "#app/paths.ts";
import { RoomRecords } from "./ballot-look-page.tsx";
import { Button } from "./button.tsx";
import { Card, Section } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { CodeField } from "./code-field.tsx";
import { Facts } from "./facts.tsx";
import { Field } from "./field.tsx";
import { Columns, Stack, Tiles } from "./layout.tsx";
import { LinkList, WayOn, type LinkRow } from "./link-list.tsx";
import { Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { SealCard } from "./record-cards.tsx";
import { typedAt } from "./reply.ts";
import { ResultTests } from "./result-tests.tsx";

type Moment = string | Date | null;

export interface EndConsultationProps {
  consultation: {
    code: string;
    stairwell: string;
    community: string;
    building: string;
    entrance: string;
    committeePhone: string;
    ruleset: { title: string; source: string; effectiveFrom: string | null };
    openedAt: string | Date;
    openedBy: string | null;
    closesAt: string | Date;
    closedAt: Moment;
    closedBy: string | null;
    closeReason: string | null;
    certifiedAt: Moment;
    certifiedBy: string | null;
    publishedAt: Moment;
    publishedBy: string | null;
    withdrawnAt: Moment;
    withdrawnBy: string | null;
    withdrawReason: string | null;
    imported: boolean;
  };
  tests: readonly PublicTest[] | null;
  result: TallyResult | null;
  mayAct: boolean;
  /** The flats whose record the office may read; none for the committee, which has the board. */
  rooms: readonly string[];
  /** Rooms of owners whose flats were cast differently. */
  split: readonly string[];
  extensions: readonly { closesAtBefore: string | Date; closesAt: string | Date; reason: string; at: string | Date; by: string }[];
  /** Stacks of paper that are still being split into pages. */
  unsplit: number;
  /** Uploaded pages from which no ballot was typed. */
  untyped: number;
  /** Rooms with a ballot that waits for the second person, and with a request to void one. */
  unchecked: readonly string[];
  pendingVoids: readonly string[];
  /** Objections to ballots that nobody has answered yet. */
  objections: readonly { id: number; room: string; dueOn: string }[];
  /** What keeps this person from certifying: having closed it, or having opened it where the portal closed it. */
  mine: "opened" | "closed" | null;
  due: boolean;
  seal: { head: string; seq: number; key: string } | null;
  formKey: string;
  reply: Reply | undefined;
}

/** Close, certify by a second person, publish; and the result on one page: rule, roll, the sums written out, who did what. */
export function EndConsultation(props: EndConsultationProps) {
  const { consultation, tests, result, mayAct, reply, formKey } = props;
  const words = consultationDesk.end;
  const name = `${consultation.community} ${consultation.building}${consultation.entrance}`;
  const certified = consultation.certifiedAt !== null;
  return (
    <PortalPage
      desk
      phone={consultation.committeePhone}
      crumbs={[{ label: name, href: paths.deskStairwell(consultation.stairwell) }, { label: consultationDesk.numbered(consultation.code), ...(mayAct && { href: paths.consultation(consultation.code) }) }, { label: words.title }]}
      title={{
        title: consultation.withdrawnAt ? consultationDesk.states.withdrawn : certified ? words.certified : consultation.closedAt ? words.provisional : consultationDesk.board.now,
        ...(result && { badges: [{ tone: result.passed ? ("jade" as const) : ("brick" as const), children: result.passed ? words.verdict.yes : words.verdict.no }] }),
      }}
    >
      <Stack gap="large">
        <Missing {...props} />
        <Columns split="main">
          {consultation.withdrawnAt ? (
            <Notice title={course.withdrawn(longMoment(consultation.withdrawnAt), consultation.withdrawnBy ?? "")}>{consultation.withdrawReason}</Notice>
          ) : result && tests ? (
            <Result {...props} result={result} tests={tests} />
          ) : (
            <Notice title={words.onlyOffice} />
          )}
          <Stack>
            {mayAct && (
              <PlainForm formKey={formKey} reply={reply}>
                <NextStep {...props} />
              </PlainForm>
            )}
            {consultation.publishedAt && <Notice kind="success" title={words.done} />}
            <Section title={course.links}>
              <LinkList rows={waysOf(props)} />
            </Section>
            {props.seal && <SealCard consultation={consultation.code} seal={props.seal} />}
            {props.rooms.length > 0 && <RoomRecords consultation={consultation.code} rooms={props.rooms} />}
          </Stack>
        </Columns>
      </Stack>
    </PortalPage>
  );
}

/** What is to be put right before the next step, side by side where there is room. */
function Missing({ consultation, unsplit, untyped, unchecked, pendingVoids, split, objections }: EndConsultationProps) {
  const words = consultationDesk.end;
  const { code, certifiedAt, closedAt } = consultation;
  const notices = [
    unsplit > 0 && (
      <Notice key="unsplit" kind="warning" title={paper.split.unsplit(unsplit)}>
        <WayOn href={paths.paper(code)}>{paper.split.again}</WayOn>
      </Notice>
    ),
    untyped > 0 && (
      <Notice key="untyped" kind="warning" title={words.untyped(untyped)}>
        <p>{words.untypedLead[closedAt ? "closed" : "open"]}</p>
        <WayOn href={paths.paper(code)}>{words.toPaper}</WayOn>
      </Notice>
    ),
    unchecked.length > 0 && (
      <Notice key="unchecked" kind="warning" title={words.unchecked(unchecked.length, consultationDesk.rooms(unchecked))}>
        <p>{words.uncheckedLead}</p>
        <WayOn href={paths.checkBallots(code)}>{words.toCheck}</WayOn>
      </Notice>
    ),
    pendingVoids.length > 0 && (
      <Notice key="voids" kind="warning" title={words.pendingVoids(consultationDesk.rooms(pendingVoids))}>
        {words.pendingVoidsLead}
      </Notice>
    ),
    split.length > 0 && !certifiedAt && (
      <Notice key="split" kind="warning" title={words.splitRooms(consultationDesk.rooms(split))}>
        {words.splitLead}
      </Notice>
    ),
    objections.length > 0 && (
      <Notice key="objections" kind="warning" title={tickets.objections(objections.length)}>
        <p>{tickets.objectionsLead}</p>
        {objections.map(({ id, room, dueOn }) => (
          <WayOn key={id} href={paths.deskTicket(id)}>{tickets.objection(room, dueOn)}</WayOn>
        ))}
      </Notice>
    ),
  ].filter((notice) => notice !== false);
  return notices.length > 0 && <Tiles>{notices}</Tiles>;
}

/** What else can be done at this point of the way, and the files to take along. */
function waysOf({ consultation: { code, stairwell, closedAt, certifiedAt }, mayAct }: EndConsultationProps): LinkRow[] {
  const words = consultationDesk.end;
  return [
    ...(mayAct ? [{ href: paths.consultationNotices(code), title: notices.desk.title }] : []),
    ...(mayAct && !closedAt
      ? [
          { href: paths.remindOwners(code), title: reminders.title },
          { href: paths.extendConsultation(code), title: course.extend.title },
          { href: paths.withdrawConsultation(code), title: course.withdraw.title },
        ]
      : []),
    ...(certifiedAt ? [{ href: paths.certificate(code), title: words.print }] : []),
    { href: paths.stairwell(stairwell), title: words.publicPage },
    ...(mayAct && closedAt ? [{ href: paths.consultationFile(code), title: consultationDesk.board.file, download: true }] : []),
    ...(closedAt ? exportFormats.map((format) => ({ href: paths.ballotsFile(code, format), title: exportWords.ballots.download(format) })) : []),
  ];
}

function NextStep({ consultation, due, mine, reply }: EndConsultationProps) {
  const words = consultationDesk.end;
  const typed = (name: string) => typedAt(reply, name);
  if (consultation.publishedAt || consultation.withdrawnAt) return null;
  if (consultation.certifiedAt) {
    return (
      <Card title={words.publish} tone="jade">
        <p>{words.publishLead}</p>
        <Button kind="primary" name="step" value="publish" wide>
          {words.publish}
        </Button>
      </Card>
    );
  }
  if (consultation.closedAt) {
    return (
      <Card title={words.certify} tone="jade">
        <p>{words.certifyLead}</p>
        {mine ? (
          <Notice title={words.certifySelf[mine]} />
        ) : (
          <Stack>
            <CodeField from="authenticator" {...typed("code")} />
            <Button kind="primary" name="step" value="certify" wide>
              {words.certify}
            </Button>
          </Stack>
        )}
      </Card>
    );
  }
  return (
    <Card title={words.close} tone="jade">
      <Stack>
        <p>{words.closeLead}</p>
        {!due && (
          <Field
            name="reason"
            label={words.closeEarly}
            hint={words.closeEarlyHint}
            {...typed("reason")}
            inputProps={{ maxLength: 500 }}
          />
        )}
        <CodeField from="authenticator" {...typed("code")} />
        <Button kind="primary" name="step" value="close" wide>
          {words.close}
        </Button>
      </Stack>
    </Card>
  );
}

function Result({ consultation, extensions, result, tests }: EndConsultationProps & { result: TallyResult; tests: readonly PublicTest[] }) {
  const words = consultationDesk.end;
  const part = ({ heads, area }: { heads: number; area: string }) => words.amount(heads, area);
  const step = (at: Moment, by: string | null) => (at ? words.who(longMoment(at), consultation.imported ? words.imported : by) : "—");
  const closed = step(consultation.closedAt, consultation.closedBy ?? words.byItself);
  return (
    <Stack>
      <Card title={words.sums}>
        <ResultTests tests={tests} />
      </Card>
      <Card title={consultation.ruleset.title}>
        <Facts
          facts={[
            { term: words.source, value: consultation.ruleset.source },
            { term: words.since, value: consultation.ruleset.effectiveFrom ? longDay(consultation.ruleset.effectiveFrom) : "—" },
            { term: words.roll, value: words.rollText(result.roll.heads, result.roll.units, result.roll.area) },
            { term: words.participated, value: part(result.participated) },
            { term: words.agree, value: part(result.agree) },
            { term: words.oppose, value: part(result.oppose) },
            { term: words.abstain, value: part(result.abstain) },
            ...(result.split.heads > 0 ? [{ term: words.split, value: words.people(result.split.heads) }] : []),
          ]}
        />
      </Card>
      <Card>
        <Facts
          facts={[
            { term: words.openedBy, value: step(consultation.openedAt, consultation.openedBy) },
            { term: words.deadline, value: deadline(consultation.closesAt) },
            ...extensions.map(({ closesAtBefore, closesAt, reason, at, by }, index) => ({
              term: course.extensions(index + 1),
              value: `${words.who(longMoment(at), by)}　${course.extension(deadline(closesAtBefore), deadline(closesAt), reason)}`,
            })),
            { term: words.closedBy, value: closed },
            ...(consultation.closeReason ? [{ term: words.reason, value: consultation.closeReason }] : []),
            { term: words.certifiedBy, value: step(consultation.certifiedAt, consultation.certifiedBy) },
            { term: words.publishedBy, value: step(consultation.publishedAt, consultation.publishedBy) },
          ]}
        />
      </Card>
    </Stack>
  );
}
