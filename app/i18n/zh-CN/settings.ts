import { formatYuan } from "#app/domain/money.ts";
import { settingForms } from "#app/domain/setting-forms.ts";
import { getRuleset, isRulesetId } from "#app/domain/ruleset.ts";
import type { SettingKey, SettingValue } from "#app/domain/setting-schemas.ts";
import type { SettingRefusal } from "#app/domain/settings.ts";
import { longDay, longMoment } from "./dates.ts";

type Params = Record<string, string | number>;

export const settingProblems = {
  setting_in_past: "不能从过去的日子起改。请选今天或以后的日期。",
  setting_unchanged: "和那一天本来的内容一样，没有改动。",
  ruleset_rewritten: ({ title }: Params) => `规则“${title}”已经登记过，内容不能再改，只能写上到哪一天为止。要改门槛，请换一个名称另加一条。`,
  ruleset_removed: ({ title }: Params) => `规则“${title}”已经登记过，不能去掉，只能写上到哪一天为止。`,
  ruleset_not_offered: "这条规则在那一天不能用。请选那一天有效的规则。",
} as const satisfies Record<SettingRefusal, string | ((params: Params) => string)>;

interface About {
  title: string;
  /** What it is for, and whom it touches. */
  lead: string;
  /** How it is typed. */
  hint?: string;
}

const about: Record<SettingKey, About> = {
  factors: { title: "条件评估因素", lead: "评估时逐项看的内容。已经出具的评估不受影响。", hint: "一行一项。后面可以用分号写：下限 4 米；补救 怎么补救；仅供参考" },
  milestones: { title: "施工节点样板", lead: "新开工的楼道照这份样板排计划，再各自调整。", hint: "一行一个节点：名称；天数 天" },
  "city-subsidy": { title: "市级补贴", lead: "费用计算器按当天的标准算。" },
  "district-subsidy": { title: "区级补贴", lead: "在市级补贴之外，费用计算器按当天的标准算。" },
  "cost-schemes": {
    title: "分摊方案",
    lead: "费用计算器里可选的方案，仅供参考，以协议为准。",
    hint: "一行一个：名称；百分比；各层（从一楼起）；出处。或：名称；系数；各层；每层加 0.1；出处。或：名称；区间；0-0、4-6；出处",
  },
  phones: { title: "街道电话", lead: "第一行的号码出现在每一页的“打电话”里。一行也没有时，用登记的街道电话。", hint: "一行一个：名称：号码" },
  "legal-texts": { title: "法律文字", lead: "出现在表单、通知和公示里的固定文字。" },
  reminders: { title: "催票提醒", lead: "截止前几天，提醒还没交回表决票的业主，最多两次。" },
  "paper-grace": { title: "纸质票宽限", lead: "截止时还有没录入、没核对的纸质票，自动截止最多等几天。网上到期就不能投。" },
  "plan-change-percent": { title: "方案价格变动", lead: "表决以后，方案的价格变动超过这个比例，就要重新征求同意。按征询开始那天的设置算。" },
  "priority-weights": { title: "储备排序的权重", lead: "街道看储备楼道先后次序时用，不影响任何楼道的资格。" },
  "default-ruleset": { title: "默认表决规则", lead: "开始征询时先选好的规则。已经开始的征询一直用开始时的规则。" },
  "own-rulesets": {
    title: "自行登记的规则",
    lead: "国家和本市规则之外，有新依据时在这里登记。登记后门槛不能再改，只能停用。",
    hint: "一行一条：名称；依据；参与 2/3、2/3；同意 3/4、3/4；占参与者；以上；2027-01-01 起。停用时在后面加：至 2030-12-31。先写人数，再写面积；不测的写“不计”；没有参与要求写“参与不要求”；过半数写 1/2 和“超过”",
  },
};

const yuan = (fen: number) => (fen % 1_000_000 === 0 ? `${fen / 1_000_000} 万元` : `${formatYuan(fen)} 元`);

function subsidyLine(subsidy: SettingValue<"city-subsidy">): string {
  if (subsidy.kind === "none") return "没有补贴";
  if (subsidy.kind === "fixed") return `每台 ${yuan(subsidy.fen)}`;
  return `工程费用的 ${subsidy.percent}%，每台最多 ${yuan(subsidy.mostFen)}`;
}

const ruleName = (id: string) => (isRulesetId(id) ? getRuleset(id).title : id.replace(/^own:/, ""));

const lines = (text: string | undefined) => (text ?? "").split("\n").filter((line) => line !== "");

