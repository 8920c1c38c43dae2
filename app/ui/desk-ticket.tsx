import type { TicketParty } from "#app/domain/ticket.ts";
import { tickets as words } from "#app/i18n/zh-CN/tickets.ts";
import { paths } from "#app/paths.ts";
import { Button } from "./button.tsx";
import { Card } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { ChecksField, Field } from "./field.tsx";
import { Actions, Columns, Stack } from "./layout.tsx";
import { Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { errorAt } from "./reply.ts";
import { TicketBadge } from "./ticket-badge.tsx";
import { TicketFacts, TicketSteps, TicketWords, titleOf, type ShownTicket } from "./ticket-parts.tsx";

export interface DeskTicketProps {
  ticket: ShownTicket;
  /** Who can be asked. */
  parties: readonly TicketParty[];
  /** Which steps the clerk may take now. */
  may: { accept: boolean; assign: boolean; answer: boolean; note: boolean; solved: boolean; notSolved: boolean };
  formKey: string;
  reply: Reply | undefined;
}

/** A ticket at the desk: what was said, what was done, and the step that comes next. */
export function DeskTicket(props: DeskTicketProps) {
  const { ticket, may, formKey } = props;
  return (
    <PortalPage
      desk
      phone={ticket.committeePhone}
      crumbs={[{ label: words.desk.title, href: paths.deskTickets() }, { label: words.title(ticket.id) }]}
      title={titleOf(ticket)}
    >
      <TicketBadge {...ticket} />
      <Columns split="main">
        <Stack>
          <TicketWords ticket={ticket} reader="desk" />
          {ticket.state === "answered" && <Notice title={words.desk.waits}>{!ticket.contact?.phone && words.desk.noPhone}</Notice>}
          {may.accept && (
            <PlainForm formKey={`${formKey}-accept`}>
              <Button kind="primary" name="step" value="accepted" wide>
                {words.desk.accept}
              </Button>
            </PlainForm>
          )}
          {(may.answer || may.note) && <AnswerForm {...props} />}
          {may.assign && <AssignForm {...props} />}
          {(may.solved || may.notSolved) && <ToldForm {...props} />}
        </Stack>
        <Stack>
          <TicketFacts ticket={ticket} />
          <TicketSteps ticket={ticket} />
        </Stack>
      </Columns>
    </PortalPage>
  );
}

/** The reply where it is about one of these steps. */
const replyTo = (reply: Reply | undefined, ...steps: string[]) => (reply && steps.includes(reply.values["step"] ?? "") ? reply : undefined);

/** What is answered or noted; the same for everybody who is asked. */
export function AnswerForm({ may, formKey, reply: all }: Pick<DeskTicketProps, "formKey" | "reply"> & { may: { answer: boolean; note: boolean } }) {
  const reply = replyTo(all, "answer", "note", "accepted");
  return (
    <Card title={words.desk.act}>
      <PlainForm formKey={`${formKey}-answer`} reply={reply} within="answer">
        <Field
          type="textarea"
          name="text"
          within="answer"
          label={words.desk.text}
          hint={words.desk.textHint}
          defaultValue={reply?.values["text"]}
          error={errorAt(reply, "text")}
          inputProps={{ rows: 4, maxLength: 500 }}
        />
        <Actions>
          {may.answer && (
            <Button kind="primary" name="step" value="answer">
              {words.desk.answer}
            </Button>
          )}
          {may.note && (
            <Button name="step" value="note">
              {words.desk.note}
            </Button>
          )}
        </Actions>
      </PlainForm>
    </Card>
  );
}

function AssignForm({ ticket, parties, formKey, reply: all }: DeskTicketProps) {
  const reply = replyTo(all, "assigned");
  const asked = (party: string) => (reply ? reply.values[party] === "yes" : ticket.asked.some((one) => one === party));
  return (
    <Card>
      <PlainForm formKey={`${formKey}-assign`} reply={reply} within="assign">
        <ChecksField
          name="parties"
          within="assign"
          label={words.desk.assign}
          hint={words.desk.assignHint}
          error={errorAt(reply, "parties")}
          checks={parties.map((party) => ({ name: party, label: words.parties[party], defaultChecked: asked(party) }))}
        />
        <Button name="step" value="assigned">
          {words.desk.assignButton}
        </Button>
      </PlainForm>
    </Card>
  );
}

function ToldForm({ may, formKey, reply: all }: DeskTicketProps) {
  const reply = replyTo(all, "solved", "not-solved");
  return (
    <Card title={words.desk.told}>
      <PlainForm formKey={`${formKey}-told`} reply={reply} within="told">
        <p>{words.desk.toldLead}</p>
        {may.notSolved && (
          <Field type="textarea" name="text" within="told" label={words.mine.still} optional defaultValue={reply?.values["text"]} error={errorAt(reply, "text")} inputProps={{ rows: 3, maxLength: 500 }} />
        )}
        <Actions>
          {may.solved && (
            <Button name="step" value="solved">
              {words.mine.solved}
            </Button>
          )}
          {may.notSolved && (
            <Button name="step" value="not-solved">
              {words.mine.notSolved}
            </Button>
          )}
        </Actions>
      </PlainForm>
    </Card>
  );
}
