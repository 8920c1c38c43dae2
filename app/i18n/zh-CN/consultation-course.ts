import type { CourseRefusal } from "#app/domain/consultation-course.ts";
import { longDay } from "./dates.ts";

type Params = Record<string, string | number>;

/** What happens to a consultation between its opening and its end, at the desk. */
export const course = {
  links: "办理",
  extend: {
    title: "延长征询",
    lead: "截止前可以往后延，要写明原因。新日期马上公开，原因写进记录和结果证明。",
    now: (at: string) => `现在的截止时间：${at}`,
    closesOn: "延长到哪一天",
    closesOnHint: "到这一天 24:00 为止",
    reason: "延长的原因",
    reasonHint: "例如：还有几户在外地，票在路上。不写姓名",
    submit: "延长",
    done: (day: string) => `已延长到 ${longDay(day)}`,
  },
  withdraw: {
    title: "撤回征询",
    lead: "选错了楼道、规则或日期，还没有人投票时可以撤回。撤回后记录还在，不算结果，可以重新开始。",
    voted: "已经有人投票，不能撤回。请到期截止，或延长日期。",
    reason: "撤回的原因",
    reasonHint: "例如：选错了楼道。不写姓名",
    submit: "撤回这次征询",
  },
  extensions: (number: number) => `第 ${number} 次延长`,
  extension: (from: string, until: string, reason: string) => `${from} 改到 ${until}：${reason}`,
  withdrawn: (at: string, who: string) => `${at}　${who}撤回，没有表决，不算结果。`,
} as const;

/** What a refused step on this way says. */
export const courseProblems = {
  deadline_passed: ({ day }: Params) => `征询到 ${longDay(String(day))} 已经截止，不能再延长。`,
  not_later: ({ day }: Params) => `现在的截止日期是 ${longDay(String(day))}。请选更晚的一天。`,
  ballots_cast: "已经有人投票，不能撤回。请到期截止，或延长日期。",
  paper_waits: "还有纸质票等着录入或核对，办好后再截止。",
} as const satisfies Record<CourseRefusal, string | ((params: Params) => string)>;
