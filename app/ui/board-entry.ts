import { channelAfter, type PaperChannel } from "#app/domain/board.ts";
import type { Choice } from "#app/domain/tally.ts";
import type { FieldError } from "./error-summary.tsx";

/** After a ballot is saved the next flat comes up by itself: what follows at once was meant for the one before. In ms. */
export const SETTLE = 800;

export interface Entry {
  unit: string;
  choice: Choice;
  channel: PaperChannel;
}

export interface RecordedEntry extends Entry {
  seq: number;
  receipt: string;
}

/** What a clerk at the board is in the middle of. */
export interface Work {
  /** The flat whose ballot is recorded next. */
  unit: string | null;
  /** The number of that flat's newest ballot when the clerk came to it; null for none. */
  seen: number | null;
  channel: PaperChannel;
  phase:
    | { is: "ready" }
    | { is: "saving"; entry: Entry }
    /** Not saved for all we know, since no answer came: nobody there, or the session is over. */
    | { is: "unsaved"; entry: Entry; why: "silent" | "signed-out" };
  /** What the last save was refused for. */
  refused: { unit: string; errors: readonly FieldError[] } | null;
  /** What was recorded last, for as long as it can be taken back by a key. */
  last: RecordedEntry | null;
  /** When the flat was switched by itself, in ms of the page's own clock. */
  switchedAt: number;
}

export function beginWork({ unit, seen, channel }: Pick<Work, "unit" | "seen" | "channel">): Work {
  return { unit, seen, channel, phase: { is: "ready" }, refused: null, last: null, switchedAt: -Infinity };
}

/** Why a ballot is not recorded now, whatever was pressed or clicked; null where it is. */
export function whyNotNow({ unit, channel, phase, switchedAt }: Work, choice: Choice, at: number): "no-flat" | "saving" | "too-soon" | "unsaved" | null {
  if (unit === null) return "no-flat";
  if (phase.is === "saving") return "saving";
  if (phase.is === "unsaved" && (phase.entry.unit !== unit || phase.entry.choice !== choice || phase.entry.channel !== channel)) return "unsaved";
  return at - switchedAt < SETTLE ? "too-soon" : null;
}

/** The clerk goes to a flat; a refusal stays with the flat that it is about. */
export function goTo(work: Work, unit: string, seen: number | null): Work {
  return unit === work.unit ? work : { ...work, unit, seen };
}

export function send(work: Work, entry: Entry): Work {
  return { ...work, phase: { is: "saving", entry }, refused: null };
}

/** Saved: the flat without a ballot that is next comes up, and who brought it does not stay a proxy. */
export function settle(work: Work, recorded: RecordedEntry, next: { unit: string; newest: number | null } | undefined, at: number): Work {
  const channel = channelAfter(work.channel);
  const to = next ?? { unit: recorded.unit, newest: recorded.seq };
  return { ...work, unit: to.unit, seen: to.newest, channel, phase: { is: "ready" }, refused: null, last: recorded, switchedAt: at };
}

/** Refused: all stays as it was typed, and the clerk has now seen the flat's newest ballot. */
export function refuse(work: Work, unit: string, errors: readonly FieldError[], newest: number | null): Work {
  return { ...work, phase: { is: "ready" }, refused: { unit, errors }, seen: work.unit === unit ? newest : work.seen };
}

export function lose(work: Work, entry: Entry, why: "silent" | "signed-out"): Work {
  return { ...work, unit: entry.unit, phase: { is: "unsaved", entry, why } };
}

/** The clerk gives up a ballot that was not saved. */
export function drop(work: Work): Work {
  return { ...work, phase: { is: "ready" } };
}

/** Taken back: the clerk is at that flat again, and takes back no second one by the same key. */
export function undo(work: Work, { unit, newest }: { unit: string; newest: number | null }, at: number): Work {
  return { ...work, unit, seen: newest, phase: { is: "ready" }, refused: null, last: null, switchedAt: at };
}
