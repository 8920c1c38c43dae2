import type { MaterialChange, PlanEntry, PlanPosition, PlanRefusal } from "#app/domain/plan.ts";
import { cost } from "./cost.ts";
import { longDay } from "./dates.ts";

type Params = Record<string, string | number>;

export const planProblems: Record<PlanRefusal, string | ((params: Params) => string)> = {
  plan_unknown: "这个楼道没有这个方案。",
  plan_withdrawn: "这个方案已经撤下了。请选别的方案。",
  plan_newer: "这个方案刚刚有了新的版本。请看过最新的版本，再提交一次。",
  plans_full: ({ most }) => `最多同时有 ${most} 个方案，太多了不好比较。请先撤下一个。`,
  plan_being_voted: "正在就这个方案表决，不能改，也不能撤下。请等结果公布。",
  plan_version_unchanged: "和现在的版本一样，没有改动。",
  plan_change_missing: "请写明改了什么、为什么改",
  plan_too_late: "电梯已经装好，或项目已经终止，不再登记方案。",
  plan_not_chosen: "这个楼道有几个方案，请选表决哪一个。",
  plan_drawing_unchecked: "请先看清图纸上没有业主的姓名和电话，再打勾",
  plan_firm_unknown: "登记册里没有这家单位。请从列表里选。",
  plan_firm_no_agent: "这家单位登记的不是代建单位。",
  plan_firm_blacklisted: "这家单位在黑名单上，不能选。",
  plan_firm_not_valid: "这家单位的登记今天不在有效期里，不能选。",
};

export const planEntryNames: Record<PlanEntry, string> = { flat: "平层入户", half: "错层入户（到半层，再走半层楼梯）" };
export const planPositionNames: Record<PlanPosition, string> = { north: "北侧外墙", south: "南侧外墙", east: "东侧外墙", west: "西侧外墙", inside: "楼内" };

const NUMERALS = "零一二三四五六七八九十";

/** 方案二（第 3 版） */
const planName = (number: number) => `方案${NUMERALS[number] ?? String(number)}`;
const versionName = ({ number, version }: { number: number; version: number }) => `${planName(number)}（第 ${version} 版）`;

const entryWords: Record<PlanEntry, string> = { flat: "平层", half: "错层" };

interface Terms {
  agent: string;
  make: string;
  model: string;
  entry: PlanEntry;
  position: PlanPosition;
  priceFen: number;
  months: number;
}

/** One term of a plan as it is shown. */
const term = {
  price: ({ priceFen }: Pick<Terms, "priceFen">) => cost.yuan(priceFen),
  months: ({ months }: Pick<Terms, "months">) => `${months} 个月`,
  entry: ({ entry }: Pick<Terms, "entry">) => planEntryNames[entry],
  position: ({ position }: Pick<Terms, "position">) => planPositionNames[position],
  agent: ({ agent }: Pick<Terms, "agent">) => agent,
  lift: ({ make, model }: Pick<Terms, "make" | "model">) => `${make} ${model}`,
} as const;

const summary = ({ agent, make, model, entry, position, priceFen, months }: Terms) =>
  `${agent}，${make} ${model}，${entryWords[entry]}入户，井道在${planPositionNames[position]}，${cost.yuan(priceFen)}，${months} 个月`;

/** What became different between two versions, in a sentence each. */
const changeWords: Record<MaterialChange, (from: Terms, to: Terms) => string> = {
  price: (from, to) => `总价由 ${cost.yuan(from.priceFen)} 改为 ${cost.yuan(to.priceFen)}`,
  entry: (from, to) => `入户方式由${entryWords[from.entry]}改为${entryWords[to.entry]}`,
  position: (from, to) => `井道位置由${planPositionNames[from.position]}改为${planPositionNames[to.position]}`,
  agent: (from, to) => `代建单位由${from.agent}改为${to.agent}`,
  withdrawn: () => "方案已经撤下",
};

