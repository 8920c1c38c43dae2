import { tickets as words } from "#app/i18n/zh-CN/tickets.ts";
import { paths } from "#app/paths.ts";
import type { Reply } from "./checked-form.tsx";
import { AnswerForm } from "./desk-ticket.tsx";
import { Columns, Stack } from "./layout.tsx";
import { Empty, Notice } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { TicketBadge } from "./ticket-badge.tsx";
import { TicketFacts, TicketList, TicketSteps, TicketWords, titleOf, type ShownTicket, type TicketListRow } from "./ticket-parts.tsx";

/** What contractor and agent are asked, the most urgent first. */
export function SiteTickets({ tickets }: { tickets: readonly TicketListRow[] }) {
  return (
    <PortalPage desk title={{ title: words.site.title, lead: words.site.lead }}>
      {tickets.length === 0 ? <Empty level={2} title={words.site.none} /> : <TicketList tickets={tickets} hrefOf={paths.siteTicket} />}
    </PortalPage>
  );
}

export interface SiteTicketProps {
  ticket: ShownTicket;
  may: { answer: boolean; note: boolean };
  formKey: string;
  reply: Reply | undefined;
}

/** A ticket for the one who is asked: without the room and without whom to call. */
export function SiteTicket(props: SiteTicketProps) {
  const { ticket, may } = props;
  return (
    <PortalPage
      desk
      phone={ticket.committeePhone}
      crumbs={[{ label: words.site.title, href: paths.siteTickets() }, { label: words.title(ticket.id) }]}
      title={titleOf(ticket)}
    >
      <TicketBadge {...ticket} />
      <Columns split="main">
        <Stack>
          <TicketWords ticket={ticket} reader="site" />
          {!may.answer && <Notice title={words.site.done} />}
          {(may.answer || may.note) && <AnswerForm {...props} />}
        </Stack>
        <Stack>
          <TicketFacts ticket={ticket} />
          <TicketSteps ticket={ticket} />
        </Stack>
      </Columns>
    </PortalPage>
  );
}
