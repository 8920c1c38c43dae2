import type { z } from "zod";
import { intent } from "#app/i18n/zh-CN/intent.ts";
import { stairwellName } from "#app/i18n/zh-CN/places.ts";
import { paths } from "#app/paths.ts";
import type { IntentChoice, Worry } from "#app/domain/intent.ts";
import { AnswerButtons, RoomPicker } from "./answers.tsx";
import { Button } from "./button.tsx";
import { CheckedForm, PlainForm, type Reply } from "./checked-form.tsx";
import { Consent } from "./consent.tsx";
import { Facts } from "./facts.tsx";
import { Field } from "./field.tsx";
import { Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { Question } from "./question.tsx";
import { errorAt } from "./reply.ts";

export interface IntentPageProps {
  place: { code: string; community: string; building: string; entrance: string; phone: string };
  step: "flat" | "choice" | "worry" | "help" | "contact" | "check";
  /** Where it stands among the questions that are asked one after the other. */
  progress?: { at: number; of: number } | undefined;
  rooms: readonly { room: string; floor: number }[];
  draft: { room?: string | undefined; choice?: IntentChoice | undefined; worry?: Worry | "none" | undefined; needsHelp?: "yes" | "no" | undefined; name?: string | undefined; phone?: string | undefined; slip?: string | undefined; own?: boolean | undefined };
  /** Whether the person was sent back here because what was answered before is gone. */
  expired: boolean;
  /** What is said about personal data before it is given. */
  consent: string | null;
  formKey: string;
  reply: Reply | undefined;
  contactSchema: z.ZodObject;
}

/** Filing an intent: a few short pages with one question each. */
export function IntentPage(props: IntentPageProps) {
  const { place, step } = props;
  const Step = { flat: FlatStep, choice: ChoiceStep, worry: WorryStep, help: HelpStep, contact: ContactStep, check: CheckStep }[step];
  return (
    <PortalPage width="narrow" phone={place.phone}>
      <Step {...props} />
    </PortalPage>
  );
}

/** The page to go back to: whoever is known to be of the flat has come from the last page to add something. */
const before = ({ place, draft }: IntentPageProps, step: IntentPageProps["step"]) => paths.intent(place.code, draft.slip || draft.own ? "check" : step);

const placeName = ({ community, entrance }: IntentPageProps["place"]) => stairwellName(community, entrance);

function FlatStep({ place, progress, rooms, draft, expired, formKey, reply }: IntentPageProps) {
  const floors = [...new Set(rooms.map((flat) => flat.floor))].map((floor) => ({
    label: intent.stepFlat.floor(floor),
    rooms: rooms.filter((flat) => flat.floor === floor).map((flat) => flat.room),
  }));
  return (
    <Question title={intent.stepFlat.title} lead={intent.stepFlat.lead(placeName(place))} step={progress} back={paths.stairwell(place.code)}>
      {expired && <Notice kind="warning" title={intent.expired} />}
      <PlainForm formKey={formKey} reply={reply} action={paths.intent(place.code, "flat")}>
        <RoomPicker floors={floors} current={draft.room} />
      </PlainForm>
    </Question>
  );
}

function ChoiceStep({ place, progress, draft, formKey, reply }: IntentPageProps) {
  const words = intent.stepChoice;
  const signs = { willing: "yes", unwilling: "no", undecided: "wait" } as const;
  return (
    <Question title={words.title(draft.room ?? "")} lead={intent.notAVote} step={progress} back={paths.intent(place.code)}>
      <PlainForm formKey={formKey} reply={reply} action={paths.intent(place.code, "choice")}>
        <AnswerButtons
          name="choice"
          answers={(["willing", "unwilling", "undecided"] as const).map((value) => ({
            value,
            label: words.choices[value].label,
            sign: signs[value],
            current: draft.choice === value,
          }))}
        />
      </PlainForm>
    </Question>
  );
}

function WorryStep(props: IntentPageProps) {
  const { place, progress, draft, formKey, reply } = props;
  const words = intent.stepWorry;
  return (
    <Question title={words.title} lead={words.lead} step={progress} back={before(props, "choice")}>
      <PlainForm formKey={formKey} reply={reply} action={paths.intent(place.code, "worry")}>
        <AnswerButtons
          name="worry"
          answers={(["none", "cost", "light", "noise", "ground-floor", "other"] as const).map((value) => ({
            value,
            label: words.choices[value],
            current: draft.worry === value,
          }))}
        />
        <Button name="worry" value="" wide>
          {words.skip}
        </Button>
      </PlainForm>
    </Question>
  );
}

function HelpStep(props: IntentPageProps) {
  const { place, progress, draft, formKey, reply } = props;
  const words = intent.stepHelp;
  return (
    <Question title={words.title} lead={words.lead} step={progress} back={before(props, "worry")}>
      <PlainForm formKey={formKey} reply={reply} action={paths.intent(place.code, "help")}>
        <AnswerButtons
          name="needsHelp"
          answers={(["yes", "no"] as const).map((value) => ({ value, label: words.choices[value], current: draft.needsHelp === value }))}
        />
        <Button name="needsHelp" value="" wide>
          {words.skip}
        </Button>
      </PlainForm>
    </Question>
  );
}

function ContactStep({ place, progress, draft, consent, formKey, reply, contactSchema }: IntentPageProps) {
  const words = intent.stepContact;
  return (
    <Question title={words.title} lead={words.lead} step={progress} back={paths.intent(place.code, "help")}>
      <CheckedForm schema={contactSchema} formKey={formKey} reply={reply} action={paths.intent(place.code, "contact")}>
        {({ register, valueOf, errorOf }) => (
          <>
            <Field
              name="name"
              label={words.name}
              defaultValue={valueOf("name") ?? draft.name}
              error={errorOf("name")}
              inputProps={{ ...register("name"), autoComplete: "name", maxLength: 40 }}
            />
            <Field
              type="tel"
              name="phone"
              label={words.phone}
              hint={words.phoneHint}
              defaultValue={valueOf("phone") ?? draft.phone}
              error={errorOf("phone")}
              inputProps={{ ...register("phone"), autoComplete: "tel-national", inputMode: "tel", maxLength: 20 }}
            />
            <Consent text={consent} />
            <Button kind="primary" wide>
              {intent.stepFlat.next}
            </Button>
          </>
        )}
      </CheckedForm>
    </Question>
  );
}

function CheckStep({ place, progress, draft, formKey, reply }: IntentPageProps) {
  const words = intent.stepCheck;
  const change = (step: string, verb: string = words.change) => <a href={paths.intent(place.code, step)}>{verb}</a>;
  const facts = [
    { term: words.place, value: placeName(place) },
    { term: words.room, value: <>{draft.room} {change("flat")}</> },
    { term: words.choice, value: <><b>{intent.stepChoice.choices[draft.choice ?? "undecided"].label}</b> {change("choice")}</> },
    { term: words.worry, value: <>{draft.worry ? intent.stepWorry.choices[draft.worry] : intent.stepWorry.skipped} {change("worry", draft.worry ? words.change : words.add)}</> },
    { term: words.help, value: <>{draft.needsHelp ? intent.stepHelp.choices[draft.needsHelp] : intent.stepHelp.skipped} {change("help", draft.needsHelp ? words.change : words.add)}</> },
    ...(draft.name && draft.phone
      ? [
          { term: words.name, value: <>{draft.name} {change("contact")}</> },
          { term: words.phone, value: draft.phone },
        ]
      : []),
  ];
  return (
    <Question title={words.title} lead={intent.notAVote} step={progress} back={paths.intent(place.code, draft.slip || draft.own ? "choice" : "contact")}>
      <PlainForm formKey={formKey} reply={reply} action={paths.intent(place.code, "check")}>
        <Facts facts={facts} />
        {draft.slip || draft.own ? (
          <Notice kind="success">{draft.slip ? words.slipKnown : words.ownKnown}</Notice>
        ) : (
          <Field
            name="slip"
            label={words.slip}
            hint={words.slipHint}
            optional
            defaultValue={reply?.values["slip"]}
            error={errorAt(reply, "slip")}
            inputProps={{ autoComplete: "off", autoCapitalize: "characters", maxLength: 20 }}
          />
        )}
        {draft.name && <p>{words.consent}</p>}
        <Button kind="primary" wide>
          {words.submit}
        </Button>
      </PlainForm>
    </Question>
  );
}
