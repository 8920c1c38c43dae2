import type { Answer } from "#app/domain/faq.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { help } from "#app/i18n/zh-CN/help.ts";
import type { Db } from "#db/client.server.ts";
import { listStoredAnswers } from "#db/queries/faq.server.ts";
import { pinyinOf } from "#db/import/pinyin.ts";

export type KnownAnswer = Answer & { hidden: boolean };

const given: readonly KnownAnswer[] = help.groups.flatMap(({ title, questions }) =>
  questions.map(({ id, question, answer, source }) => ({ topic: id, heading: title, question, answer, source, editedOn: null, hidden: false })),
);

/** All answers, hidden ones too: those given with the portal, each as staff have edited it, then those that staff have added. */
export async function readAllAnswers(db: Db): Promise<KnownAnswer[]> {
  const stored = new Map((await listStoredAnswers(db)).map(({ at, ...one }) => [one.topic, { ...one, editedOn: shanghaiDay(at) }]));
  const known = given.map((one) => stored.get(one.topic) ?? one);
  const added = [...stored.values()].filter(({ topic }) => given.every((one) => one.topic !== topic));
  return [...known, ...added];
}

/** The answers that everybody reads. */
export async function readAnswers(db: Db): Promise<KnownAnswer[]> {
  return (await readAllAnswers(db)).filter(({ hidden }) => !hidden);
}

/** The answers under their headings, in order. */
export function groupAnswers(answers: readonly KnownAnswer[]): { title: string; questions: KnownAnswer[] }[] {
  const titles = [...new Set(answers.map(({ heading }) => heading))];
  return titles.map((title) => ({ title, questions: answers.filter(({ heading }) => heading === title) }));
}

/** Sounds of questions that were worked out; they change when staff edit them, and no more are kept than there can be. */
const heard = new Map<string, { pinyin: string; initials: string }>();
const MOST_HEARD = 500;

/** The pinyin of a text, remembered for the questions, which every search asks for. */
export function soundOf(text: string): { pinyin: string; initials: string } {
  const known = heard.get(text);
  if (known) return known;
  const sound = pinyinOf(text);
  if (heard.size < MOST_HEARD) heard.set(text, sound);
  return sound;
}
