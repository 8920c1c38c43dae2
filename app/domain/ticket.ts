import { z } from "zod";
import type { Problem } from "./problem.ts";
import { daysBetween, shanghaiDay } from "./shanghai-day.ts";
import { lineText, linesText, mobile, optional } from "./text.ts";
import { addWorkingDays } from "./working-days.ts";

export const ticketKinds = ["noise", "stop", "quality", "money", "reassessment", "ballot-not-mine", "intent-not-mine", "other"] as const;
export type TicketKind = (typeof ticketKinds)[number];

/** Objections to what was recorded for a flat: they stay with committee and office. */
export type ObjectionKind = Extract<TicketKind, `${string}-not-mine`>;
export const isObjection = (kind: TicketKind): kind is ObjectionKind => kind === "ballot-not-mine" || kind === "intent-not-mine";

/** Kinds that somebody picks from a list; "this is not mine" begins at what was recorded. */
export const askedKinds = ["noise", "stop", "quality", "money", "reassessment", "other"] as const satisfies readonly TicketKind[];

/** What a clerk takes down besides: an objection to the ballot or the intent of a flat. */
export const takenKinds = [...askedKinds, "ballot-not-mine", "intent-not-mine"] as const satisfies readonly TicketKind[];

/** Who can be asked to answer. */
export const ticketParties = ["committee", "contractor", "agent", "office"] as const;
export type TicketParty = (typeof ticketParties)[number];

/** For whom somebody acts on a ticket: its opener, one of those asked, or the portal's own clock. */
export type TicketSide = "resident" | TicketParty;

export const ticketSteps = ["accepted", "assigned", "answer", "note", "solved", "not-solved", "escalated"] as const;
export type TicketStep = (typeof ticketSteps)[number];

export const ticketStates = ["opened", "reopened", "accepted", "assigned", "answered", "solved"] as const;
export type TicketState = (typeof ticketStates)[number];

/** What the desk's list shows: what is to be done, what waits for the resident's word, what is settled. */
export const statesShown = {
  open: ["opened", "reopened", "accepted", "assigned"],
  answered: ["answered"],
  solved: ["solved"],
} as const satisfies Record<string, readonly TicketState[]>;

export const deskTicketsQuery = z.object({
  show: z.enum(["open", "answered", "solved"]).default("open"),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
});

/** `link`: by the link in the message about a filing, without an account. */
export type TicketChannel = "online" | "phone" | "walk-in" | "link";

/** Working days until an answer is due, by kind. Default. */
const workingDaysFor: Readonly<Record<TicketKind, number>> = {
  noise: 2,
  stop: 3,
  quality: 5,
  money: 5,
  reassessment: 5,
  "ballot-not-mine": 2,
  "intent-not-mine": 2,
  other: 5,
};

/** The most working days until an answer, whatever it is about. */
export const MOST_WORKING_DAYS = Math.max(...Object.values(workingDaysFor));

/** The day by whose end a ticket opened (or reopened) at this moment is to be answered. */
export function ticketDueOn(kind: TicketKind, at: Date): string {
  return addWorkingDays(shanghaiDay(at), workingDaysFor[kind]);
}

/** By how many days the answer is late; none while it is in time or given. */
export function ticketDaysLate({ state, dueOn }: { state: TicketState; dueOn: string }, today: string): number {
  return state === "answered" || state === "solved" ? 0 : Math.max(0, daysBetween(dueOn, today));
}

/** Where a ticket stands in its present round, as its steps say. */
export interface TicketStanding {
  kind: TicketKind;
  state: TicketState;
  asked: readonly TicketParty[];
  answered: readonly TicketParty[];
  /** Whether this round was flagged to the office. */
  escalated: boolean;
}

export type TicketRefusal =
  | "already_objected"
  | "ticket_unknown"
  | "ticket_solved"
  | "ticket_answered"
  | "already_accepted"
  | "party_answered"
  | "not_asked"
  | "not_answered"
  | "ballot_stays_with_committee"
  | "only_opener_settles";

type Refused = Problem<TicketRefusal> | null;

/** Who was ever asked about a ticket, or had it flagged to them. */
export interface TicketReach {
  kind: TicketKind;
  everAsked: readonly TicketParty[];
  everEscalated: boolean;
}

/**
 * Whether somebody who answers for the ticket's stairwell may read it. A ticket is private to who opened it and who is
 * asked: the committee always is; an objection to a ballot stays with committee and office.
 */
export function mayReadTicket(party: TicketParty, { kind, everAsked, everEscalated }: TicketReach): boolean {
  if (party === "committee") return true;
  if (party === "office") return isObjection(kind) || everEscalated || everAsked.includes("office");
  return partiesFor(kind).includes(party) && everAsked.includes(party);
}

/** Whose a ticket is, and how far it has reached. */
export interface TicketScope extends TicketReach {
  stairwellId: number;
  committeeId: number;
  subdistrictId: number;
}

interface Grant {
  role: string;
  scope: string;
  scopeId: number | null;
}

/** For which of these parties somebody with these grants answers for a ticket's stairwell and may read it. */
export function ticketSides<Party extends TicketParty>(grants: readonly Grant[], ticket: TicketScope, among: readonly Party[]): Party[] {
  const places = {
    committee: ["committee", ticket.committeeId],
    office: ["subdistrict", ticket.subdistrictId],
    contractor: ["stairwell", ticket.stairwellId],
    agent: ["stairwell", ticket.stairwellId],
  } as const;
  return among.filter((party) => {
    const [scope, id] = places[party];
    return grants.some((g) => g.role === party && g.scope === scope && g.scopeId === id) && mayReadTicket(party, ticket);
  });
}

