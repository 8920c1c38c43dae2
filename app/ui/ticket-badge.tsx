import type { TicketState } from "#app/domain/ticket.ts";
import { tickets } from "#app/i18n/zh-CN/tickets.ts";
import { Badge, Badges } from "./badge.tsx";

const tones = { opened: "amber", reopened: "amber", accepted: "blue", assigned: "blue", answered: "jade", solved: "neutral" } as const;

export interface TicketBadgeProps {
  state: TicketState;
  /** Days over the due date. */
  late: number;
  /** Whether it was flagged to the office. */
  escalated: boolean;
}

/** Where a ticket stands, how late it is, and whether the office knows. */
export function TicketBadge({ state, late, escalated }: TicketBadgeProps) {
  return (
    <Badges>
      <Badge tone={tones[state]} sign={state === "solved" ? "yes" : undefined}>
        {tickets.states[state]}
      </Badge>
      {late > 0 && (
        <Badge tone="brick" sign="alert">
          {tickets.late(late)}
        </Badge>
      )}
      {late > 0 && escalated && <Badge>{tickets.flagged}</Badge>}
    </Badges>
  );
}