/** A value as a person reads it, line by line. */
const shown: { [Key in SettingKey]: (value: SettingValue<Key>) => string[] } = {
  factors: (value) => lines(settingForms.factors.write(value)["lines"]),
  milestones: (value) => value.map(({ id, name, days }) => `${id} ${name}，${days} 天`),
  "city-subsidy": (value) => [subsidyLine(value)],
  "district-subsidy": (value) => [subsidyLine(value)],
  "cost-schemes": (value) => lines(settingForms["cost-schemes"].write(value)["lines"]),
  phones: (value) => (value.length === 0 ? ["用登记的街道电话"] : lines(settingForms.phones.write(value)["lines"])),
  "legal-texts": ({ privacy, ballot, payment }) => [`个人信息说明：${privacy}`, `表决须知：${ballot}`, `付款提示：${payment}`],
  reminders: ([first, second]) => [second === undefined ? `截止前 ${first} 天提醒一次` : `截止前 ${first} 天和 ${second} 天各提醒一次`],
  "paper-grace": (days) => [days === 0 ? "没有宽限，到期马上截止" : `截止后 ${days} 天内`],
  "plan-change-percent": (percent) => [`价格变动超过 ${percent}%`],
  "priority-weights": ({ willing, floors, help }) => [`愿意的比例 ${willing}，楼层数 ${floors}，需要帮助上下楼的比例 ${help}`],
  "default-ruleset": ({ stairwell, community }) => [`一个楼道：${ruleName(stairwell)}`, `整个小区：${ruleName(community)}`],
  "own-rulesets": (value) => (value.length === 0 ? ["没有"] : lines(settingForms["own-rulesets"].write(value)["lines"])),
};

const LONGEST_SUMMARY = 60;

const named = (list: readonly { name: string }[]) => list.map(({ name }) => name).join("、");

/** A value in a few words, for the list of all settings. */
function summary<Key extends SettingKey>(key: Key, value: SettingValue<Key>): string {
  const names: Partial<{ [Each in SettingKey]: (value: SettingValue<Each>) => string }> = {
    factors: (all) => `${all.length} 项：${named(all)}`,
    milestones: (all) => `${all.length} 个节点：${named(all)}`,
    "cost-schemes": (all) => named(all),
    "legal-texts": () => "个人信息说明、表决须知、付款提示",
    "own-rulesets": (all) => (all.length === 0 ? "没有" : all.map(({ title }) => title).join("、")),
  };
  const text = (names[key] as ((value: SettingValue<Key>) => string) | undefined)?.(value) ?? settings.lines(key, value).join("，");
  return [...text].length > LONGEST_SUMMARY ? `${[...text].slice(0, LONGEST_SUMMARY).join("")}…` : text;
}

export const settings = {
  title: "设置",
  lead: "每一项都有开始的日期。改了什么、谁改的、什么时候改的，都留着。",
  about: (key: SettingKey) => about[key],
  summary,
  lines: <Key extends SettingKey>(key: Key, value: SettingValue<Key>) => (shown[key] as (value: SettingValue<Key>) => string[])(value),
  inForce: "现在用的",
  since: (day: string | null) => (day === null ? "门户自带" : `${longDay(day)}起`),
  toCome: "将来要用的",
  toComeFrom: (day: string) => `${longDay(day)}起改`,
  change: "改这一项",
  fromDay: "从哪一天起",
  fromDayHint: "今天或以后。已经发生的事仍按当时的设置。",
  save: "保存",
  saved: "已保存，旧的内容都还在下面",
  history: "以前的",
  historyNone: "还没有改过",
  columns: { from: "从哪一天起", value: "内容", who: "谁", at: "什么时候" },
  at: (at: Date | string) => longMoment(at),
  fields: {
    lines: "清单",
    subsidy: "补贴方式",
    subsidies: { none: "没有补贴", fixed: "每台定额", share: "工程费用的一部分" },
    percent: "比例（%）",
    percentHint: "只在按比例补贴时填",
    amount: "金额（元）",
    amountHint: "定额，或按比例时每台最多多少",
    privacyText: "个人信息说明",
    ballotText: "表决须知",
    paymentText: "付款提示",
    firstReminder: "第一次提醒，截止前几天",
    secondReminder: "第二次提醒，截止前几天",
    graceDays: "宽限天数",
    changePercent: "比例（%）",
    weightWilling: "愿意的比例",
    weightFloors: "楼层数",
    weightHelp: "需要帮助上下楼的比例",
    weightHint: "0 到 100，越大越看重",
    stairwellRule: "一个楼道表决",
    communityRule: "整个小区表决",
  },
} as const;
