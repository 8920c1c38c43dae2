import { z } from "zod";
import type { Problem } from "./problem.ts";
import { rowNumber } from "./row-number.ts";
import { shanghaiDay } from "./shanghai-day.ts";
import { linesText, optional } from "./text.ts";

/** Whether somebody was met, spoken to on the phone, or not reached; what they think of the lift is no part of it. */
export const visitOutcomes = ["met", "called", "absent"] as const;
export type VisitOutcome = (typeof visitOutcomes)[number];

/** After attempts on so many days without meeting anybody a flat counts as not to be reached. */
export const ATTEMPTS = 3;

/** For so long a visit can be taken back by who recorded it, in milliseconds. */
const UNDO_TIME = 10 * 60_000;

export interface Visit {
  outcome: VisitOutcome;
  at: Date;
}

export type DoorState = "to-visit" | "called" | "met" | "absent" | "unreachable";

export interface Door {
  state: DoorState;
  /** The days of the attempts since somebody was last reached, the earliest first; two on one day are one. */
  attempts: string[];
  /** The day on which somebody was last reached. */
  reachedOn: string | null;
}

/** How far a flat has been reached, by its visits in order of time. */
export function doorOf(visits: readonly Visit[]): Door {
  const last = visits.findLastIndex(({ outcome }) => outcome !== "absent");
  const attempts = [...new Set(visits.slice(last + 1).map(({ at }) => shanghaiDay(at)))];
  const reached = visits[last];
  const reachedOn = reached ? shanghaiDay(reached.at) : null;
  if (attempts.length >= ATTEMPTS) return { state: "unreachable", attempts, reachedOn };
  if (attempts.length > 0) return { state: "absent", attempts, reachedOn };
  return { state: reached && reached.outcome !== "absent" ? reached.outcome : "to-visit", attempts, reachedOn };
}

/** What is wanted of a stairwell's flats now: ballots while a consultation is open, else intents; nothing once the lift runs. */
export type DoorPurpose = "ballot" | "intent" | "none";

export interface FlatAsked {
  /** Open consultations that have the flat on their roll, and those of them that have its ballot, checked or not. */
  asked: number;
  returned: number;
  /** Whether a counting intent is known. */
  known: boolean;
}

export function doorPurpose(flats: readonly FlatAsked[], stage: string): DoorPurpose {
  if (flats.some(({ asked }) => asked > 0)) return "ballot";
  return stage === "in-use" ? "none" : "intent";
}

/** Whether a flat is still to be reached; a ballot or an intent that came in takes it off by itself. */
export function isDoorOpen(purpose: DoorPurpose, { asked, returned, known }: FlatAsked): boolean {
  if (purpose === "ballot") return returned < asked;
  return purpose === "intent" && !known;
}

/**
 * The room to go to after this one: the next on the list that nobody has tried on that day or reached yet, round again
 * from the top; undefined where none is left.
 */
export function nextDoor(doors: readonly (Door & { room: string })[], room: string, today: string): string | undefined {
  const at = doors.findIndex((door) => door.room === room);
  const order = [...doors.slice(at + 1), ...doors.slice(0, Math.max(at, 0))];
  return order.find(({ state, attempts }) => (state === "to-visit" || state === "absent") && !attempts.includes(today))?.room;
}

export type VisitRefusal = "door_done" | "visit_unknown" | "undo_late" | "visit_undone";

/** Why a visit cannot be taken back: it was another's, too long ago, or taken back already. */
export function whyVisitUndoIsRefused(
  visit: { accountId: number; at: Date; undone: boolean },
  { accountId, now }: { accountId: number; now: Date },
): Problem<VisitRefusal> | null {
  if (visit.accountId !== accountId) return { code: "visit_unknown" };
  if (visit.undone) return { code: "visit_undone" };
  return now.getTime() - visit.at.getTime() > UNDO_TIME ? { code: "undo_late" } : null;
}

/** A tap at the door, with a word for colleagues where there is one. */
export const visitForm = z.object({ outcome: z.enum(visitOutcomes, { error: "missing" }), note: optional(linesText(300)) });

export const visitUndoForm = z.object({ visit: rowNumber });
