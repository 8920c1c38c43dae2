import { z } from "zod";
import { day } from "./consultation-forms.ts";
import type { Problem } from "./problem.ts";
import { stageIndex, type Stage } from "./stages.ts";
import { lineText, linesText, mobile, optional } from "./text.ts";

/** An objection (反对意见) opens a mediation record; a suggestion or question (建议) does not. Each is answered. */
export const opinionKinds = ["objection", "suggestion"] as const;
export type OpinionKind = (typeof opinionKinds)[number];

export const opinionChannels = ["online", "paper", "phone"] as const;
export type OpinionChannel = (typeof opinionChannels)[number];

/** Longest text of an opinion, its answer and a step of mediation, in characters. */
export const LONGEST_OPINION = 1000;

const kind = z.enum(opinionKinds, { error: "missing" });
const text = linesText(LONGEST_OPINION);

/** What an owner writes; about which flat, where there are several. */
export const opinionForm = z.object({ kind, room: optional(lineText(16)), text });

/** What the desk takes down from paper or a call; without a day, that of today. */
export const deskOpinionForm = z.object({
  kind,
  channel: z.enum(["paper", "phone"], { error: "missing" }),
  room: optional(lineText(16)),
  name: optional(lineText(40)),
  phone: optional(mobile),
  receivedOn: optional(day),
  text,
});

export const opinionAnswerForm = z.object({ text });

/** What the time of an opinion is held against. */
export interface OpinionTime {
  /** Null for a notice that takes no opinions. */
  opinionDays: number | null;
  withdrawn: boolean;
  publishedOn: string;
  endsOn: string | null;
  stage: Stage;
}

export type OpinionRefusal = "takes_no_opinions" | "opinion_too_early" | "opinion_too_late" | "received_in_future" | "plan_moved_on" | "opinion_unknown" | "opinion_answered" | "not_owner_here";

/**
 * Why an opinion is not taken: it was given before or after the notice's period, or its plan has gone on. What came in
 * time may be typed later, until then.
 */
export function whyOpinionIsRefused(notice: OpinionTime, receivedOn: string, today: string): Problem<OpinionRefusal> | null {
  if (notice.opinionDays === null || notice.endsOn === null || notice.withdrawn) return { code: "takes_no_opinions" };
  if (receivedOn > today) return { code: "received_in_future", at: "receivedOn" };
  if (receivedOn < notice.publishedOn) return { code: "opinion_too_early", at: "receivedOn", params: { day: notice.publishedOn } };
  if (receivedOn > notice.endsOn) return { code: "opinion_too_late", at: "receivedOn", params: { day: notice.endsOn } };
  return stageIndex(notice.stage) > stageIndex("plan-notice") ? { code: "plan_moved_on" } : null;
}

/** Below this many opinions, their kinds would tell who gave them. */
const FEWEST_OPINIONS_TOLD = 10;

export interface OpinionCounts {
  opinions: number;
  objections: number;
  answered: number;
}

/** What everybody learns of the opinions on a notice whose period is over: their number, from ten on also their kinds. */
export function publicOpinions({ opinions, objections, answered }: OpinionCounts): { opinions: number; objections: number | null; allAnswered: boolean } {
  return { opinions, objections: opinions < FEWEST_OPINIONS_TOLD ? null : objections, allAnswered: answered === opinions };
}
