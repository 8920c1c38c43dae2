import type { Channel } from "./consultation-file.ts";
import type { ShownTest } from "./public-consultation.ts";
import type { Choice, TallyResult } from "./tally.ts";

/** How a ballot reaches the committee. */
export type PaperChannel = Exclude<Channel, "online">;

/** A page of paper that waits to be typed. */
export interface BoardPage {
  id: number;
  fileId: string;
  /** Its place in its file. */
  page: number;
  pages: number;
  /** What was typed from it before and disagreed with. */
  returned: { unit: string; choice: Choice; note: string | null }[];
}

/** A flat of the roll on a clerk's board. Single ballots are for the committee; an owner's name never is. */
export interface BoardFlat {
  /** As the roll names it; unique in the consultation. */
  unit: string;
  /** As its door says; unique in the stairwell. */
  room: string;
  floor: number;
  choice: Choice | null;
  channel: Channel | null;
  /** Recorded, and waiting for the second person. */
  waitingChoice: Choice | null;
  waitingChannel: Channel | null;
  /** The number of its newest ballot, whether it counts or not. */
  newest: number | null;
  pendingVoid: boolean;
}

export interface BoardStairwell {
  code: string;
  name: string;
  flats: number;
  /** Flats with a ballot, checked or not. */
  returned: number;
}

/** What a board shows of a consultation: one stairwell of it at a time. Moments as ISO text. */
export interface Board {
  code: string;
  /** The stairwell that the consultation was opened for. */
  stairwell: string;
  name: string;
  phone: string;
  closesAt: string;
  /** The version of the plan that is voted on, where it is about one. */
  plan: { number: number; version: number } | null;
  state: "open" | "due" | "closed" | "certified" | "published" | "withdrawn";
  /** All of the roll; the shown one is `shown`. */
  stairwells: BoardStairwell[];
  shown: string;
  /** From the ground floor up. */
  flats: BoardFlat[];
  tests: ShownTest[];
  result: Pick<TallyResult, "passed" | "outlook" | "toPass" | "participated" | "roll">;
  /** Flats of the whole consultation that wait for a second person: to check a ballot, to decide about making one void. */
  unchecked: WaitingFlats;
  pendingVoids: WaitingFlats;
  /** The next pages of paper that wait to be typed, and how many there are. */
  paper: { pages: BoardPage[]; count: number };
}

/** The first few by name, and how many there are. */
export interface WaitingFlats {
  units: string[];
  count: number;
}

/** What a board gets for what was posted from it: the board as it is now, and the ballot that was recorded. */
export interface BoardAnswer {
  board: Board;
  /** Of the session that asks: another one than the page's where somebody signed in anew meanwhile. */
  formToken?: string | null;
  recorded?: { unit: string; choice: Choice; channel: PaperChannel; seq: number; receipt: string };
}

/** What was recorded last for a flat and stands, whether it counts yet or not. */
export function standing({ choice, channel, waitingChoice, waitingChannel }: Pick<BoardFlat, "choice" | "channel" | "waitingChoice" | "waitingChannel">) {
  if (waitingChoice && waitingChannel) return { choice: waitingChoice, channel: waitingChannel };
  return choice && channel ? { choice, channel } : null;
}

/** The page of a stack that follows this one, and round again; null where none waits. */
export function nextPage(pages: readonly BoardPage[], id: number): BoardPage | null {
  return pages.find((page) => page.id > id) ?? pages.find((page) => page.id !== id) ?? null;
}

/** The next one after `isHere` that is `isOpen`, round the end and on from the start; undefined where there is none. */
export function nextAfter<T>(all: readonly T[], isHere: (one: T) => boolean, isOpen: (one: T) => boolean): T | undefined {
  const at = all.findIndex(isHere);
  return [...all.slice(at + 1), ...all.slice(0, Math.max(0, at))].find(isOpen);
}

/** The order in which a stack is worked off: from the ground floor up and round again; undefined where all have a ballot. */
export function nextWithout<Flat extends Parameters<typeof standing>[0] & { unit: string }>(flats: readonly Flat[], unit: string | null): Flat | undefined {
  return nextAfter(flats, (flat) => flat.unit === unit, (flat) => standing(flat) === null);
}

/** Letters and figures of a room as people type it: "３号５０２室" and "3-502" are the same. */
function roomKey(typed: string): string {
  return (typed.normalize("NFKC").toUpperCase().match(/[0-9A-Z]+/g) ?? []).join("-");
}

/**
 * The flats that somebody means who types a room: the one that the roll names so, else all whose name or door reads like
 * it, those of the stairwell that is looked at before all others.
 */
export function flatsMeant<Flat extends { unit: string; room: string; stairwellCode?: string }>(flats: readonly Flat[], typed: string, stairwell?: string | null): Flat[] {
  const exact = flats.filter(({ unit }) => unit === typed.trim());
  const key = roomKey(typed);
  if (exact.length > 0 || key === "") return exact;
  const alike = flats.filter(({ unit, room }) => roomKey(unit) === key || roomKey(room) === key);
  const here = alike.filter(({ stairwellCode }) => stairwellCode !== undefined && stairwellCode === stairwell);
  return here.length > 0 ? here : alike;
}

/** Where the next ballot comes from: as the last one, but nobody is a proxy twice without being told so. */
export function channelAfter(channel: PaperChannel): PaperChannel {
  return channel === "proxy" ? "paper" : channel;
}

/** A channel as an address or a form names it; paper for anything else. */
export function readChannel(given: string | null | undefined): PaperChannel {
  return given === "assisted" || given === "proxy" ? given : "paper";
}
