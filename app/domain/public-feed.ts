import type { Scope } from "./consultation.ts";
import type { PublicEvent } from "./public-view.ts";
import { shanghaiDay } from "./shanghai-day.ts";
import { stageIndex, type Stage } from "./stages.ts";

/** What happened at a stairwell and could be told to those who follow it. */
export type FeedFacts = { at: Date; stairwell: string; community: string; entrance: string } & (
  | { kind: "notice"; notice: number; title: string }
  | { kind: "move"; id: number; from: Stage; to: Stage }
  | { kind: "opened" | "withdrawn"; consultation: string; scope: Scope }
  | { kind: "published"; consultation: string; scope: Scope; passed: boolean }
);

/** An entry of a feed: a notice, or a step told to the day as the stairwell's page tells it. */
export type FeedEntry = { key: string; day: string; stairwell: string; community: string; entrance: string } & (
  | { notice: number; title: string; event: null }
  | { notice: null; title: null; event: PublicEvent }
);

/**
 * What those who follow a place learn, the newest first. Nothing ticks: no ballot, no filing, and of the day on which a
 * stairwell fell below two thirds nothing, for that would say that a neighbour has changed his mind. Of a step the day
 * is told and never the hour, at which somebody may have filed.
 */
export function publicFeed(facts: readonly FeedFacts[]): FeedEntry[] {
  return [...facts]
    .sort((a, b) => b.at.getTime() - a.at.getTime())
    .flatMap((fact): FeedEntry[] => {
      const { stairwell, community, entrance } = fact;
      const day = shanghaiDay(fact.at);
      const of = { day, stairwell, community, entrance };
      if (fact.kind === "notice") return [{ ...of, key: `notice-${fact.notice}`, notice: fact.notice, title: fact.title, event: null }];
      if (fact.kind === "move") {
        if (fact.to === "intent") return [];
        const event: PublicEvent = { day, kind: "stage", stage: fact.to, back: stageIndex(fact.to) < stageIndex(fact.from) };
        return [{ ...of, key: `move-${fact.id}`, notice: null, title: null, event }];
      }
      const { scope } = fact;
      const kind = fact.kind === "published" ? (fact.passed ? ("consultation-passed" as const) : ("consultation-failed" as const)) : (`consultation-${fact.kind}` as const);
      return [{ ...of, key: `${fact.consultation}-${fact.kind}`, notice: null, title: null, event: { day, kind, scope } }];
    });
}
