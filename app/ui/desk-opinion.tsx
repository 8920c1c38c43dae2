import type { MediationOutcome, MediationStep, OfferParty } from "#app/domain/mediation.ts";
import type { OpinionChannel, OpinionKind } from "#app/domain/opinion.ts";
import { longDay } from "#app/i18n/zh-CN/dates.ts";
import { opinionWords } from "#app/i18n/zh-CN/opinions.ts";
import { stageNotices } from "#app/i18n/zh-CN/stage-notices.ts";
import { paths } from "#app/paths.ts";
import { Badge } from "./badge.tsx";
import { Button } from "./button.tsx";
import { Card } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { placeName, type NoticePlace } from "./desk-stage-notices.tsx";
import { Facts } from "./facts.tsx";
import { ChoiceField, Field } from "./field.tsx";
import { Columns, Stack } from "./layout.tsx";
import { PortalPage } from "./portal-page.tsx";
import { typedAt } from "./reply.ts";
import { Steps } from "./steps.tsx";
import { Lines } from "./ticket-parts.tsx";

const words = opinionWords.desk;

const typedOf = (reply: Reply | undefined) => (name: string) => typedAt(reply, name);

const choicesOf = <Key extends string>(labels: Record<Key, string>) => (Object.keys(labels) as Key[]).map((value) => ({ value, label: labels[value] }));

export interface TakeOpinionProps {
  place: NoticePlace;
  notice: { id: number; title: string; publishedOn: string };
  rooms: readonly string[];
  today: string;
  formKey: string;
  reply: Reply | undefined;
}

/** An opinion that came on paper or by phone. */
export function TakeOpinion({ place, notice, rooms, today, formKey, reply }: TakeOpinionProps) {
  const typed = typedOf(reply);
  return (
    <PortalPage
      desk
      width="narrow"
      phone={place.phone}
      crumbs={[{ label: placeName(place), href: paths.deskStairwell(place.code) }, { label: notice.title, href: paths.deskNotice(place.code, notice.id) }, { label: words.add }]}
      title={{ eyebrow: notice.title, title: words.add, lead: words.addLead }}
    >
      <PlainForm formKey={formKey} reply={reply}>
        <ChoiceField
          name="kind"
          label={words.kind}
          choices={(["objection", "suggestion"] as const).map((value) => ({ value, label: opinionWords.kinds[value], hint: opinionWords.give.kindHints[value] }))}
          defaultValue={reply?.values["kind"] ?? ""}
          error={typed("kind").error}
        />
        <ChoiceField
          row
          name="channel"
          label={words.channel}
          choices={(["paper", "phone"] as const).map((value) => ({ value, label: opinionWords.channels[value] }))}
          defaultValue={reply?.values["channel"] ?? "paper"}
          error={typed("channel").error}
        />
        <Field type="textarea" name="text" label={words.text} {...typed("text")} inputProps={{ rows: 6, maxLength: 1000 }} />
        <Field
          type="select"
          name="room"
          size="short"
          label={words.room} optional
          placeholder={opinionWords.give.noRoom}
          options={rooms.map((room) => ({ value: room, label: room }))}
          {...typed("room")}
        />
        <Field name="name" label={words.name} optional {...typed("name")} inputProps={{ maxLength: 40, autoComplete: "off" }} />
        <Field type="tel" name="phone" label={words.phone} optional hint={words.phoneHint} {...typed("phone")} inputProps={{ maxLength: 20, autoComplete: "off" }} />
        <Field type="date" name="receivedOn" size="short" label={words.receivedOn} {...typed("receivedOn")} defaultValue={reply?.values["receivedOn"] ?? today} inputProps={{ min: notice.publishedOn, max: today }} />
        <Button kind="primary" wide>
          {words.save}
        </Button>
      </PlainForm>
    </PortalPage>
  );
}

/** An opinion opened for who may read it. */
export interface OpenedOpinion {
  id: number;
  kind: OpinionKind;
  channel: OpinionChannel;
  receivedOn: string;
  notice: number;
  title: string;
  stairwell: string;
  building: string;
  entrance: string;
  community: string;
  phone: string;
  room: string | null;
  text: string;
  answer: { text: string; day: string } | null;
  steps: readonly { step: MediationStep; party: OfferParty | null; outcome: MediationOutcome | null; day: string; text: string }[];
  state: keyof typeof opinionWords.states;
}

/** The words of an opinion, and the answer to it. */
export function OpinionWords({ opinion }: { opinion: OpenedOpinion }) {
  return (
    <>
      <Card title={opinionWords.kinds[opinion.kind]} foot={opinionWords.received(opinion.receivedOn, opinion.channel)}>
        <Lines text={opinion.text} />
      </Card>
      {opinion.answer && (
        <Card title={opinionWords.answer} tone="jade" foot={opinionWords.answeredOn(opinion.answer.day)}>
          <Lines text={opinion.answer.text} />
        </Card>
      )}
    </>
  );
}

