import type { Halt, PublicCourse } from "#app/domain/public-course.ts";
import type { SideState } from "#app/domain/stages.ts";
import { longDay } from "./dates.ts";
import { stageNames } from "./stages.ts";

const halted: Record<SideState, string> = { paused: "暂停", disputed: "协调争议", ended: "终止", "not-suitable": "不适合，停下" };

/** How long a project has been at each stage. */
export const courseWords = {
  /** 从 2026 年 1 月 10 日到今天，走了 3 步，共 315 天，其中停了 20 天。 */
  lead: ({ stays, last, today }: PublicCourse) => {
    const sum = (days: readonly number[]) => days.reduce((total, one) => total + one, 0);
    const [from, back] = [stays[0]?.from ?? today, stays.filter((stay) => stay.back).length];
    const still = sum(stays.flatMap(({ halts }) => halts.map(({ days }) => days)));
    const parts = [`走了 ${stays.length} 步`, ...(back > 0 ? [`退回 ${back} 次`] : []), `共 ${sum(stays.map(({ days }) => days))} 天`, ...(still > 0 ? [`其中停了 ${still} 天`] : [])];
    return `从 ${longDay(from)}到${last === today ? "今天" : ` ${longDay(last)}`}，${parts.join("，")}。`;
  },
  back: (stage: string) => `退回到${stage}`,
  stay: (from: string, days: number) => `${longDay(from)}起，${days === 0 ? "当天走完" : `${days} 天`}`,
  staying: (from: string, days: number) => `${longDay(from)}起${days === 0 ? "" : `，已经 ${days} 天`}`,
  arrived: longDay,
  halt: ({ state, from, until, days }: Halt) => {
    if (state === "ended") return `${longDay(from)}终止`;
    return until === null ? `${longDay(from)}起${halted[state]}，已经 ${days} 天` : `${halted[state]} ${days} 天`;
  },
  next: (what: string) => `下一步：${what}`,
  nextOf: ({ stage, due }: NonNullable<PublicCourse["next"]>) => due?.owner ?? stageNames[stage],
  due: ({ due, daysLate }: NonNullable<PublicCourse["next"]>) => {
    if (due === null) return "日期还没定";
    const day = longDay(due.by);
    const said = { promised: `${day}前`, works: `计划 ${day}完工`, ballots: `征询到 ${day}`, opinions: `意见收到 ${day}` }[due.kind];
    return daysLate > 0 ? `${said}，晚了 ${daysLate} 天` : said;
  },
  stop: "。",
  colon: "：",
  list: "看每一步的日期",
  legend: { past: "走过", here: "正在这一步", ahead: "到下一步的日子", late: "晚了", today: "今天", ...halted },
} as const;
