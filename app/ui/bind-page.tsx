import type { BindingSide } from "#app/domain/binding.ts";
import { binding } from "#app/i18n/zh-CN/binding.ts";
import { shortMoment } from "#app/i18n/zh-CN/dates.ts";
import { intent } from "#app/i18n/zh-CN/intent.ts";
import { stairwellName } from "#app/i18n/zh-CN/places.ts";
import { paths } from "#app/paths.ts";
import { AnswerButtons, RoomPicker } from "./answers.tsx";
import { Button, ButtonLink } from "./button.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { CodeField } from "./code-field.tsx";
import { Consent } from "./consent.tsx";
import { Field } from "./field.tsx";
import { Actions } from "./layout.tsx";
import { Notice, Receipt } from "./notice.tsx";
import { PhoneField } from "./phone-field.tsx";
import { PortalPage } from "./portal-page.tsx";
import { Question } from "./question.tsx";
import { errorAt } from "./reply.ts";

interface Place {
  code: string;
  community: string;
  building: string;
  entrance: string;
  phone: string;
}

export interface BindPageProps {
  place: Place;
  step: "flat" | "side" | "name" | "phone" | "code";
  progress: { at: number; of: number };
  rooms: readonly { room: string; floor: number }[];
  draft: { room?: string | undefined; side?: BindingSide | undefined; name?: string | undefined; phone: string | null };
  /** Whether the person was sent back here because what was answered before is gone. */
  expired: boolean;
  /** Whether the phone turned out to stand on the roll: nothing to ask for. */
  onRoll: boolean;
  /** What is said about personal data before it is given. */
  consent: string | null;
  formKey: string;
  reply: Reply | undefined;
}

const words = binding.request;
const placeName = ({ community, entrance }: Place) => stairwellName(community, entrance);

/** Asking the committee to bind a flat to one's phone: five short pages with one question each. */
export function BindPage(props: BindPageProps) {
  const { place, step, onRoll } = props;
  const Step = onRoll ? OnRoll : { flat: FlatStep, side: SideStep, name: NameStep, phone: PhoneStep, code: CodeStep }[step];
  return (
    <PortalPage width="narrow" phone={place.phone}>
      <Step {...props} />
    </PortalPage>
  );
}

function OnRoll() {
  return (
    <Question title={words.onRoll} lead={words.onRollLead}>
      <ButtonLink kind="primary" href={paths.signIn()} wide>
        {words.signIn}
      </ButtonLink>
    </Question>
  );
}

function FlatStep({ place, progress, rooms, draft, expired, formKey, reply }: BindPageProps) {
  const floors = [...new Set(rooms.map((flat) => flat.floor))].map((floor) => ({
    label: intent.stepFlat.floor(floor),
    rooms: rooms.filter((flat) => flat.floor === floor).map((flat) => flat.room),
  }));
  return (
    <Question title={words.roomTitle} lead={placeName(place)} step={progress} back={paths.stairwell(place.code)}>
      {expired && <Notice kind="warning" title={words.expired} />}
      <PlainForm formKey={formKey} reply={reply} action={paths.bind(place.code, "flat")}>
        <RoomPicker floors={floors} current={draft.room} />
      </PlainForm>
    </Question>
  );
}

function SideStep({ place, progress, draft, formKey, reply }: BindPageProps) {
  return (
    <Question title={words.sideTitle(draft.room ?? "")} lead={words.sideLead} step={progress} back={paths.bind(place.code)}>
      <PlainForm formKey={formKey} reply={reply} action={paths.bind(place.code, "side")}>
        <AnswerButtons
          name="side"
          answers={(["owner", "tenant"] as const).map((value) => ({
            value,
            label: binding.desk.sides[value],
            hint: words.sideHints[value],
            current: draft.side === value,
          }))}
        />
      </PlainForm>
    </Question>
  );
}

function NameStep({ place, progress, draft, consent, formKey, reply }: BindPageProps) {
  return (
    <Question title={words.nameTitle} lead={words.nameLead} step={progress} back={paths.bind(place.code, "side")}>
      <PlainForm formKey={formKey} reply={reply} action={paths.bind(place.code, "name")}>
        <Field
          name="name"
          label={intent.stepContact.name}
          defaultValue={reply?.values["name"] ?? draft.name}
          error={errorAt(reply, "name")}
          inputProps={{ autoComplete: "name", maxLength: 40 }}
        />
        <Consent text={consent} />
        <Button kind="primary" wide>
          {words.next}
        </Button>
      </PlainForm>
    </Question>
  );
}

function PhoneStep({ place, progress, formKey, reply }: BindPageProps) {
  return (
    <Question title={binding.bySlip.phoneTitle} lead={binding.bySlip.phoneLead} step={progress} back={paths.bind(place.code, "name")}>
      <PlainForm formKey={formKey} reply={reply} action={paths.bind(place.code, "phone")}>
        <PhoneField reply={reply} />
        <Button kind="primary" wide>
          {binding.bySlip.send}
        </Button>
      </PlainForm>
    </Question>
  );
}

function CodeStep({ place, progress, draft, formKey, reply }: BindPageProps) {
  return (
    <Question title={binding.bySlip.codeTitle} lead={binding.bySlip.codeLead(draft.phone ?? "")} step={progress} back={paths.bind(place.code, "phone")}>
      <PlainForm formKey={formKey} reply={reply} action={paths.bind(place.code, "code")}>
        <CodeField from="message" error={errorAt(reply, "code")} />
        <Button kind="primary" wide>
          {words.enter}
        </Button>
      </PlainForm>
      <ButtonLink href={paths.bind(place.code, "phone")} wide>
        {binding.bySlip.again}
      </ButtonLink>
    </Question>
  );
}

export interface BindDoneProps {
  place: Place;
  receipt: string;
  side: BindingSide;
  requestedAt: string;
  state: "waiting" | "approved" | "refused";
  /** Why it was turned down. */
  reason: string | null;
}

/** After asking: the receipt, how far the request has come, and what to bring. */
export function BindDone({ place, receipt, side, requestedAt, state, reason }: BindDoneProps) {
  const steps = { owner: words.next2, tenant: words.next2Tenant }[side];
  const next =
    state === "waiting"
      ? steps
      : [{ title: words[state], detail: state === "approved" ? words.approvedLead[side] : words.refusedFor(reason ?? "") }];
  return (
    <PortalPage width="narrow" phone={place.phone}>
      <Receipt title={state === "waiting" ? words.waiting : words[state]} number={receipt} next={next}>
        <p>{`${placeName(place)}，${words.asked} ${shortMoment(requestedAt)}`}</p>
      </Receipt>
      <Actions>
        {state === "approved" && side === "owner" && (
          <ButtonLink kind="primary" href={paths.signIn()}>
            {words.signIn}
          </ButtonLink>
        )}
        <ButtonLink href={paths.stairwell(place.code)}>{words.back}</ButtonLink>
      </Actions>
    </PortalPage>
  );
}
