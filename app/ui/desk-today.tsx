import { binding } from "#app/i18n/zh-CN/binding.ts";
import { desk } from "#app/i18n/zh-CN/desk.ts";
import { consultationDesk } from "#app/i18n/zh-CN/consultation-desk.ts";
import { tickets as ticketWords } from "#app/i18n/zh-CN/tickets.ts";
import { paths } from "#app/paths.ts";
import type { Scope } from "#app/domain/consultation.ts";
import type { Stage } from "#app/domain/stages.ts";
import { Badge } from "./badge.tsx";
import { ButtonLink } from "./button.tsx";
import { Section } from "./card.tsx";
import { Actions, Columns, Stack } from "./layout.tsx";
import { LinkList } from "./link-list.tsx";
import { Empty } from "./notice.tsx";
import { PortalPage } from "./portal-page.tsx";
import { deadline } from "#app/i18n/zh-CN/dates.ts";

export interface DeskTodayProps {
  name: string;
  toConfirm: number;
  tickets: { fresh: number; due: number };
  /** Requests to bind a flat that wait. */
  bindings: number;
  /** Whether the clerk acts; the office looks. */
  mayAct: boolean;
  consultations: readonly { code: string; stairwell: string; community: string; entrance: string; scope: Scope; state: "open" | "closed" | "certified"; closesAt: string | Date }[];
  communities: readonly { code: string; name: string; committee: string; stairwells: number }[];
  community?: string | undefined;
  stairwells: readonly { code: string; building: string; entrance: string; community: string; stage: Stage; flats: number; willing: number }[];
  now: string;
}

/** What needs the clerk now, then the clerk's stairwells. */
export function DeskToday({ name, toConfirm, bindings, tickets, mayAct, consultations, communities, community, stairwells, now }: DeskTodayProps) {
  const tasks = [
    ...(toConfirm > 0
      ? [{ href: paths.deskIntents(), title: mayAct ? desk.intentsToConfirm(toConfirm) : desk.intentsOfCommittees(toConfirm), detail: desk.intentsToConfirmLead, badge: <Badge tone="amber">{String(toConfirm)}</Badge> }]
      : []),
    ...(tickets.fresh + tickets.due > 0
      ? [
          {
            href: paths.deskTickets(),
            title: ticketWords.todo(tickets.fresh, tickets.due),
            detail: ticketWords.todoLead,
            badge: tickets.due > 0 ? <Badge tone="brick" sign="alert">{String(tickets.due)}</Badge> : <Badge tone="amber">{String(tickets.fresh)}</Badge>,
          },
        ]
      : []),
    ...(bindings > 0
      ? [{ href: paths.deskBindings(), title: mayAct ? binding.desk.waiting(bindings) : binding.desk.ofCommittees(bindings), detail: binding.desk.waitingLead, badge: <Badge tone="amber">{String(bindings)}</Badge> }]
      : []),
    ...consultations.map((c) => ({
      href: mayAct ? paths.consultation(c.code) : paths.endConsultation(c.code),
      title: `${c.community} ${c.entrance}${c.scope === "community" ? `　${consultationDesk.scopes.community}` : ""}`,
      detail: c.state === "open" ? consultationDesk.closes(deadline(c.closesAt)) : consultationDesk.nextOf[c.state],
      badge:
        c.state === "open" && new Date(c.closesAt) > new Date(now) ? (
          <Badge tone="blue">{consultationDesk.states.open}</Badge>
        ) : (
          <Badge tone="amber">{c.state === "open" ? consultationDesk.states.due : consultationDesk.states[c.state]}</Badge>
        ),
    })),
  ];
  return (
    <PortalPage desk title={{ eyebrow: desk.hello(name), title: desk.today }}>
      <Stack gap="large">
        {tasks.length > 0 ? <LinkList rows={tasks} /> : <Empty title={desk.nothing}>{desk.nothingLead}</Empty>}
        {mayAct && (
          <Actions>
            <ButtonLink href={paths.openSeveral()}>{consultationDesk.several.title}</ButtonLink>
          </Actions>
        )}
        <Columns split="even">
          <Section title={desk.communities}>
            <LinkList
              rows={communities.map((c) => ({
                href: `${paths.desk()}?community=${c.code}`,
                title: c.name,
                detail: c.committee,
                badge: c.code === community ? <Badge tone="jade">{desk.stairwells(c.stairwells)}</Badge> : desk.stairwells(c.stairwells),
              }))}
            />
          </Section>
          <Section title={desk.myStairwells}>
            <LinkList
              rows={stairwells.map((s) => ({
                href: paths.deskStairwell(s.code),
                title: `${s.community} ${s.building}${s.entrance}`,
                detail: desk.willing(s.willing, s.flats),
                badge: desk.stage[s.stage],
              }))}
            />
          </Section>
        </Columns>
      </Stack>
    </PortalPage>
  );
}
