import type { IntentChoice, Worry } from "#app/domain/intent.ts";
import type { Choice } from "#app/domain/tally.ts";
import { assisted } from "#app/i18n/zh-CN/assisted.ts";
import { deadline } from "#app/i18n/zh-CN/dates.ts";
import { paths } from "#app/paths.ts";
import { Button, ButtonLink } from "./button.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { ChoiceField, Field } from "./field.tsx";
import { Stack } from "./layout.tsx";
import { PortalPage } from "./portal-page.tsx";
import { errorAt } from "./reply.ts";

interface Place {
  community: string;
  building: string;
  entrance: string;
  phone: string;
}

const words = assisted.read;
const placeName = ({ community, building, entrance }: Place) => `${community} ${building}${entrance}`;

interface ReadAloudProps {
  place: Place;
  room: string;
  /** What was typed, a sentence a line, as it is read to whoever said it. */
  sentences: readonly string[];
  notes: readonly string[];
  owners: readonly { id: number; name: string }[];
  /** What the person was called when it was typed. */
  name?: string | undefined;
  /** Where it is corrected. */
  back: string;
  formKey: string;
  reply: Reply | undefined;
}

/** What was typed for somebody, in very large type, to be read to them before it is kept. */
function ReadAloud({ place, room, sentences, notes, owners, name, back, formKey, reply }: ReadAloudProps) {
  const [only, ...others] = owners;
  return (
    <PortalPage desk width="narrow" phone={place.phone} title={{ eyebrow: `${placeName(place)} ${room}`, title: words.title, lead: words.lead }}>
      <Stack gap="large">
        <div className="read-aloud">
          <p>{words.home(placeName(place), room)}</p>
          {sentences.map((sentence) => (
            <p key={sentence}>
              <strong>{sentence}</strong>
            </p>
          ))}
        </div>
        <div>
          {notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </div>
        <PlainForm formKey={formKey} reply={reply}>
          {only ? (
            <ChoiceField
              name="owner"
              label={words.speaker}
              choices={owners.map((owner) => ({ value: String(owner.id), label: owner.name }))}
              defaultValue={reply?.values["owner"] ?? (others.length === 0 ? String(only.id) : undefined)}
              error={errorAt(reply, "owner")}
            />
          ) : (
            <Field name="name" label={words.name} hint={words.nameHint} defaultValue={reply?.values["name"] ?? name} error={errorAt(reply, "name")} inputProps={{ autoComplete: "off", maxLength: 40 }} />
          )}
          <Button kind="primary" wide>
            {words.save}
          </Button>
          <ButtonLink href={back} wide>
            {words.correct}
          </ButtonLink>
        </PlainForm>
      </Stack>
    </PortalPage>
  );
}

export interface ReadIntentProps {
  place: Place & { code: string };
  filing: { room: string; choice: IntentChoice; worry?: Worry | undefined; needsHelp?: "yes" | "no" | undefined; name?: string | undefined };
  owners: readonly { id: number; name: string }[];
  formKey: string;
  reply: Reply | undefined;
}

/** An intent, read to the household before it is kept. */
export function ReadIntent({ place, filing: { room, choice, worry, needsHelp, name }, ...rest }: ReadIntentProps) {
  const sentences = [words.intent(choice), ...(worry ? [words.worry(worry)] : []), ...(needsHelp ? [words.help[needsHelp]] : [])];
  return <ReadAloud {...rest} {...{ place, room, sentences, name }} notes={[words.notAVote, words.objection]} back={paths.deskFileAgain(place.code)} />;
}

export interface ReadBallotProps {
  consultation: string;
  place: Place;
  room: string;
  closesAt: string | Date;
  ballot: { room: string; choice: Choice; page?: number | undefined };
  owners: readonly { id: number; name: string }[];
  formKey: string;
  reply: Reply | undefined;
}

/** A ballot, read to the owner before it is kept. */
export function ReadBallot({ consultation, ballot, closesAt, ...rest }: ReadBallotProps) {
  return (
    <ReadAloud
      {...rest}
      sentences={[words.ballot(ballot.choice)]}
      notes={[words.isAVote(deadline(closesAt)), words.objection]}
      back={paths.consultation(consultation, { room: ballot.room, channel: "assisted", page: ballot.page })}
    />
  );
}
