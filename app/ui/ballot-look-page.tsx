import type { LookPurpose } from "#app/domain/ballot-look.ts";
import { ballotLook as words } from "#app/i18n/zh-CN/ballot-look.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { longMoment } from "#app/i18n/zh-CN/dates.ts";
import { paths } from "#app/paths.ts";
import { AnswerButtons } from "./answers.tsx";
import { Button, ButtonLink } from "./button.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { Facts } from "./facts.tsx";
import { Field } from "./field.tsx";
import { Fold, Folds } from "./fold.tsx";
import { Actions } from "./layout.tsx";
import { PortalPage } from "./portal-page.tsx";
import { Question } from "./question.tsx";
import { errorAt } from "./reply.ts";

export interface BallotLookPageProps {
  consultation: { code: string; stairwell: string; community: string; building: string; entrance: string; committeePhone: string };
  /** The reasons to choose from; another one is written down. */
  purposes: readonly Exclude<LookPurpose, "other">[];
  to?: string | undefined;
  formKey: string;
  reply: Reply | undefined;
}

/** Asks a clerk why, before the first look of the day at the single ballots of a consultation. */
export function BallotLookPage({ consultation, purposes, to, formKey, reply }: BallotLookPageProps) {
  const { code, stairwell, community, building, entrance, committeePhone } = consultation;
  const action = paths.ballotLook(code, to);
  const written = reply?.values["purpose"] === "other" ? reply : undefined;
  return (
    <PortalPage
      desk
      width="narrow"
      phone={committeePhone}
      crumbs={[{ label: `${community} ${building}${entrance}`, href: paths.deskStairwell(stairwell) }, { label: consultationDesk.title }]}
    >
      <Question title={words.title} lead={words.lead}>
        <PlainForm formKey={formKey} action={action} {...(!written && { reply })}>
          <AnswerButtons name="purpose" answers={purposes.map((value) => ({ value, label: words.purposes[value] }))} />
        </PlainForm>
        <PlainForm formKey={`${formKey}-other`} action={action} reply={written}>
          <Field
            name="reason"
            label={words.reason}
            hint={words.reasonHint}
            defaultValue={written?.values["reason"]}
            error={errorAt(written, "reason")}
            inputProps={{ maxLength: 500 }}
          />
          <Button name="purpose" value="other">
            {words.submit}
          </Button>
        </PlainForm>
      </Question>
    </PortalPage>
  );
}

/** The flats of a consultation for the office, each leading to its record. */
export function RoomRecords({ consultation, rooms }: { consultation: string; rooms: readonly string[] }) {
  return (
    <Folds>
      <Fold title={words.rooms}>
        <p>{words.roomsLead}</p>
        <Actions row="choices">
          {rooms.map((room) => (
            <ButtonLink key={room} href={paths.ballotHistory(consultation, room)}>
              {room}
            </ButtonLink>
          ))}
        </Actions>
      </Fold>
    </Folds>
  );
}

/** Who has looked at the single ballots of a consultation, and why. */
export function LookLog({ looks }: { looks: readonly { id: number; name: string; purpose: LookPurpose; reason: string | null; at: string | Date }[] }) {
  return (
    <Folds>
      <Fold title={words.log}>
        <Facts
          facts={looks.map(({ name, purpose, reason, at }) => ({
            term: words.logEntry(longMoment(at), name),
            value: reason ?? words.purposes[purpose],
          }))}
        />
      </Fold>
    </Folds>
  );
}
