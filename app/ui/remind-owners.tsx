import type { Scope } from "#app/domain/consultation.ts";
import { reminders as words } from "#app/i18n/zh-CN/reminders.ts";
import { paths } from "#app/paths.ts";
import { Button, ButtonLink } from "./button.tsx";
import { Card } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { CoursePage, type CourseOf } from "./consultation-course.tsx";
import { Facts } from "./facts.tsx";
import { Stack } from "./layout.tsx";
import { Notice } from "./notice.tsx";

export interface RemindOwnersProps {
  consultation: CourseOf & { scope: Scope };
  /** Whether ballots are taken. */
  open: boolean;
  /** Flats without a ballot, and those of them that no message reaches. */
  flats: number;
  unreached: number;
  /** Messages that would go out now. */
  phones: number;
  /** How many days before the deadline the portal reminds by itself. */
  days: readonly number[];
  sent: readonly { number: number; messages: number; at: string | Date; by: string | null }[];
  /** Why nobody can be reminded now. */
  refused: string | null;
  /** How many phones have just been reminded. */
  done: number | null;
  formKey: string;
  reply: Reply | undefined;
}

/** Reminds those who have not returned a ballot: to how many that goes, and how often it did. */
export function RemindOwners({ consultation, open, flats, unreached, phones, days, sent, refused, done, formKey, reply }: RemindOwnersProps) {
  return (
    <CoursePage consultation={consultation} title={words.title} lead={words.lead}>
      {done !== null && <Notice kind="success" title={words.done(done)} />}
      <Card foot={words.most}>
        <Facts
          facts={[
            { term: words.flats, value: words.flatsText(flats) },
            ...(open
              ? [
                  { term: words.phones, value: words.phonesText(phones) },
                  { term: words.unreached, value: words.unreachedText(unreached) },
                  { term: words.planned, value: words.plannedText(days) },
                ]
              : []),
            ...sent.map(({ number, messages, at, by }) => ({ term: words.sent(number), value: words.sentText(at, by, messages) })),
          ]}
        />
      </Card>
      {refused !== null && !reply ? (
        done === null && <Notice title={refused} />
      ) : (
        <PlainForm formKey={formKey} reply={reply}>
          <Button kind="primary" wide>
            {words.send(phones)}
          </Button>
        </PlainForm>
      )}
      {open && unreached > 0 && consultation.scope === "stairwell" && (
        <Stack>
          <ButtonLink href={paths.doors(consultation.stairwell)} wide>
            {words.doors}
          </ButtonLink>
        </Stack>
      )}
    </CoursePage>
  );
}