/** The record of a mediation, step by step. */
export function MediationRecord({ opinion }: { opinion: OpenedOpinion }) {
  const detailOf = ({ step, party, outcome }: OpenedOpinion["steps"][number]) => {
    if (step === "offer" && party) return opinionWords.parties[party];
    return outcome && opinionWords.outcomes[outcome];
  };
  return (
    <Card title={opinionWords.mediation} aside={<Badge>{opinionWords.states[opinion.state]}</Badge>} foot={opinionWords.mediationNote}>
      {opinion.steps.length === 0 ? (
        <p>{opinionWords.noSteps}</p>
      ) : (
        <Steps
          steps={opinion.steps.map((one) => ({
            title: opinionWords.step(one.step, detailOf(one)),
            detail: (
              <>
                <p>{longDay(one.day)}</p>
                <Lines text={one.text} />
              </>
            ),
          }))}
        />
      )}
    </Card>
  );
}

export interface DeskOpinionProps {
  opinion: OpenedOpinion;
  giver: { name: string | null; phone: string | null } | null;
  today: string;
  formKeys: { answer: string; step: string };
  reply: Reply | undefined;
}

/** One opinion at the desk: its words, who gave it, the answer, the mediation. */
export function DeskOpinion({ opinion, giver, today, formKeys, reply }: DeskOpinionProps) {
  const place = { ...opinion, code: opinion.stairwell };
  const action = paths.deskOpinion(place.code, opinion.id);
  const stepReply = reply && "step" in reply.values ? reply : undefined;
  const answerReply = stepReply ? undefined : reply;
  const typed = typedOf(stepReply);
  const answer = typedOf(answerReply)("text");
  return (
    <PortalPage
      desk
      phone={opinion.phone}
      crumbs={[
        { label: placeName(place), href: paths.deskStairwell(place.code) },
        { label: stageNotices.desk.title, href: paths.deskNotices(place.code) },
        { label: opinion.title, href: paths.deskNotice(place.code, opinion.notice) },
        { label: words.title },
      ]}
      title={{ eyebrow: opinion.title, title: opinionWords.kinds[opinion.kind] }}
    >
      <Columns>
        <Stack>
          <OpinionWords opinion={opinion} />
          <Card title={words.who}>
            <Facts
              facts={[
                { term: words.name, value: giver?.name ?? words.anonymous },
                ...(giver?.phone ? [{ term: words.phone, value: <a href={paths.call(giver.phone)}>{giver.phone}</a> }] : []),
                ...(opinion.room ? [{ term: words.room, value: opinion.room }] : []),
              ]}
            />
          </Card>
          {!opinion.answer && (
            <Card title={words.answer}>
              <PlainForm formKey={formKeys.answer} reply={answerReply} action={action} within="answer">
                <Field type="textarea" name="text" within="answer" label={opinionWords.answer} hint={words.answerHint} {...answer} inputProps={{ rows: 5, maxLength: 1000 }} />
                <Button kind="primary" wide>
                  {words.send}
                </Button>
              </PlainForm>
            </Card>
          )}
        </Stack>
        {opinion.kind === "objection" && (
          <Stack>
            <MediationRecord opinion={opinion} />
            <Card title={words.mediate}>
              <PlainForm formKey={formKeys.step} reply={stepReply} action={`${action}?of=mediation`} within="step">
                <ChoiceField name="step" within="step" label={words.step} choices={choicesOf(opinionWords.steps)} defaultValue={stepReply?.values["step"] ?? "session"} error={typed("step").error} />
                <Field type="date" name="heldOn" within="step" size="short" label={words.heldOn} hint={words.heldOnHint} {...typed("heldOn")} inputProps={{ max: today }} />
                <Field type="select" name="party" within="step" label={words.party} hint={words.partyHint} placeholder={words.choose} options={choicesOf(opinionWords.parties)} {...typed("party")} />
                <Field type="select" name="ending" within="step" label={words.outcome} hint={words.outcomeHint} placeholder={words.choose} options={choicesOf(opinionWords.outcomes)} {...typed("ending")} />
                <Field type="textarea" name="text" within="step" label={words.words} {...typed("text")} inputProps={{ rows: 4, maxLength: 1000 }} />
                <Button kind="primary" wide>
                  {words.addStep}
                </Button>
              </PlainForm>
            </Card>
          </Stack>
        )}
      </Columns>
    </PortalPage>
  );
}
