import type { Door, VisitOutcome } from "#app/domain/visit.ts";
import { shortMoment } from "#app/i18n/zh-CN/dates.ts";
import { doors as words } from "#app/i18n/zh-CN/doors.ts";
import { paths } from "#app/paths.ts";
import { AnswerButtons } from "./answers.tsx";
import { Badges } from "./badge.tsx";
import { Button, ButtonLink } from "./button.tsx";
import { Card } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { DoorBadge, doorDays } from "./door-state.tsx";
import { Field } from "./field.tsx";
import { Fold, Folds } from "./fold.tsx";
import { Actions, Stack } from "./layout.tsx";
import { Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { errorAt } from "./reply.ts";
import { Steps } from "./steps.tsx";

/** What has just been recorded, and may be taken back. */
export interface DoneVisit {
  id: number;
  room: string;
  outcome: VisitOutcome;
  formKey: string;
}

export interface DoorCardProps {
  place: { code: string; community: string; building: string; entrance: string; phone: string };
  door: Door & { room: string; floor: number; filed: boolean };
  /** Whether the flat is still on the list. */
  open: boolean;
  owners: readonly { name: string; phone: string | null }[];
  visits: readonly { id: number; outcome: VisitOutcome; at: string | Date; by: string; note: string | null }[];
  /** The flat to go to next. */
  next: string | null;
  done: DoneVisit | null;
  formKey: string;
  reply: Reply | undefined;
}

/** One flat at the door: whom to call, what colleagues noted, and three big buttons at the thumb's reach. */
export function DoorCard({ place, door, open, owners, visits, next, done, formKey, reply }: DoorCardProps) {
  const name = `${place.community} ${place.building}${place.entrance}`;
  const onwards = (
    <Actions>
      {next && <ButtonLink href={paths.door(place.code, next)}>{words.next(next)}</ButtonLink>}
      <ButtonLink href={paths.doors(place.code)} kind="quiet">
        {words.back}
      </ButtonLink>
    </Actions>
  );
  return (
    <PortalPage
      desk
      width="narrow"
      phone={place.phone}
      crumbs={[{ label: name, href: paths.deskStairwell(place.code) }, { label: words.title, href: paths.doors(place.code) }, { label: words.flat(door.room) }]}
    >
      {done && <VisitDone done={done} stairwell={place.code} />}
      <PlainForm formKey={formKey} reply={reply} action={paths.door(place.code, door.room)}>
        <Stack>
          <h1>{words.room(door.floor, door.room)}</h1>
          <Badges>
            <DoorBadge {...door} />
          </Badges>
          {doorDays(door).map((line) => (
            <p key={line}>{line}</p>
          ))}
          {door.filed && <Notice title={words.filed} />}
          {owners.map((owner) =>
            owner.phone ? (
              <ButtonLink key={owner.name} href={paths.call(owner.phone)} sign="phone" wide>
                {words.call(owner.name, owner.phone)}
              </ButtonLink>
            ) : (
              <p key={owner.name}>{words.noPhone(owner.name)}</p>
            ),
          )}
          {visits.length > 0 && (
            <Card title={words.history}>
              <Steps
                steps={visits.map(({ outcome, at, by, note }) => ({
                  title: words.record(outcome, by),
                  detail: (
                    <>
                      <p>{shortMoment(at)}</p>
                      {note && <p>{note}</p>}
                    </>
                  ),
                }))}
              />
            </Card>
          )}
        </Stack>
        {open ? (
          <>
            <Folds>
              <Fold title={words.note}>
                <Field
                  type="textarea"
                  name="note"
                  label={words.note}
                  hint={words.noteHint}
                  optional
                  defaultValue={reply?.values["note"]}
                  error={errorAt(reply, "note")}
                  inputProps={{ rows: 3, maxLength: 300 }}
                />
              </Fold>
            </Folds>
            <p>{words.neverAVote}</p>
            <div className="thumb" role="group" aria-label={words.outcomeQuestion}>
              <AnswerButtons
                name="outcome"
                row
                answers={(["met", "called", "absent"] as const).map((value) => ({ value, label: words.outcomes[value] }))}
              />
            </div>
          </>
        ) : (
          <Notice kind="success" title={words.off}>
            {words.offLead}
          </Notice>
        )}
      </PlainForm>
      {onwards}
    </PortalPage>
  );
}

/** What was recorded a moment ago, with the way back. */
export function VisitDone({ done, stairwell }: { done: DoneVisit; stairwell: string }) {
  return (
    <Notice kind="success" title={words.done(done.room, done.outcome)}>
      <PlainForm formKey={done.formKey} action={paths.doors(stairwell)}>
        <input type="hidden" name="visit" value={done.id} />
        <Button>{words.undo}</Button>
      </PlainForm>
    </Notice>
  );
}
