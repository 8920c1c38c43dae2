import type { PublicTest } from "#app/domain/public-view.ts";
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
import { Button, ButtonLink } from "./button.tsx";
import { Card } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { CodeField } from "./code-field.tsx";
import { Downloads } from "./exports-page.tsx";
import { Facts } from "./facts.tsx";
import { Field } from "./field.tsx";
import { Columns, Stack } from "./layout.tsx";
import { WayOn } from "./link-list.tsx";
import { Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { SealCard } from "./record-cards.tsx";
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
  const { consultation, tests, result, mayAct, unchecked, pendingVoids, split, objections, reply, formKey } = props;
  const words = consultationDesk.end;
  const name = `${consultation.community} ${consultation.building}${consultation.entrance}`;
  const certified = consultation.certifiedAt !== null;
  return (
    <PortalPage
      desk
      phone={consultation.committeePhone}
      crumbs={[{ label: name, href: paths.deskStairwell(consultation.stairwell) }, { label: consultationDesk.title, ...(mayAct && { href: paths.consultation(consultation.code) }) }, { label: words.title }]}
      title={{
        eyebrow: `${name} · ${consultation.code}`,
        title: consultation.withdrawnAt ? consultationDesk.states.withdrawn : certified ? words.certified : consultation.closedAt ? words.provisional : consultationDesk.board.now,
        ...(result && { badges: [{ tone: result.passed ? ("jade" as const) : ("brick" as const), children: result.passed ? words.verdict.yes : words.verdict.no }] }),
      }}
    >
      <Columns split="main">
        {consultation.withdrawnAt ? (
          <Notice title={course.withdrawn(longMoment(consultation.withdrawnAt), consultation.withdrawnBy ?? "")}>{consultation.withdrawReason}</Notice>
        ) : result && tests ? (
          <Result {...props} result={result} tests={tests} />
        ) : (
          <Notice title={words.onlyOffice} />
        )}
        <Stack>
          {props.unsplit > 0 && (
            <Notice kind="warning" title={paper.split.unsplit(props.unsplit)}>
              <WayOn href={paths.paper(consultation.code)}>{paper.split.again}</WayOn>
            </Notice>
          )}
          {props.untyped > 0 && (
            <Notice kind="warning" title={words.untyped(props.untyped)}>
              <p>{words.untypedLead[consultation.closedAt ? "closed" : "open"]}</p>
              <WayOn href={paths.paper(consultation.code)}>{words.toPaper}</WayOn>
            </Notice>
          )}
          {unchecked.length > 0 && (
            <Notice kind="warning" title={words.unchecked(unchecked.length, consultationDesk.rooms(unchecked))}>
              <p>{words.uncheckedLead}</p>
              <WayOn href={paths.checkBallots(consultation.code)}>{words.toCheck}</WayOn>
            </Notice>
          )}
          {pendingVoids.length > 0 && (
            <Notice kind="warning" title={words.pendingVoids(consultationDesk.rooms(pendingVoids))}>
              {words.pendingVoidsLead}
            </Notice>
          )}
          {split.length > 0 && !certified && (
            <Notice kind="warning" title={words.splitRooms(consultationDesk.rooms(split))}>
              {words.splitLead}
            </Notice>
          )}
          {objections.length > 0 && (
            <Notice kind="warning" title={tickets.objections(objections.length)}>
              <p>{tickets.objectionsLead}</p>
              {objections.map(({ id, room, dueOn }) => (
                <WayOn key={id} href={paths.deskTicket(id)}>{tickets.objection(room, dueOn)}</WayOn>
              ))}
            </Notice>
          )}
          {mayAct && (
            <PlainForm formKey={formKey} reply={reply}>
              <NextStep {...props} />
            </PlainForm>
          )}
          {consultation.publishedAt && <Notice kind="success" title={words.done} />}
          {mayAct && <CourseLinks consultation={consultation} />}
          <ButtonLink href={paths.stairwell(consultation.stairwell)} wide>
            {words.publicPage}
          </ButtonLink>
          {props.seal && <SealCard consultation={consultation.code} seal={props.seal} />}
          {props.rooms.length > 0 && <RoomRecords consultation={consultation.code} rooms={props.rooms} />}
          {mayAct && consultation.closedAt && (
            <ButtonLink href={paths.consultationFile(consultation.code)} wide download>
              {consultationDesk.board.file}
            </ButtonLink>
          )}
          {consultation.closedAt !== null && (
            <Downloads label={exportWords.ballots.download} hrefOf={(format) => paths.ballotsFile(consultation.code, format)} />
          )}
          {certified && (
            <ButtonLink href={paths.certificate(consultation.code)} wide>
              {words.print}
            </ButtonLink>
          )}
        </Stack>
      </Columns>
    </PortalPage>
  );
}

/** What else can be done at this point of the way. */
function CourseLinks({ consultation: { code, closedAt } }: Pick<EndConsultationProps, "consultation">) {
  return (
    <Card title={course.links}>
      <Stack gap="small">
        <ButtonLink href={paths.consultationNotices(code)} wide>
          {notices.desk.title}
        </ButtonLink>
        {!closedAt && (
          <>
            <ButtonLink href={paths.remindOwners(code)} wide>
              {reminders.title}
            </ButtonLink>
            <ButtonLink href={paths.extendConsultation(code)} wide>
              {course.extend.title}
            </ButtonLink>
            <ButtonLink href={paths.withdrawConsultation(code)} kind="quiet" wide>
              {course.withdraw.title}
            </ButtonLink>
          </>
        )}
      </Stack>
    </Card>
  );
}

function NextStep({ consultation, due, mine, reply }: EndConsultationProps) {
  const words = consultationDesk.end;
  const typed = (name: string) => ({ defaultValue: reply?.values[name], error: reply?.errors.find((e) => e.name === name)?.message });
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
      <Card title={words.sums}>
        <ResultTests tests={tests} />
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
