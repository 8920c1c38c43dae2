import type { Door } from "#app/domain/visit.ts";
import { doors as words } from "#app/i18n/zh-CN/doors.ts";
import { Badge } from "./badge.tsx";

const looks = {
  "to-visit": { tone: "amber", sign: "wait" },
  absent: { tone: "amber", sign: "none" },
  called: { tone: "blue", sign: "phone" },
  met: { tone: "jade", sign: "yes" },
  unreachable: { tone: "brick", sign: "alert" },
} as const;

/** How far a flat has been reached. */
export function DoorBadge({ state }: Pick<Door, "state">) {
  return <Badge {...looks[state]}>{words.states[state]}</Badge>;
}

/** The days behind it: when somebody was reached last, when nobody was there. */
export function doorDays({ state, attempts, reachedOn }: Door): string[] {
  return [...(reachedOn ? [words.reached(state, reachedOn)] : []), ...(attempts.length > 0 ? [words.attempts(attempts)] : [])];
}
