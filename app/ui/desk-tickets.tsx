import { tickets as words } from "#app/i18n/zh-CN/tickets.ts";
import { paths } from "#app/paths.ts";
import { ButtonLink } from "./button.tsx";
import { Actions, Stack } from "./layout.tsx";
import { Empty } from "./notice.tsx";
import { Pager } from "./pager.tsx";
import { PortalPage } from "./portal-page.tsx";
import { TicketList, type TicketListRow } from "./ticket-parts.tsx";

const shows = ["open", "answered", "solved"] as const;
export type TicketShow = (typeof shows)[number];

export interface DeskTicketsProps {
  show: TicketShow;
  tickets: readonly TicketListRow[];
  page: number;
  pages: number;
}

/** The desk's tickets: what is to be done, what waits for the resident's word, what is settled. */
export function DeskTickets({ show, tickets, page, pages }: DeskTicketsProps) {
  return (
    <PortalPage desk title={{ title: words.desk.title, lead: words.desk.lead }}>
      <Stack>
        <Actions row="filters">
          {shows.map((one) => (
            <ButtonLink key={one} href={paths.deskTickets({ show: one })} sign={one === show ? "yes" : undefined}>
              {words.desk.shows[one]}
            </ButtonLink>
          ))}
          <ButtonLink href={paths.takeTicket()} kind="primary">
            {words.desk.take}
          </ButtonLink>
        </Actions>
        {tickets.length === 0 ? (
          <Empty level={2} title={words.desk.none[show]}>
            {words.desk.noneLead}
          </Empty>
        ) : (
          <TicketList tickets={tickets} hrefOf={paths.deskTicket} />
        )}
        <Pager page={page} pages={pages} hrefOf={(to) => paths.deskTickets({ show, page: to })} />
      </Stack>
    </PortalPage>
  );
}
