import { OWN_SCHEME } from "#app/domain/cost.ts";
import type { EstimateRefusal } from "#app/domain/cost-estimate.ts";
import { formatYuan } from "#app/domain/money.ts";

type Params = Record<string, string | number>;

/** 140000 → 140 000 元 */
const yuan = (fen: number) => `${formatYuan(fen).replace(/\B(?=(\d{3})+(?!\d))/g, " ")} 元`;

/** The calculator of what a lift costs each flat. */
export const cost = {
  title: "费用计算器",
  fromPlan: (plan: string) => `总价是${plan}的报价，可以改。`,
  lead: "装一部电梯，每户大约出多少钱。仅供参考，以业主之间的协议为准。",
  fields: {
    total: { label: "总费用（元）", hint: "设备、土建、管线迁移加在一起，例如 600000" },
    floors: { label: "楼层数" },
    each: { label: "每层几户" },
    scheme: { label: "分摊方案" },
    percents: { label: "各层的百分比", hint: "选“自己定”或“按区间”时填。从一楼写起，加起来是 100，例如 0 7 13 20 27 33" },
    within: { label: "同一层怎么分" },
    areas: { label: "一层各户的面积（平方米）", hint: "按面积分时填，例如 58.4 72" },
  },
  withinOptions: { equal: "每户一样多", area: "按面积" },
  own: { id: OWN_SCHEME, name: "自己定各层的百分比" },
  scheme: (name: string, source: string) => `${name}（${source}）`,
  finer: "自己定比例，或按面积分",
  submit: "算一算",
  result: "结果",
  sums: { total: "总费用", city: "市级补贴", district: "区级补贴", payable: "业主共同承担" },
  by: (name: string, source: string | null) => (source === null ? "按自己定的百分比分摊" : `按“${name}”分摊，出处：${source}`),
  yuan,
  table: "每层每户出多少",
  columns: { floor: "楼层", flats: "每户", all: "全层合计" },
  floor: (floor: number) => `${floor} 楼`,
  flats: (shares: readonly number[]) => ([...new Set(shares)].length === 1 ? yuan(shares[0] ?? 0) : shares.map(yuan).join("、")),
  exact: "精确到分，各户相加正好等于业主共同承担的钱。",
  alike: (odd: { floor: number; flats: number } | null) =>
    odd ? `剩下的 ${odd.flats} 分没法平分：${odd.floor} 楼有 ${odd.flats} 户各多出 1 分，其他条件相同的户一分不差。` : "同一层、条件相同的户，出得一分不差。",
  subsidyNote: (day: string) => `补贴按 ${day} 的标准。`,
  more: "公积金可以提取，维修资金不要指望。钱只交到协议写明的对公账户。",
  questions: "关于费用的问题",
  print: "可以直接打印这一页。",
} as const;

export const estimateProblems: Record<EstimateRefusal, string | ((params: Params) => string)> = {
  scheme_unknown: "没有这个分摊方案，请从列表里选。",
  scheme_too_short: ({ floors }) => `这个方案只到 ${floors} 楼。更高的楼请选“自己定”或按系数的方案。`,
  percents_count: ({ floors }) => `请给每层填一个百分比，一共 ${floors} 个。`,
  percents_not_whole: "各层的百分比加起来应是 100。",
  areas_count: ({ each }) => `请填一层 ${each} 户的面积，一共 ${each} 个。`,
  value_outside_interval: ({ floor, from, to }) => `${floor} 楼应在 ${from} 到 ${to} 之间。`,
  values_missing: ({ floor }) => `还没有填 ${floor} 楼的百分比。`,
  nobody_pays: "这样分没有人出钱，请检查百分比。",
  floor_below_ground: "地下的楼层不参加分摊。",
};

/** What does not fit, in a sentence. */
export function costProblem({ code, params = {} }: { code: EstimateRefusal; params?: Params }): string {
  const sentence = estimateProblems[code];
  return typeof sentence === "function" ? sentence(params) : sentence;
}
