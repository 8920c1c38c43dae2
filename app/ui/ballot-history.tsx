import type { ComponentProps, ReactNode } from "react";
import type { Choice } from "#app/domain/tally.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { longDay, longMoment } from "#app/i18n/zh-CN/dates.ts";
import { tickets } from "#app/i18n/zh-CN/tickets.ts";
import { paths } from "#app/paths.ts";
import { UNDO_MINUTES } from "#app/domain/ballot-end.ts";
import { LookLog } from "./ballot-look-page.tsx";
import { Badge, Badges } from "./badge.tsx";
import { Button, ButtonLink } from "./button.tsx";
import { Card } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { CodeField } from "./code-field.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { Facts } from "./facts.tsx";
import { Field } from "./field.tsx";
import { IntentHistory, type Filing } from "./intent-history.tsx";
import { Actions, Stack } from "./layout.tsx";
import { Empty, Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { errorAt } from "./reply.ts";

type Channel = "online" | "paper" | "assisted" | "proxy";

interface RecordedBallot {
  seq: number;
  choice: Choice;
  channel: Channel;
  authorisation: string | null;
  receivedOn: string | null;
  castAt: string | Date;
  recordedBy: string | null;
  receipt: string | null;
  voidReason: string | null;
  voidAt: string | Date | null;
  voidRequestedBy: string | null;
  voidConfirmedBy: string | null;
  end: "void" | "undone" | "disagreed" | "unchecked" | null;
  checkedBy: string | null;
  checkedAt: string | Date | null;
  checkNote: string | null;
  /** Whether its owner said that it is none of theirs, and the ticket about that. */
  objected: boolean;
  objection: number | null;
  /** Pages of paper and a signature that lie with it; none for whom they are not. */
  files: readonly { kind: "ballot" | "authorisation" | "signature"; fileId: string; page: number }[];
  /** Whether this person may take it back now. */
  mayUndo: boolean;
  counts: boolean;
  formKey: string;
}

export interface BallotHistoryProps {
  consultation: { code: string; community: string; building: string; entrance: string; committeePhone: string; certified: boolean };
  room: string;
  ballots: readonly RecordedBallot[];
  requests: readonly { seq: number; reason: string; requestedById: number | null; requestedBy: string | null; state: "pending" | "confirmed" | "rejected"; rejectedFor: string | null; rejectedBy: string | null; at: string | Date }[];
  /** What was filed for the flat before and beside the vote; null where the person may not see that. */
  intents: readonly Filing[] | null;
  /** Who has looked at single ballots of the consultation. */
  looks: ComponentProps<typeof LookLog>["looks"];
  /** Whether the person works for the committee; the office only reads. */
  mayAct: boolean;
  me: number;
  reply: Reply | undefined;
}

/** Every ballot of a flat with its ends, and the two steps by which one is made void. */
export function BallotHistory({ consultation, room, ballots, requests, intents, looks, mayAct, me, reply }: BallotHistoryProps) {
  const words = consultationDesk.history;
  const name = `${consultation.community} ${consultation.building}${consultation.entrance}`;
  return (
    <PortalPage
      desk
      width="narrow"
      phone={consultation.committeePhone}
      crumbs={[{ label: name, href: mayAct ? paths.consultation(consultation.code, { room }) : paths.endConsultation(consultation.code) }, { label: words.title(room) }]}
      title={{ title: words.title(room), lead: words.lead }}
    >
      <Stack>
        {ballots.length === 0 && <Empty level={2} title={words.none} />}
        {ballots.map((ballot) => (
          <BallotCard key={ballot.seq} ballot={ballot} requests={requests.filter((r) => r.seq === ballot.seq)} settled={consultation.certified || !mayAct} me={me} reply={reply?.values["seq"] === String(ballot.seq) ? reply : undefined} />
        ))}
        {intents && (
          <Card title={words.intents}>
            <p>{intents.length > 0 ? words.intentsLead : words.noIntents}</p>
            {intents.length > 0 && <IntentHistory history={intents} />}
          </Card>
        )}
        <LookLog looks={looks} />
      </Stack>
    </PortalPage>
  );
}

interface BallotCardProps {
  ballot: RecordedBallot;
  /** All that was asked about it. */
  requests: BallotHistoryProps["requests"];
  /** Whether nothing can be done about it: certified, or not this person's to do. */
  settled: boolean;
  me: number;
  /** The answer to a form of this card. */
  reply: Reply | undefined;
}

function BallotCard({ ballot, requests, settled, me, reply }: BallotCardProps) {
  const words = consultationDesk.history;
  const request = requests.find(({ state }) => state === "pending");
  const rejections = requests.flatMap(({ rejectedFor, rejectedBy }) => (rejectedFor && rejectedBy ? [words.rejectedBy(rejectedBy, rejectedFor)] : []));
  const ended = ballot.end !== null && ballot.end !== "unchecked";
  const step = reply?.values["step"];
  // What was posted may have lost its form meanwhile, for a colleague was quicker or the ten minutes are over.
  const mayAnswer = step === "undo" ? ballot.mayUndo : step === "request" ? !ended && !request && !settled : request !== undefined && !settled;
  const standing = request ? words.pending : ballot.end ? words.ends[ballot.end] : ballot.counts ? words.counts : words.replaced;
  const facts = [
    { term: words.choice, value: consultationDesk.board.choices[ballot.choice] },
    { term: words.channel, value: words.channels[ballot.channel] },
    ...(ballot.authorisation ? [{ term: words.authorisation, value: ballot.authorisation }] : []),
    ...(ballot.receivedOn ? [{ term: words.receivedOn, value: longDay(ballot.receivedOn) }] : []),
    { term: words.at, value: longMoment(ballot.castAt) },
    ...(ballot.recordedBy ? [{ term: words.recordedBy, value: ballot.recordedBy }] : []),
    ...(ballot.receipt ? [{ term: words.receipt, value: ballot.receipt }] : []),
    ...(ballot.checkedBy && ballot.checkedAt ? [{ term: words.checkedBy, value: words.by(longMoment(ballot.checkedAt), ballot.checkedBy) }] : []),
    ...(ballot.checkNote ? [{ term: words.checkNote, value: ballot.checkNote }] : []),
    ...(ballot.voidReason ? [{ term: words.voidReason, value: ballot.voidReason }] : []),
    ...(ballot.voidAt && ballot.voidConfirmedBy
      ? [{ term: words.voidedBy, value: words.voidBy(longMoment(ballot.voidAt), ballot.voidConfirmedBy, ballot.voidRequestedBy ?? words.byOwner) }]
      : []),
    ...(rejections.length > 0 ? [{ term: words.rejectedVoid, value: rejections.join("；") }] : []),
    ...(ballot.objection === null ? [] : [{ term: words.objection, value: <a href={paths.deskTicket(ballot.objection)}>{tickets.title(ballot.objection)}</a> }]),
  ];
  return (
    <Card
      title={words.number(ballot.seq)}
      aside={
        <Badges>
          {ballot.objected && <Badge tone="brick" sign="alert">{words.objected}</Badge>}
          <Badge tone={request || ballot.end === "unchecked" ? "amber" : ballot.counts ? "jade" : "neutral"}>{standing}</Badge>
        </Badges>
      }
    >
      <Stack>
        {reply && !mayAnswer && <ErrorSummary errors={reply.errors} />}
        <Facts facts={facts} />
        {ballot.files.length > 0 && (
          <Actions>
            {ballot.files.map(({ kind, fileId, page }) => (
              <ButtonLink key={`${fileId} ${page} ${kind}`} href={paths.file(fileId, "screen", page)}>
                {words.files[kind]}
              </ButtonLink>
            ))}
          </Actions>
        )}
        {request && !settled && <Request ballot={ballot} request={request} me={me} reply={reply} />}
        {ballot.mayUndo && (
          <StepForm ballot={ballot} step="undo" reply={reply}>
            {() => (
              <>
                <p>{words.undoHint(UNDO_MINUTES)}</p>
                <Button name="step" value="undo">
                  {words.undo}
                </Button>
              </>
            )}
          </StepForm>
        )}
        {!ended && !request && !settled && (
          <details open={step === "request"}>
            <summary>{words.requestVoid}</summary>
            <StepForm ballot={ballot} step="request" reply={reply}>
              {(field) => (
                <>
                  <Field {...field("reason")} label={words.reason} hint={words.reasonHint} inputProps={{ maxLength: 500 }} />
                  <CodeField from="authenticator" {...field("code")} />
                  <Button kind="danger" name="step" value="request">
                    {words.requestVoid}
                  </Button>
                </>
              )}
            </StepForm>
          </details>
        )}
      </Stack>
    </Card>
  );
}

type Step = "request" | "confirm" | "reject" | "undo";

/** One of the steps of making a ballot void; `field` fills in what was typed before and what is wrong with it. */
function StepForm({ ballot, step, reply, children }: {
  ballot: RecordedBallot;
  step: Step;
  reply: Reply | undefined;
  children: (field: <Name extends string>(name: Name) => { name: Name; within: string; defaultValue: string | undefined; error: string | undefined }) => ReactNode;
}) {
  const own = reply?.values["step"] === step ? reply : undefined;
  const within = `${step}-${ballot.seq}`;
  return (
    <PlainForm formKey={`${ballot.formKey}-${step}`} reply={own} within={within}>
      <input type="hidden" name="seq" value={ballot.seq} />
      {children((name) => ({ name, within, defaultValue: own?.values[name], error: errorAt(own, name) }))}
    </PlainForm>
  );
}

function Request({ ballot, request, me, reply }: Required<Pick<BallotCardProps, "ballot" | "me" | "reply">> & { request: BallotHistoryProps["requests"][number] }) {
  const words = consultationDesk.history;
  return (
    <>
      <Notice kind="warning" title={request.requestedBy === null ? words.ownerObjects : words.requestedBy(request.requestedBy)}>
        {request.reason}
      </Notice>
      {request.requestedById === me ? (
        <p>{words.secondPerson}</p>
      ) : (
        <StepForm ballot={ballot} step="confirm" reply={reply}>
          {(field) => (
            <>
              <CodeField from="authenticator" {...field("code")} />
              <Actions>
                <Button kind="danger" name="step" value="confirm">
                  {words.confirmVoid}
                </Button>
              </Actions>
            </>
          )}
        </StepForm>
      )}
      <details open={reply?.values["step"] === "reject"}>
        <summary>{words.rejectVoid}</summary>
        <StepForm ballot={ballot} step="reject" reply={reply}>
          {(field) => (
            <>
              <Field {...field("reason")} label={words.rejectReason} inputProps={{ maxLength: 500 }} />
              <Button name="step" value="reject">
                {words.rejectVoid}
              </Button>
            </>
          )}
        </StepForm>
      </details>
    </>
  );
}
