import type { AssessmentRefusal, Finding, Grade } from "#app/domain/assessment.ts";
import type { FindingRefusal, StartRefusal } from "#app/domain/assessment-form.ts";
import { longDay } from "./dates.ts";

type Params = Record<string, string | number>;

export const gradeNames: Readonly<Record<Grade, string>> = { A: "A 适合", B: "B 较难", C: "C 不适合" };

/** What a grade means to the people of the stairwell. */
export const gradeWords: Readonly<Record<Grade, string>> = {
  A: "条件适合装电梯，可以开始意见征询。",
  B: "有一项妨碍明显，先说好怎么解决，再开始意见征询。",
  C: "现在不适合装电梯。条件改变后，可以申请复评。",
};

export const findingNames: Readonly<Record<Finding, string>> = { none: "无", weak: "弱", strong: "强", major: "重大", "not-seen": "没看到" };

/** The same on the public page, where it stands behind the name of a factor. */
export const hindrance: Readonly<Record<Exclude<Finding, "none" | "not-seen">, string>> = { weak: "有一点妨碍", strong: "妨碍明显", major: "无法解决" };

export const assessmentProblems = {
  assessment_unknown: "没有这次评估。请从列表里选。",
  factor_unknown: "这次评估没有这一项，没有保存。请刷新页面。",
  assessment_not_due: "居委会还没有把这个楼道转到条件评估，或已经开工。没有开始评估。",
  assessment_running: "这个楼道已有一次评估还没签发，没有再开始。",
  already_signed: "这次评估已经签字，不能再改。要改请复核人退回。",
  already_issued: "这次评估已经签发，不能再改。条件变了请做复评。",
  not_signed: "这次评估还没有签字，不能签发。",
  factors_not_seen: ({ factors }: Params) => `还有没看到的项：${factors}。看过再签字。`,
  remedy_missing: ({ factor }: Params) => `“${factor}”是强，评为 B 要写怎么解决、由谁来做。`,
  measured_missing: ({ unit }: Params) => `请填量得的数，单位${unit}。`,
  below_limit: ({ least, unit }: Params) => `量得的数不到 ${least} ${unit}，不能选“无”。请按妨碍的大小选。`,
  note_missing: "请写几句看到的情况。",
  remedy_by_missing: "写了怎么解决，也要写由谁来做。",
} as const satisfies Record<Exclude<AssessmentRefusal, "same_person"> | FindingRefusal | Exclude<StartRefusal, "project_ended"> | "assessment_unknown" | "factor_unknown", string | ((params: Params) => string)>;

/** Assessments at the desk and on the phone. */
export const assessments = {
  title: "条件评估",
  lead: "交给您评估的楼道。到现场逐项看，看一项存一项。",
  none: "现在没有交给您评估的楼道",
  noneLead: "街道把楼道交给您以后，会出现在这里。",
  toIssue: "等您复核签发",
  toIssueLead: "别人签过字的评估，要由另一位评估人员复核。",
  signedBy: (name: string, day: string) => `${name} ${longDay(day)}签字`,
  start: "开始评估",
  again: "开始复评",
  askedAgain: (times: number, day: string) => `业主申请复评 ${times} 次，最近是 ${longDay(day)}`,
  goOn: "继续评估",
  look: "看评估",
  seenOf: (seen: number, of: number) => `已看 ${seen}／${of} 项`,
  states: { draft: "评估中", signed: "已签字，等复核" },
  notDue: "居委会还没有转到条件评估。",
  name: (number: number) => (number === 1 ? "条件评估" : `第 ${number} 次评估（复评）`),
  draftLead: "逐项看，看一项存一项。网络不好也不会丢：没发出去的存在手机上。",
  grade: "等级",
  gradeOpen: "全部看过以后，按规则算出等级，不能手填。",
  rule: "有一项重大，或两项强：C；只有一项强：B；其余：A。",
  factors: "逐项情况",
  unsaved: "还没看",
  fields: {
    finding: "妨碍有多大",
    findings: { none: "不妨碍加装", weak: "有一点妨碍，容易解决", strong: "妨碍明显，要先解决", major: "无法解决", "not-seen": "锁着或看不到，下次再看" } satisfies Record<Finding, string>,
    measured: (unit: string) => `量得多少${unit}`,
    measuredHint: (least: string, unit: string) => `至少要 ${least} ${unit}，填数字，例如 3.85`,
    note: "看到的情况",
    noteHint: "只有工作人员看得到。不写姓名和电话。",
    remedy: "怎么解决",
    remedyHint: "会公开。不写姓名和室号。",
    remedyBy: "由谁来做",
    remedyByHint: "会公开，例如：燃气公司。不写姓名和室号。",
    photos: "照片",
    photosHint: "只有工作人员看得到。",
    seen: "看过了",
  },
  save: "保存这一项",
  sending: "正在保存……",
  kept: (at: string) => `${at} 填的一项还没有发出去，已经存在这台手机上`,
  offline: "没有网络。可以接着看下一项，有网络时会自动发送；关掉页面也不会丢。",
  sign: "签字",
  signLead: "签字后不能再改，由另一位评估人员复核签发。",
  measured: (value: string, unit: string) => `量得 ${value} ${unit}`,
  remedy: (what: string, who: string) => `${what}，由${who}来做`,
  issue: "复核无误，签发",
  issueLead: (grade: Grade) => `签发后公开，等级 ${gradeNames[grade]}。A 和 B 转入意见征询，C 停在这里，等复评。`,
  returnTitle: "退回修改",
  reason: "哪里要改",
  reasonHint: "签字的评估人员会看到。",
  return: "退回",
  returned: (reason: string) => `复核人退回：${reason}`,
  done: { saved: "这一项已保存。", signed: "已签字。", issued: "已签发，公开页上看得到。", returned: "已退回修改。", started: "可以开始了。" },
  people: "谁做的",
  startedBy: "开始",
  signer: "签字",
  issuer: "复核签发",
  by: (name: string, day: string) => `${name}，${longDay(day)}`,
  changes: (number: number, grade: Grade) => `和第 ${number} 次（${gradeNames[grade]}）比`,
  changesNone: "每一项都和上次一样。",
  change: { factor: "项目", before: "上次", after: "这次", none: "没有这一项" },
  publicPage: "看公开页",
} as const;

/** The assessment on the public page of a stairwell. */
export const assessmentWords = {
  title: "条件评估",
  issued: (day: string) => `${longDay(day)}签发`,
  foot: (day: string) => `${longDay(day)}签发，两位评估人员签字`,
  nothing: "看过的各项都不妨碍加装。",
  reasons: "妨碍加装的",
  reason: (name: string, how: string, measured: string | null) => `${name}：${how}${measured === null ? "" : `，量得 ${measured}`}`,
  remedies: "可以怎么办",
  remedy: (what: string, who: string) => `${what}，由${who}来做`,
  askAgain: "申请复评",
  list: "条件评估",
  listLead: (assessed: number, all: number) => `${all} 个楼道里评估过 ${assessed} 个。`,
} as const;
