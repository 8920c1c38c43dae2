import type { TicketKind } from "#app/domain/ticket.ts";
import { intent } from "#app/i18n/zh-CN/intent.ts";
import { signIn } from "#app/i18n/zh-CN/sign-in.ts";
import { tickets } from "#app/i18n/zh-CN/tickets.ts";
import { paths } from "#app/paths.ts";
import { Button, ButtonLink } from "./button.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { CodeField } from "./code-field.tsx";
import { Consent } from "./consent.tsx";
import { Field } from "./field.tsx";
import { FileField } from "./file-field.tsx";
import { LinkList } from "./link-list.tsx";
import { PortalPage } from "./portal-page.tsx";
import { Question } from "./question.tsx";
import { errorAt } from "./reply.ts";

export interface AskTicketProps {
  place: { code: string; community: string; building: string; entrance: string; phone: string };
  step: "kind" | "phone" | "code" | "text";
  kind: TicketKind | null;
  /** What the address says so far. */
  here: { kind?: string; ballot?: string; intent?: number };
  /** The own flats in this stairwell. */
  rooms: readonly string[];
  /** The flat of the ballot or intent that is objected to. */
  objectedRoom: string | null;
  /** Where the code went, masked. */
  phone: string | null;
  mostPhotos: number;
  formKey: string;
  reply: Reply | undefined;
}

const words = tickets.ask;

/** A question or complaint about a stairwell: what about, by whose phone, in whose words; one thing a page. */
export function AskTicket(props: AskTicketProps) {
  const Step = { kind: KindStep, phone: PhoneStep, code: CodeStep, text: TextStep }[props.step];
  return (
    <PortalPage width="narrow" phone={props.place.phone}>
      <Step {...props} />
    </PortalPage>
  );
}


function KindStep({ place }: AskTicketProps) {
  return (
    <Question title={words.kindTitle} lead={tickets.place(place.community, place.entrance)} back={paths.stairwell(place.code)}>
      <LinkList
        rows={(Object.keys(words.kindHints) as (keyof typeof words.kindHints)[]).map((kind) => ({
          href: paths.askTicket(place.code, { kind }),
          title: tickets.kinds[kind],
          detail: words.kindHints[kind],
        }))}
      />
      <p>{words.private}</p>
      <p>{words.callInstead}</p>
    </Question>
  );
}

function PhoneStep({ place, here, formKey, reply }: AskTicketProps) {
  return (
    <Question title={words.phoneTitle} lead={words.phoneLead} back={paths.askTicket(place.code)}>
      <PlainForm formKey={formKey} reply={reply} action={paths.askTicket(place.code, here)}>
        <Field
          type="tel"
          name="phone"
          label={intent.stepContact.phone}
          hint={signIn.phoneHint}
          defaultValue={reply?.values["phone"]}
          error={errorAt(reply, "phone")}
          inputProps={{ autoComplete: "tel-national", inputMode: "tel", maxLength: 20 }}
        />
        <Consent />
        <Button kind="primary" wide>
          {signIn.send}
        </Button>
      </PlainForm>
      <p>{words.private}</p>
      <p>{words.callInstead}</p>
    </Question>
  );
}

function CodeStep({ place, here, phone, formKey, reply }: AskTicketProps) {
  return (
    <Question title={signIn.codeTitle} lead={words.codeLead(phone ?? "")} back={paths.askTicket(place.code, here)}>
      <PlainForm formKey={formKey} reply={reply} action={paths.askTicket(place.code, { ...here, step: "code" })}>
        <CodeField from="message" error={errorAt(reply, "code")} />
        <Button kind="primary" wide>
          {words.next}
        </Button>
      </PlainForm>
      <ButtonLink href={paths.askTicket(place.code, here)} wide>
        {words.again}
      </ButtonLink>
    </Question>
  );
}

function TextStep({ place, kind, here, rooms, objectedRoom, mostPhotos, formKey, reply }: AskTicketProps) {
  const room = reply?.values["room"] ?? (rooms.length === 1 ? rooms[0] : undefined);
  return (
    <Question
      title={objectedRoom === null ? words.textTitle : words.objectionTitle(objectedRoom, kind === "intent-not-mine")}
      lead={objectedRoom === null ? words.textLead : words.objectionLead}
      back={objectedRoom === null ? paths.askTicket(place.code) : paths.me()}
    >
      <PlainForm formKey={formKey} reply={reply} action={paths.askTicket(place.code, here)} files={objectedRoom === null}>
        <p>
          <strong>{`${tickets.kinds[kind ?? "other"]} · ${tickets.place(place.community, place.entrance)}`}</strong>
        </p>
        <Field
          type="textarea"
          name="text"
          label={words.text}
          optional={objectedRoom !== null}
          defaultValue={reply?.values["text"]}
          error={errorAt(reply, "text")}
          inputProps={{ rows: 6, maxLength: 500 }}
        />
        {objectedRoom === null && (
          <FileField name="photos" label={words.photos} takes="photos" most={mostPhotos} camera optional error={errorAt(reply, "photos")} />
        )}
        {rooms.length > 0 && (
          <Field
            type="select"
            name="room"
            label={words.room}
            placeholder={words.noRoom}
            options={rooms.map((one) => ({ value: one, label: one }))}
            defaultValue={room}
            error={errorAt(reply, "room")}
            size="short"
          />
        )}
        <Button kind="primary" wide>
          {words.submit}
        </Button>
        <p>{words.private}</p>
      </PlainForm>
    </Question>
  );
}
