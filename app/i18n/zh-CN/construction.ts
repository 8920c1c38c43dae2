import type { MilestoneState, PlanRefusal, ReportKind, StepOwner, StopCause } from "#app/domain/milestones.ts";
import type { DecisionRefusal, ReportRefusal } from "#app/domain/site-report.ts";

type Code = PlanRefusal | ReportRefusal | DecisionRefusal | "works_not_ahead" | "plan_incomplete";

export const constructionProblems = {
  plan_ends_before_start: ({ number }: Record<string, string | number>) => `第 ${number} 步的完成日早于开始日，请改一下。`,
  plan_out_of_order: ({ number }: Record<string, string | number>) => `第 ${number} 步的开始日早于上一步，请改一下。`,
  plan_too_long: "计划超过三年了，请检查日期。",
  plan_unchanged: "日期和现在的计划一样，没有改动。",
  plan_reason_missing: "改计划要写明原因，会和新日期一起记录。",
  plan_incomplete: "每一步都要有开始日和完成日，请刷新页面再填。",
  works_not_ahead: "备案通过以后、投入使用以前，才能定施工计划。",
  no_works_plan: "居委还没有定施工计划，报告没有保存。请打电话给居委会。",
  not_building: "这个楼道现在不在施工阶段，报告没有保存。",
  works_halted: "项目已经暂停或终止，报告没有保存。请打电话给居委会。",
  milestone_unknown: "施工计划里没有这一步，请刷新页面再选。",
  milestone_confirmed: "这一步已经确认完成了，请选下一步。",
  report_photo_missing: "报告完成要有照片，请至少拍一张。",
  stop_cause_missing: "请选为什么停工。",
  stop_owner_missing: "请选下一步由谁来做。",
  stop_day_missing: "请填下一步哪天前完成。",
  stop_day_past: "下一步的日期已经过了，请填今天或以后。",
  report_unknown: "没有这份完成报告。",
  report_decided: "同事已经处理过这份报告，没有重复记录。",
  report_overtaken: "施工单位后来又报告了这一步，请看最新的报告。",
  own_report: "这份报告是您自己报的，要换一个人确认。",
  evidence_gone: "这份报告的照片已经删掉，不能据此确认。请退回重报。",
  return_reason_missing: "退回要写明还差什么。",
} as const satisfies Record<Code, string | ((params: Record<string, string | number>) => string)>;

export const stopCauseNames = {
  gas: "等燃气管道迁移",
  pipes: "等其他管线迁移",
  material: "等材料或设备",
  weather: "天气",
  neighbours: "邻里意见在协调",
  money: "资金没有到位",
  design: "图纸要改",
  safety: "安全整改",
  inspection: "等检验",
  holiday: "节假日",
  other: "其他原因",
} as const satisfies Record<StopCause, string>;

export const stepOwnerNames = {
  contractor: "施工单位",
  agent: "代建单位",
  committee: "居委会",
  office: "街道",
  gas: "燃气公司",
  water: "供水公司",
  power: "供电公司",
  telecom: "通信公司",
  inspector: "检验机构",
  owners: "业主",
} as const satisfies Record<StepOwner, string>;

export const milestoneStates = { ahead: "还没开始", running: "正在做", reported: "已报完成，待确认", confirmed: "已完成" } as const satisfies Record<MilestoneState, string>;

export const reportKindNames = { working: "继续干", done: "干完了", stopped: "停工" } as const satisfies Record<ReportKind, string>;
