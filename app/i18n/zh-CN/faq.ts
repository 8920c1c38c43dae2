import type { FaqRefusal } from "#app/domain/faq.ts";
import { longDay } from "./dates.ts";

/** Words of the desk's page of questions. */
export const faqDesk = {
  title: "常见问题",
  edit: "修改回答",
  add: "添加一个问题",
  lead: "改过的回答马上公开，并写明日期。原来的留在记录里。",
  misses: (count: number) => `居民没找到答案的问题 ${count} 个`,
  missesLead: "看完后可以补写一个回答，再标记为处理好了。",
  asked: (day: string) => `${longDay(day)}问`,
  settle: "处理好了",
  words: (helped: number, not: number) => (helped + not === 0 ? "还没有人评价" : `有帮助 ${helped}，没帮助 ${not}`),
  editedOn: (day: string) => `${longDay(day)}改过`,
  given: "原来的回答",
  hidden: "不公开",
  heading: "分类",
  headingHint: (headings: readonly string[]) => `例如：${headings.join("、")}`,
  question: "问题",
  answer: "回答",
  answerHint: "最多三句话，说大白话。",
  source: "依据",
  hide: "先不公开",
  save: "保存",
} as const;

export const faqProblems = {
  faq_unknown: "没有这个问题。",
  faq_unchanged: "没有改动。",
  faq_too_long: "回答最多三句话，请写短一些。",
  miss_settled: "这个问题已经有人处理了。",
} as const satisfies Record<FaqRefusal, string>;