/** The plans of a stairwell, for everybody. */
export const plans = {
  title: "加装方案",
  lead: "方案放在一起比。价格是整部电梯的总价，每户出多少由协议定。",
  none: "这个楼道还没有方案",
  noneLead: "有了方案，会放在这里。想早点了解，请打电话给居委会。",
  name: planName,
  version: versionName,
  summary,
  line: (plan: Terms & { number: number; version: number }) => `${versionName(plan)}：${summary(plan)}`,
  table: "方案对比",
  what: "比什么",
  terms: { price: "总价", months: "工期", entry: "入户方式", position: "井道位置", lift: "电梯", agent: "代建单位", about: "说明", version: "版本", vote: "表决" } as const,
  term,
  blacklisted: "已列入黑名单",
  versionOf: (version: number, day: string) => `第 ${version} 版，${longDay(day)}`,
  votes: { running: "正在就这一版表决", passed: "表决通过的就是这一版", failed: "表决没有通过" },
  votedEarlier: { running: (v: number) => `正在表决第 ${v} 版`, passed: (v: number) => `表决通过的是第 ${v} 版`, failed: (v: number) => `第 ${v} 版表决没有通过` },
  noVote: "没有表决过",
  drawings: "图纸",
  drawing: (number: number, page: number, pages: number) => (pages > 1 ? `${planName(number)}图纸，第 ${page} 页` : `${planName(number)}图纸`),
  history: "以前的版本",
  historyLead: "版本登记以后不能改，改了就是新的一版。",
  historyTable: "全部版本，新的在上面",
  columns: { version: "版本", day: "日期", terms: "内容", changed: "改了什么" },
  withdrawn: (day: string, reason: string) => `${longDay(day)}撤下：${reason}`,
  first: "第一版",
  print: "可以直接打印这一页。",
  back: "回到楼道页",
  cost: "算一算每户出多少",
  link: (count: number) => (count > 1 ? `比较 ${count} 个方案` : "看加装方案"),
  voted: (plan: { number: number; version: number }) => `表决的是${versionName(plan)}`,
  votedTitle: "表决的方案",
  seeAll: "看方案和图纸",
  renewal: "表决以后方案有重大变化，要重新征求同意",
  renewalShort: { price: "总价", entry: "入户方式", position: "井道位置", agent: "代建单位", withdrawn: "方案撤下" } satisfies Record<MaterialChange, string>,
  renewalOf: (changes: readonly MaterialChange[]) => `变了的是：${changes.map((change) => plans.renewalShort[change]).join("、")}。`,
  changes: (changes: readonly MaterialChange[], from: Terms, to: Terms) => `${changes.map((change) => changeWords[change](from, to)).join("；")}。`,
};

/** The same at the desk. */
export const planDesk = {
  title: "加装方案",
  link: "加装方案",
  lead: "登记以后马上公开，不能改，改了就是新的一版。最多同时四个方案。",
  add: "添加方案",
  addTitle: "添加一个方案",
  change: "出新的一版",
  changeTitle: (number: number, version: number) => `${planName(number)}：出第 ${version} 版`,
  withdraw: "撤下",
  withdrawTitle: (number: number) => `撤下${planName(number)}`,
  withdrawLead: "撤下以后不能再表决，版本和图纸仍然看得到。",
  reason: "为什么撤下",
  none: "还没有方案",
  noneLead: "表决前最好先登记方案，业主看得到表决的是什么。",
  noFirms: "街道的登记册里还没有有效的代建单位，登记后才能添加方案。",
  fields: {
    firm: { label: "代建单位", hint: "只列登记有效、不在黑名单上的单位" },
    make: { label: "电梯品牌" },
    model: { label: "型号" },
    entry: { label: "入户方式" },
    position: { label: "井道位置" },
    price: { label: "总价（元）", hint: "设备、土建、管线迁移加在一起，例如 600000" },
    months: { label: "工期（月）" },
    about: { label: "补充说明", hint: "例如：含钢结构连廊和玻璃幕墙" },
    changed: { label: "改了什么，为什么", hint: "会公开。例如：钢材涨价，总价加 2 万元" },
    drawing: { label: "图纸", hint: "平面图和立面图。" },
    keep: "不选文件，就沿用上一版的图纸。",
    checked: "我看过了：图纸上没有业主的姓名和电话",
  },
  choose: "请选",
  save: "登记并公开",
  done: { saved: "方案已登记并公开。", withdrawn: "方案已撤下。" },
  by: (day: string, by: string) => `${longDay(day)}，${by} 登记`,
  renewalNext: "把阶段退回到意见征询，再开始一次征询。",
  isVoted: "正在表决",
  isWithdrawn: "已撤下",
  open: { label: "表决哪个方案", hint: "征询开始后，一直以这一版为准。", none: "这个楼道还没有方案，表决的只是要不要加装。" },
} as const;
