import type { PlanEntry, PlanPosition, PlanRefusal } from "#app/domain/plan.ts";

type Params = Record<string, string | number>;

export const planProblems: Record<PlanRefusal, string | ((params: Params) => string)> = {
  plan_unknown: "这个楼道没有这个方案。",
  plan_withdrawn: "这个方案已经撤下了。请选别的方案。",
  plan_newer: "这个方案刚刚有了新的版本。请看过最新的版本，再提交一次。",
  plans_full: ({ most }) => `最多同时有 ${most} 个方案，太多了不好比较。请先撤下一个。`,
  plan_being_voted: "正在就这个方案表决，不能改，也不能撤下。请等结果公布。",
  plan_unchanged: "和现在的版本一样，没有改动。",
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
