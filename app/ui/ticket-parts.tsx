import type { ReactNode } from "react";
import type { TicketChannel, TicketKind, TicketParty, TicketSide, TicketState, TicketStep } from "#app/domain/ticket.ts";
import { dayOf, longDay, shortMoment } from "#app/i18n/zh-CN/dates.ts";
import { tickets as words } from "#app/i18n/zh-CN/tickets.ts";
import { paths } from "#app/paths.ts";
import { Card } from "./card.tsx";
import { Facts } from "./facts.tsx";
import { LinkList } from "./link-list.tsx";
import { Stack } from "./layout.tsx";
import { Photos } from "./photos.tsx";
import { Steps } from "./steps.tsx";
import { TicketBadge } from "./ticket-badge.tsx";

/** A ticket as a page shows it; what its reader may not know is null. */
export interface ShownTicket {
  id: number;
  kind: TicketKind;
  channel: TicketChannel;
  state: TicketState;
  asked: readonly TicketParty[];
  answered: readonly TicketParty[];
  escalated: boolean;
  openedAt: Date | string;
  dueOn: string;
  late: number;
  stairwell: string;
  community: string;
  building: string;
  entrance: string;
  committeePhone: string;
  room: string | null;
  text: string | null;
  contact: { name: string | null; phone: string | null } | null;
  takenBy: string | null;
  consultation: string | null;
  /** The flat as the consultation's roll names it. */
  unit: string | null;
  /** When the intent that is objected to was filed. */
  intentAt: Date | string | null;
  photos: readonly { file: string; width: number; height: number }[];
  steps: readonly {
    id: number;
    kind: TicketStep;
    side: TicketSide | "portal";
    by: string | null;
    parties: readonly TicketParty[] | null;
    text: string | null;
    dueOn: string | null;
    at: Date | string;
  }[];
}

export interface TicketListRow extends Pick<ShownTicket, "id" | "kind" | "state" | "escalated" | "openedAt" | "dueOn" | "late" | "community" | "building" | "entrance"> {}

/** Tickets in rows: what it is about and where, its number and dates, how it stands. */
export function TicketList({ tickets, hrefOf }: { tickets: readonly TicketListRow[]; hrefOf: (id: number) => string }) {
  return (
    <LinkList
      rows={tickets.map((ticket) => ({
        href: hrefOf(ticket.id),
        title: `${words.kinds[ticket.kind]} · ${words.place(ticket.community, ticket.entrance)}`,
        detail: words.detail(ticket.id, ticket.openedAt, ticket.dueOn),
        badge: <TicketBadge {...ticket} />,
      }))}
    />
  );
}

/** What was typed, line by line. */
export function Lines({ text }: { text: string }) {
  return (
    <Stack gap="small">
      {text.split("\n").map((line, index) => (
        <p key={index}>{line}</p>
      ))}
    </Stack>
  );
}

/** The title of a ticket's page: its number, what it is about and where. */
export function titleOf({ id, kind, community, entrance }: ShownTicket) {
  return { eyebrow: `${words.title(id)} · ${words.place(community, entrance)}`, title: words.kinds[kind] };
}

/** What the resident said. */
export function TicketWords({ ticket, reader }: { ticket: ShownTicket; reader: keyof typeof words.words }) {
  return (
    <Card title={words.words[reader]} foot={`${words.openedBy(ticket.channel)} · ${shortMoment(ticket.openedAt)}`}>
      <Lines text={ticket.text ?? words.noWords} />
      {ticket.photos.length > 0 && (
        <Photos photos={ticket.photos.map((photo, index) => ({ ...photo, caption: words.photo(index + 1), day: dayOf(ticket.openedAt) }))} />
      )}
    </Card>
  );
}

/** Where it is, until when, who answers; for the desk also whom to call. */
export function TicketFacts({ ticket }: { ticket: ShownTicket }) {
  const { contact, room, takenBy, consultation, unit, intentAt } = ticket;
  const facts: { term: string; value: ReactNode }[] = [
    ...(room ? [{ term: words.facts.room, value: room }] : []),
    ...(consultation && unit ? [{ term: words.facts.ballot, value: <a href={paths.ballotHistory(consultation, unit)}>{consultation}</a> }] : []),
    ...(intentAt ? [{ term: words.facts.intent, value: <a href={paths.deskStairwell(ticket.stairwell)}>{words.intentOf(dayOf(intentAt))}</a> }] : []),
    { term: words.facts.due, value: longDay(ticket.dueOn) },
    { term: words.facts.asked, value: words.askedOf(ticket.asked, ticket.answered) },
    ...(contact
      ? [
          ...(contact.name ? [{ term: words.facts.contact, value: contact.name }] : []),
          { term: words.facts.phone, value: contact.phone ? <a href={paths.call(contact.phone)}>{contact.phone}</a> : words.noContact },
        ]
      : []),
    ...(takenBy ? [{ term: words.facts.takenBy, value: takenBy }] : []),
  ];
  return (
    <Card>
      <Facts facts={facts} />
    </Card>
  );
}

/** Every step so far, the oldest first. */
export function TicketSteps({ ticket }: { ticket: ShownTicket }) {
  if (ticket.steps.length === 0) return null;
  return (
    <Card title={words.steps}>
      <Steps
        steps={ticket.steps.map((step) => ({
          title: words.step(step.kind, step.side, step.parties, step.by),
          detail: (
            <>
              <p>{[shortMoment(step.at), step.dueOn && words.newDue(step.dueOn)].filter(Boolean).join(" · ")}</p>
              {step.text && <Lines text={step.text} />}
            </>
          ),
        }))}
      />
    </Card>
  );
}
