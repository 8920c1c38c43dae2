import { z } from "zod";
import type { Problem } from "./problem.ts";
import { rowNumber } from "./row-number.ts";
import type { Stage } from "./stages.ts";
import { lineText, linesText, optional } from "./text.ts";
import { simplify } from "./traditional.ts";

/** One answer: its anchor, under which heading it stands, and when it was edited, where it was. */
export interface Answer {
  topic: string;
  heading: string;
  question: string;
  answer: string;
  source: string;
  /** null: as it was given with the portal. */
  editedOn: string | null;
}

export const faqForm = z.object({
  section: lineText(20),
  question: lineText(60),
  answer: linesText(600),
  source: lineText(120),
  hidden: optional(z.literal("yes", { error: "unknown" })),
});

/** What a reader says of an answer. */
export const faqWordForm = z.object({ helped: z.enum(["yes", "no"], { error: "missing" }) });

/** That somebody at the desk has seen to what a reader asked. */
export const faqSettleForm = z.object({ miss: rowNumber });

/** What a reader asked and found no answer to. */
export const faqMissForm = z.object({ asked: lineText(100) });

export type FaqRefusal = "faq_unknown" | "faq_unchanged" | "faq_too_long" | "miss_settled";

/** Longest answer, in sentences. */
const MOST_SENTENCES = 3;

/** Why an answer is not taken: longer than anybody reads, or as it was. */
export function whyAnswerIsRefused(edited: Omit<Answer, "topic" | "editedOn"> & { hidden: boolean }, before: (Omit<Answer, "topic" | "editedOn"> & { hidden: boolean }) | null): Problem<FaqRefusal> | null {
  if ((edited.answer.match(/[。？！]/g)?.length ?? 0) > MOST_SENTENCES) return { code: "faq_too_long", at: "answer" };
  const same = before && (["heading", "question", "answer", "source", "hidden"] as const).every((part) => before[part] === edited[part]);
  return same ? { code: "faq_unchanged" } : null;
}

/** The three questions that people have at each stage. */
export const topicsAt: Readonly<Record<Stage, readonly [string, string, string]>> = {
  intent: ["start", "intent-is-no-vote", "thresholds"],
  reserve: ["intent-is-no-vote", "landing", "cost"],
  assessment: ["again", "landing", "daylight"],
  consultation: ["thresholds", "not-returned", "away"],
  "plan-notice": ["plan-notice", "daylight", "names"],
  agreement: ["cost", "subsidy", "agent"],
  approval: ["permit", "housing-fund", "duration"],
  construction: ["duration", "standing-still", "management"],
  acceptance: ["management", "running-costs", "later"],
  "in-use": ["management", "running-costs", "selling"],
};

/** Longest question that is searched with, in characters; what is longer is cut, so that no search costs much. */
const LONGEST_ASKED = 30;
const MOST_FOUND = 8;
/** An answer below this is not what was asked for. */
const LEAST = 15;

/** A text without what is no letter, number or Chinese character. */
const bare = (text: string) => simplify(text.normalize("NFKC")).toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** The pinyin of a text and its initials, without tones. */
type Sound = { pinyin: string; initials: string };

/**
 * The answers to what somebody typed – Chinese, pinyin or initials, of a question or of the heading over it –, the
 * likeliest first; typing errors are forgiven: wrong characters of the same sound, and one letter in five of pinyin.
 *
 * @param soundOf the pinyin of a text and its initials, without tones
 */
export function searchAnswers<T extends Answer>(typed: string, answers: readonly T[], soundOf: (text: string) => Sound): T[] {
  const asked = [...bare(typed)].slice(0, LONGEST_ASKED).join("");
  if (asked === "") return [];
  const isLatin = /^[a-z0-9]+$/.test(asked);
  const sound = isLatin ? asked : soundOf(asked).pinyin;
  return answers
    .map((answer) => ({ answer, score: Math.max(scoreOf(asked, { isLatin, sound }, answer, soundOf(answer.question)), scoreUnder(asked, { isLatin, sound }, answer.heading, soundOf(answer.heading))) }))
    .filter(({ score }) => score >= LEAST)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_FOUND)
    .map(({ answer }) => answer);
}

function scoreOf(asked: string, { isLatin, sound }: { isLatin: boolean; sound: string }, { question, answer }: Answer, heard: Sound): number {
  if (isLatin) {
    if (heard.pinyin.includes(asked)) return 90;
    if (asked.length > 1 && heard.initials.includes(asked)) return 80;
    return asked.length >= 5 && isNearly(asked, heard.pinyin) ? 40 : 0;
  }
  const [title, body] = [bare(question), bare(answer)];
  if (title.includes(asked)) return 100;
  if (asked.length > 1 && sound.length > 2 && heard.pinyin.includes(sound)) return 70;
  if (asked.length > 1 && body.includes(asked)) return 60;
  // Of two neighbouring characters each: how many stand in the question, and half as much in the answer.
  const pairs = pairsOf(asked);
  if (pairs.length === 0) return 0;
  const held = (text: string) => pairs.filter((pair) => text.includes(pair)).length / pairs.length;
  const shared = 50 * held(title) + 25 * held(body);
  if (shared >= LEAST) return shared;
  return sound.length >= 8 && isNearly(sound, heard.pinyin) ? 30 : 0;
}

/** What is asked for by the heading is less than what is asked for by name, and more than what is only mentioned. */
function scoreUnder(asked: string, { isLatin, sound }: { isLatin: boolean; sound: string }, heading: string, heard: Sound): number {
  if (asked.length < 2) return 0;
  if (isLatin) {
    if (heard.pinyin.includes(asked) || heard.initials === asked) return 65;
    return asked.length >= 5 && isNearly(asked, heard.pinyin) ? 35 : 0;
  }
  if (bare(heading).includes(asked)) return 65;
  return sound.length > 2 && heard.pinyin.includes(sound) ? 55 : 0;
}

/** Whether it stands there with no more than one letter in five typed wrong. */
const isNearly = (typed: string, heard: string) => errorsWithin(typed, heard) <= Math.floor(typed.length / 5);

function pairsOf(text: string): string[] {
  const letters = [...text];
  return letters.slice(1).map((letter, index) => `${letters[index] ?? ""}${letter}`);
}

/**
 * The fewest letters wrong, missing, too many or two in the wrong order with which `part` stands somewhere in `whole`;
 * part × whole steps.
 */
function errorsWithin(part: string, whole: string): number {
  let before: number[] = [];
  let row = Array.from({ length: whole.length + 1 }, () => 0);
  for (let i = 1; i <= part.length; i++) {
    const next = [i];
    for (let j = 1; j <= whole.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (part[i - 1] === whole[j - 1] ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && part[i - 1] === whole[j - 2] && part[i - 2] === whole[j - 1];
      const swapped = isSwapped ? (before[j - 2] ?? 0) + 1 : replaced;
      next.push(Math.min(replaced, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    [before, row] = [row, next];
  }
  return Math.min(...row);
}
