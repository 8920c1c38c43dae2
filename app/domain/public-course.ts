import type { StopFacts } from "./public-stop.ts";
import type { PublicStairwell, StairwellFacts } from "./public-view.ts";
import { daysBetween, shanghaiDay } from "./shanghai-day.ts";
import { stageIndex, stages, type SideState, type Stage } from "./stages.ts";

/** A time in which a project stood still within a stage. Days are `2026-11-21`, in Shanghai; `until` is null as long as it does. */
export interface Halt {
  state: SideState;
  from: string;
  until: string | null;
  days: number;
}

/** The time of a project in a stage, `until` the day on which it left it; one that was stepped back to comes twice. */
export interface Stay {
  stage: Stage;
  from: string;
  until: string | null;
  days: number;
  /** Whether it came here by a step back. */
  back: boolean;
  halts: Halt[];
}

/** A day that is known for the next step: promised for a project that stands still, planned for the works, or the end of a period. */
export interface Due {
  kind: "promised" | "works" | "ballots" | "opinions";
  by: string;
  /** Who owes the step; null where it is the stage itself that ends. */
  owner: string | null;
}

/** The way of a project over time. */
export interface PublicCourse {
  /** Oldest first. */
  stays: Stay[];
  /** Null where none comes: in use, ended or not suitable. */
  next: { stage: Stage; due: Due | null; daysLate: number } | null;
  /** The last day of the way so far: today, or that on which it ended or came into use. */
  last: string;
  today: string;
}

type CourseFacts = Pick<StairwellFacts, "stage" | "stageSince" | "sideState"> & {
  moves: readonly StairwellFacts["moves"][number][];
  /** Newest first. */
  stops: readonly (Pick<StopFacts, "at"> & { to: SideState | null })[];
};

/** What is publicly known of the day of the next step; `noticeEndsOn` is the last day for opinions about the plan. */
export function dueOf({ stage, pause, consultation, works }: Pick<PublicStairwell, "stage" | "pause" | "consultation" | "works">, noticeEndsOn: string | null): Due | null {
  if (pause) return { kind: "promised", by: pause.nextDay, owner: pause.owner };
  if (stage === "consultation" && consultation?.state === "open") return { kind: "ballots", by: consultation.closesOn, owner: null };
  if (stage === "plan-notice" && noticeEndsOn !== null) return { kind: "opinions", by: noticeEndsOn, owner: null };
  const end = works?.milestones.at(-1)?.end;
  return (stage === "construction" || stage === "acceptance") && end !== undefined ? { kind: "works", by: end, owner: null } : null;
}

/**
 * When a project came to each stage, how long it was there, and when it stood still; null for one that is at the wishes.
 * What was before it fell below two thirds is left out: told to the day, it would say that a neighbour has changed his mind.
 */
export function courseOf({ stage, stageSince, sideState, moves, stops }: CourseFacts, due: Due | null, now: Date): PublicCourse | null {
  if (stage === "intent") return null;
  const told = moves.slice(moves.findLastIndex(({ to }) => to === "intent") + 1).map(({ from, to, at }) => ({ stage: to, from: shanghaiDay(at), back: stageIndex(to) < stageIndex(from) }));
  const entries = told.length > 0 ? told : [{ stage, from: shanghaiDay(stageSince), back: false }];
  const halts = haltsOf(stops);
  const today = shanghaiDay(now);
  const ended = sideState === "ended" ? halts.at(-1)?.from : undefined;
  const arrived = entries.reduce((_, { from }) => from, today);
  const last = stage === "in-use" ? arrived : (ended ?? today);
  const stays = entries.map((entry, index) => {
    const until = entries[index + 1]?.from ?? null;
    return { ...entry, until, days: daysIn(entry.from, until ?? last), halts: entry.stage === "in-use" ? [] : within(halts, entry.from, until, last) };
  });
  const ahead = sideState === "ended" || sideState === "not-suitable" ? undefined : stages[stageIndex(stage) + 1];
  const owed = due?.kind === "promised" || due?.kind === "works";
  return { stays, next: ahead === undefined ? null : { stage: ahead, due, daysLate: owed ? daysIn(due.by, today) : 0 }, last, today };
}

const daysIn = (from: string, until: string) => Math.max(0, daysBetween(from, until));

/** The times of standing still, oldest first: each lasts until the next change. */
function haltsOf(stops: CourseFacts["stops"]): Omit<Halt, "days">[] {
  return stops.toReversed().flatMap(({ to, at }, index, changes) => {
    const after = changes[index + 1];
    return to === null ? [] : [{ state: to, from: shanghaiDay(at), until: after ? shanghaiDay(after.at) : null }];
  });
}

/** The parts of the halts that lie in a stay. */
function within(halts: readonly Omit<Halt, "days">[], from: string, until: string | null, last: string): Halt[] {
  return halts.flatMap((halt) => {
    const start = halt.from > from ? halt.from : from;
    const end = halt.until === null || (until !== null && halt.until > until) ? until : halt.until;
    const outside = (until !== null && halt.from >= until) || (halt.until !== null && halt.until <= from);
    return outside ? [] : [{ state: halt.state, from: start, until: end, days: daysIn(start, end ?? last) }];
  });
}