/** Photos that one ticket takes. */
export const MOST_TICKET_PHOTOS = 4;

/** Whether a party decides who is asked and may answer for those who are: the committee, and the office once it was flagged to it. */
function isInCharge(side: TicketSide, { escalated }: TicketStanding): boolean {
  return side === "committee" || (side === "office" && escalated);
}

/** Why a step cannot be taken by this side now. The caller has made sure that it may read the ticket. */
export function whyTicketStepIsRefused(
  standing: TicketStanding,
  { step, side, channel, parties = [] }: { step: TicketStep; side: TicketSide; channel: TicketChannel; parties?: readonly TicketParty[] },
): Refused {
  const { state } = standing;
  if (step === "solved" || step === "not-solved") {
    // Whoever called or came may say it to the committee, which notes it.
    if (side !== "resident" && !(side === "committee" && channel !== "online")) return { code: "only_opener_settles" };
    if (step === "not-solved") return state === "answered" || state === "solved" ? null : { code: "not_answered" };
    return state === "solved" ? { code: "ticket_solved" } : null;
  }
  if (state === "solved") return { code: "ticket_solved" };
  if (step === "note") return null;
  if (state === "answered") return { code: "ticket_answered" };
  if (step === "accepted") return whyAcceptingIsRefused(standing, side);
  if (step === "assigned") return whyAssigningIsRefused(standing, side, parties);
  return whyAnswerIsRefused(standing, side);
}

function whyAcceptingIsRefused(standing: TicketStanding, side: TicketSide): Refused {
  if (!isInCharge(side, standing)) return { code: "not_asked" };
  return standing.state === "opened" || standing.state === "reopened" ? null : { code: "already_accepted" };
}

/** Who can be asked about a ticket of this kind: what concerns a ballot leaves neither committee nor office. */
export function partiesFor(kind: TicketKind): TicketParty[] {
  return ticketParties.filter((party) => !isObjection(kind) || party === "committee" || party === "office");
}

function whyAssigningIsRefused(standing: TicketStanding, side: TicketSide, parties: readonly TicketParty[]): Refused {
  if (!isInCharge(side, standing)) return { code: "not_asked" };
  const among = partiesFor(standing.kind);
  return parties.every((party) => among.includes(party)) ? null : { code: "ballot_stays_with_committee", at: "parties" };
}

function whyAnswerIsRefused(standing: TicketStanding, side: TicketSide): Refused {
  if (side === "resident") return { code: "not_asked" };
  if (standing.answered.includes(side)) return { code: "party_answered" };
  return standing.asked.includes(side) || isInCharge(side, standing) ? null : { code: "not_asked" };
}

/** Longest text of a ticket, an answer or a note, in characters. */
export const LONGEST_TICKET = 500;

const text = linesText(LONGEST_TICKET);
const tick = optional(z.enum(["yes"], { error: "unknown" }));

/** What a resident writes; which flat it is about, where the resident has several. */
export const ticketForm = z.object({ room: optional(lineText(16)), text });

/** An objection says by itself what it is about. */
export const objectionForm = z.object({ room: optional(lineText(16)), text: optional(text) });

/** A ballot as an address names it: its consultation's code, a dot, its number there. */
export function readBallotNamed(named: string | null): { consultation: string; seq: number } | null {
  const [, consultation, seq] = /^([A-Z0-9-]{1,32})\.([1-9]\d{0,8})$/.exec(named ?? "") ?? [];
  return consultation && seq ? { consultation, seq: Number(seq) } : null;
}



/** What the desk takes down for somebody who called or came. */
export const deskTicketForm = z
  .object({
    stairwell: lineText(32),
    room: optional(lineText(16)),
    kind: z.enum(takenKinds, { error: "missing" }),
    channel: z.enum(["phone", "walk-in"], { error: "missing" }),
    name: optional(lineText(40)),
    phone: optional(mobile),
    text,
  })
  .superRefine(({ kind, room }, context) => {
    if (isObjection(kind) && room === undefined) context.addIssue({ code: "custom", path: ["room"], message: "missing" });
  });

/** A step at the desk or on the site: a text where words are needed, those asked where somebody is. */
export const ticketStepForm = z
  .object({
    step: z.enum(["accepted", "assigned", "answer", "note", "solved", "not-solved"], { error: "missing" }),
    text: optional(text),
    committee: tick,
    contractor: tick,
    agent: tick,
    office: tick,
  })
  .superRefine(({ step, text: words, ...asked }, context) => {
    if ((step === "answer" || step === "note") && words === undefined) context.addIssue({ code: "custom", path: ["text"], message: "missing" });
    if (step === "assigned" && ticketParties.every((party) => asked[party] === undefined)) {
      context.addIssue({ code: "custom", path: ["parties"], message: "missing" });
    }
  });

/** What contractor and agent say. */
export const siteTicketForm = z.object({ step: z.enum(["answer", "note"], { error: "missing" }), text });

/** What the opener says in the end; what is still wrong, where something is. */
export const ticketWordForm = z
  .object({ step: z.enum(["solved", "not-solved"], { error: "missing" }), still: optional(text) })
  .superRefine(({ step, still }, context) => {
    if (step === "not-solved" && still === undefined) context.addIssue({ code: "custom", path: ["still"], message: "missing" });
  });
