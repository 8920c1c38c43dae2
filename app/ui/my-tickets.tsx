import { tickets as words } from "#app/i18n/zh-CN/tickets.ts";
import { me } from "#app/i18n/zh-CN/me.ts";
import { paths } from "#app/paths.ts";
import { Button } from "./button.tsx";
import { Card } from "./card.tsx";
import { PlainForm, type Reply } from "./checked-form.tsx";
import { Field } from "./field.tsx";
import { Actions, Stack } from "./layout.tsx";
import { Empty, Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { errorAt } from "./reply.ts";
import { TicketBadge } from "./ticket-badge.tsx";
import { TicketFacts, TicketList, TicketSteps, TicketWords, titleOf, type ShownTicket, type TicketListRow } from "./ticket-parts.tsx";

/** What a resident has asked, the newest first. */
export function MyTickets({ tickets }: { tickets: readonly TicketListRow[] }) {
  return (
    <PortalPage personal width="narrow" crumbs={[{ label: me.title, href: paths.me() }, { label: words.mine.title }]} title={{ title: words.mine.title, lead: words.mine.lead }}>
      {tickets.length === 0 ? (
        <Empty level={2} title={words.mine.none}>
          {words.mine.noneLead}
        </Empty>
      ) : (
        <TicketList tickets={tickets} hrefOf={paths.myTicket} />
      )}
    </PortalPage>
  );
}

export interface MyTicketProps {
  ticket: ShownTicket;
  may: { solved: boolean; notSolved: boolean };
  formKey: string;
  reply: Reply | undefined;
}

/** One's own ticket: every step, and in the end whether it is solved. */
export function MyTicket({ ticket, may, formKey, reply }: MyTicketProps) {
  return (
    <PortalPage
      personal
      width="narrow"
      phone={ticket.committeePhone}
      crumbs={[{ label: me.title, href: paths.me() }, { label: words.mine.title, href: paths.myTickets() }, { label: words.title(ticket.id) }]}
      title={titleOf(ticket)}
    >
      <Stack>
        <TicketBadge {...ticket} />
        {ticket.steps.length === 0 && (
          <Notice kind="success" title={words.mine.received(ticket.dueOn)}>
            {words.mine.receivedLead}
          </Notice>
        )}
        {ticket.state === "answered" && <Word may={may} formKey={formKey} reply={reply} />}
        <TicketSteps ticket={ticket} />
        <TicketWords ticket={ticket} reader="opener" />
        <TicketFacts ticket={ticket} />
        {ticket.state !== "answered" && <Word may={may} formKey={formKey} reply={reply} />}
      </Stack>
    </PortalPage>
  );
}

function Word({ may, formKey, reply }: Omit<MyTicketProps, "ticket">) {
  if (!may.solved && !may.notSolved) return null;
  const both = may.solved && may.notSolved;
  return (
    <Card title={both ? words.mine.settle : may.solved ? words.mine.early : words.mine.again} tone={both ? "jade" : undefined}>
      {!both && may.solved && <p>{words.mine.earlyLead}</p>}
      <PlainForm formKey={formKey} reply={reply}>
        {may.solved && (
          <Actions>
            <Button kind={both ? "primary" : "secondary"} name="step" value="solved">
              {words.mine.solved}
            </Button>
          </Actions>
        )}
        {may.notSolved && (
          <>
            <Field
              type="textarea"
              name="still"
              label={words.mine.still}
              hint={words.mine.stillHint}
              defaultValue={reply?.values["still"]}
              error={errorAt(reply, "still")}
              inputProps={{ rows: 3, maxLength: 500 }}
            />
            <Actions>
              <Button name="step" value="not-solved">
                {words.mine.notSolved}
              </Button>
            </Actions>
          </>
        )}
      </PlainForm>
    </Card>
  );
}
