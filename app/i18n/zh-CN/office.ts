import type { StageWait } from "#app/domain/office.ts";
import { MOST_FLOORS, type Priority } from "#app/domain/priority.ts";
import type { SettingValue } from "#app/domain/setting-schemas.ts";
import { shanghaiDay } from "#app/domain/shanghai-day.ts";
import { longDay, shortMoment } from "./dates.ts";

type Weights = SettingValue<"priority-weights">;

export const office = {
  title: "街道总览",
  asOf: (at: Date | string) => `截至 ${shortMoment(at)}`,
  toReserve: "储备排序",
  toSettings: "设置",
  toStairwell: "看这个楼道",

  tickets: {
    title: "诉求",
    lead: (day: string) => `${longDay(day)}以来提出的，按居委会看。没有诉求的居委会不列。`,
    none: "这段时间没有诉求",
    table: "诉求办理",
    all: "合计",
    columns: { committee: "居委会", opened: "提出", inTime: "按时答复", solved: "已解决", reopened: "说没解决过", overdue: "过期没答复" },
  },
  waiting: "等得最久",
  waitingLead: "在路上的楼道，在现在这一步等了多少天。意愿阶段、已投用和已终止的不算。",
  waitingAll: "看全部",
  waitingTable: "每一步等了多久",
  waitingColumns: { stage: "在哪一步", count: "楼道", median: "一半以上等了", longest: "最久" },
  days: (days: number) => `${days} 天`,
  waitingRow: (wait: Pick<StageWait, "count">, all: number) => `${wait.count}／${all}`,
  since: (stage: string, at: Date | string, days: number) => `${stage}，${longDay(shanghaiDay(new Date(at)))}起，${days} 天`,
  nobodyWaits: "没有在路上的楼道",

  stairwells: "楼道",
  stairwellColumns: { name: "楼道", standing: "在哪一步", since: "多久", willing: "愿意", filed: "已填" },
  of: (count: number, all: number) => `${count}／${all} 户`,

  reserve: {
    title: "储备排序",
    lead: "先看哪个楼道。只供安排工作用，不影响任何楼道的资格。",
    total: (count: number) => `${count} 个楼道在等：达到三分之二，还没有开始征询。`,
    empty: "没有在等的储备楼道",
    how: "怎么算的",
    weights: ({ willing, floors, help }: Weights) => `权重：愿意的比例 ${willing}，楼层数 ${floors}，需要帮助上下楼的比例 ${help}。在“设置”里可以改。`,
    points: [
      "每一项先算成 0 到 100 分，零头不计，再按权重平均。",
      "愿意的比例：愿意的户数占全部户数。",
      `楼层数：1 层 0 分，${MOST_FLOORS} 层及以上 100 分。`,
      "需要帮助上下楼：填意愿时自己说需要帮助的户数占全部户数；没说的不算需要。",
      "同分的，先进储备的在前。",
    ],
    columns: { rank: "次序", name: "楼道", score: "得分", willing: "愿意", floors: "楼层", help: "需要帮助", since: "进入储备", sum: "算式" },
    floorsOf: (floors: number) => `${floors} 层`,
    sum: ({ points, score }: Priority, weights: Weights) =>
      `(${weights.willing} × ${points.willing} ＋ ${weights.floors} × ${points.floors} ＋ ${weights.help} × ${points.help}) ÷ ${weights.willing + weights.floors + weights.help} ＝ ${score}`,
    since: (at: Date | string) => longDay(shanghaiDay(new Date(at))),
    table: "储备楼道，得分高的在前",
  },
} as const;
