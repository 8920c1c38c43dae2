import type { z } from "zod";
import { takenKinds } from "#app/domain/ticket.ts";
import { tickets } from "#app/i18n/zh-CN/tickets.ts";
import { paths } from "#app/paths.ts";
import { Button } from "./button.tsx";
import { CheckedForm, type Reply } from "./checked-form.tsx";
import { ChoiceField, Field } from "./field.tsx";
import { Stack } from "./layout.tsx";
import { LinkList } from "./link-list.tsx";
import { Empty } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { SearchBox } from "./question.tsx";

interface Door {
  code: string;
  community: string;
  building: string;
  entrance: string;
}

export interface TakeTicketProps {
  place: Door | null;
  typed: string;
  /** Null before anything was typed. */
  found: readonly Door[] | null;
  formKey: string;
  reply: Reply | undefined;
  schema: z.ZodObject;
}

const words = tickets.take;
const nameOf = ({ community, entrance }: Door) => tickets.place(community, entrance);

/** A ticket for somebody who calls or comes: first the stairwell, then what was said. */
export function TakeTicket(props: TakeTicketProps) {
  return (
    <PortalPage
      desk
      width="narrow"
      crumbs={[{ label: tickets.desk.title, href: paths.deskTickets() }, { label: words.title }]}
      title={{ title: words.title, ...(!props.place && { lead: words.find }) }}
    >
      {props.place ? <Said {...props} place={props.place} /> : <Where {...props} />}
    </PortalPage>
  );
}

function Where({ typed, found }: TakeTicketProps) {
  return (
    <Stack>
      <SearchBox action={paths.takeTicket()} label={words.findLabel} hint={words.findHint} defaultValue={typed} />
      {found && found.length === 0 && <Empty level={2} title={words.nothing} />}
      {found && found.length > 0 && (
        <LinkList rows={found.map((door) => ({ href: paths.takeTicket({ stairwell: door.code }), title: nameOf(door), detail: door.code }))} />
      )}
    </Stack>
  );
}

function Said({ place, formKey, reply, schema }: TakeTicketProps & { place: Door }) {
  return (
    <CheckedForm schema={schema} formKey={formKey} reply={reply} action={paths.takeTicket({ stairwell: place.code })}>
      {({ register, valueOf, errorOf }) => (
        <>
          <input type="hidden" {...register("stairwell")} value={place.code} />
          <p>
            <strong>{nameOf(place)}</strong> <a href={paths.takeTicket()}>{words.change}</a>
          </p>
          <ChoiceField
            name="channel"
            label={words.channel}
            choices={(["phone", "walk-in"] as const).map((value) => ({ value, label: tickets.channels[value] }))}
            defaultValue={valueOf("channel") ?? "phone"}
            error={errorOf("channel")}
            inputProps={register("channel")}
          />
          <Field
            type="select"
            name="kind"
            label={words.kind}
            placeholder={words.choose}
            options={takenKinds.map((value) => ({ value, label: tickets.kinds[value] }))}
            defaultValue={valueOf("kind")}
            error={errorOf("kind")}
            inputProps={register("kind")}
          />
          <Field
            type="textarea"
            name="text"
            label={words.text}
            defaultValue={valueOf("text")}
            error={errorOf("text")}
            inputProps={{ ...register("text"), rows: 5, maxLength: 500 }}
          />
          <Field name="room" label={words.room} hint={words.roomHint} optional size="short" defaultValue={valueOf("room")} error={errorOf("room")} inputProps={{ ...register("room"), maxLength: 16 }} />
          <Field name="name" label={words.name} optional defaultValue={valueOf("name")} error={errorOf("name")} inputProps={{ ...register("name"), maxLength: 40, autoComplete: "off" }} />
          <Field
            type="tel"
            name="phone"
            label={words.phone}
            hint={words.phoneHint}
            optional
            defaultValue={valueOf("phone")}
            error={errorOf("phone")}
            inputProps={{ ...register("phone"), inputMode: "tel", maxLength: 20, autoComplete: "off" }}
          />
          <Button kind="primary" wide>
            {words.save}
          </Button>
        </>
      )}
    </CheckedForm>
  );
}
