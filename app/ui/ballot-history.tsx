import type { Choice } from "#app/domain/tally.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { longDay, longMoment } from "#app/i18n/zh-CN/dates.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { Button } from "./button.tsx";
import { Card } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { ErrorSummary } from "./error-summary.tsx";
import { Facts } from "./facts.tsx";
import { Field } from "./field.tsx";
import { Actions, Stack } from "./layout.tsx";
import { Empty, Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";

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
  pendingVoid: boolean | unknown;
  counts: boolean;
  formKey: string;
}

export interface BallotHistoryProps {
  consultation: { code: string; community: string; building: string; entrance: string; committeePhone: string; certified: boolean };
  room: string;
  ballots: readonly RecordedBallot[];
  requests: readonly { seq: number; reason: string; requestedById: number; requestedBy: string; state: "pending" | "confirmed" | "rejected"; at: string | Date }[];
  me: number;
  reply: Reply | undefined;
}

/** Every ballot of a flat with its ends, and the two steps by which one is made void. */
export function BallotHistory({ consultation, room, ballots, requests, me, reply }: BallotHistoryProps) {
  const words = consultationDesk.history;
  const name = `${consultation.community} ${consultation.building}${consultation.entrance}`;
  return (
    <PortalPage
      desk
      width="narrow"
      phone={consultation.committeePhone}
      crumbs={[{ label: name, href: paths.consultation(consultation.code, room) }, { label: words.title(room) }]}
      title={{ title: words.title(room), lead: words.lead }}
    >
      <Stack>
        {reply && <ErrorSummary errors={reply.errors} />}
        {ballots.length === 0 && <Empty title={words.none} />}
        {ballots.map((ballot) => (
          <BallotCard key={ballot.seq} ballot={ballot} request={requests.find((r) => r.seq === ballot.seq && r.state === "pending")} certified={consultation.certified} me={me} />
        ))}
      </Stack>
    </PortalPage>
  );
}

function BallotCard({ ballot, request, certified, me }: { ballot: RecordedBallot; request: BallotHistoryProps["requests"][number] | undefined; certified: boolean; me: number }) {
  const words = consultationDesk.history;
  const isVoid = ballot.voidReason !== null;
  const standing = isVoid ? words.void : request ? words.pending : ballot.counts ? words.counts : words.replaced;
  const facts = [
    { term: words.choice, value: consultationDesk.board.choices[ballot.choice] },
    { term: words.channel, value: words.channels[ballot.channel] },
    ...(ballot.authorisation ? [{ term: words.authorisation, value: ballot.authorisation }] : []),
    ...(ballot.receivedOn ? [{ term: words.receivedOn, value: longDay(ballot.receivedOn) }] : []),
    { term: words.at, value: longMoment(ballot.castAt) },
    ...(ballot.recordedBy ? [{ term: words.by, value: ballot.recordedBy }] : []),
    ...(ballot.receipt ? [{ term: words.receipt, value: ballot.receipt }] : []),
    ...(ballot.voidReason ? [{ term: words.voidReason, value: ballot.voidReason }] : []),
  ];
  return (
    <Card title={`${words.number} ${ballot.seq}`} aside={<Badge tone={isVoid ? "neutral" : request ? "amber" : ballot.counts ? "jade" : "neutral"}>{standing}</Badge>}>
      <Stack>
        <Facts facts={facts} />
        {request && !certified && <Request ballot={ballot} request={request} me={me} />}
        {!isVoid && !request && !certified && (
          <details>
            <summary>{words.requestVoid}</summary>
            <PlainForm formKey={ballot.formKey}>
              <input type="hidden" name="seq" value={ballot.seq} />
              <Field name="reason" label={words.reason} hint={words.reasonHint} inputProps={{ maxLength: 500 }} />
              <Button kind="danger" name="step" value="request">
                {words.requestVoid}
              </Button>
            </PlainForm>
          </details>
        )}
      </Stack>
    </Card>
  );
}

function Request({ ballot, request, me }: { ballot: RecordedBallot; request: BallotHistoryProps["requests"][number]; me: number }) {
  const words = consultationDesk.history;
  return (
    <>
      <Notice kind="warning" title={words.requestedBy(request.requestedBy)}>
        {request.reason}
      </Notice>
      {request.requestedById === me ? (
        <p>{words.secondPerson}</p>
      ) : (
        <PlainForm formKey={ballot.formKey}>
          <input type="hidden" name="seq" value={ballot.seq} />
          <Actions>
            <Button kind="danger" name="step" value="confirm">
              {words.confirmVoid}
            </Button>
          </Actions>
        </PlainForm>
      )}
      <details>
        <summary>{words.rejectVoid}</summary>
        <PlainForm formKey={`${ballot.formKey}-r`}>
          <input type="hidden" name="seq" value={ballot.seq} />
          <Field name="reason" label={words.rejectReason} inputProps={{ maxLength: 500 }} />
          <Button name="step" value="reject">
            {words.rejectVoid}
          </Button>
        </PlainForm>
      </details>
    </>
  );
}
