import { FEWEST_COMPARED, type FirmGrade, type FirmKind, type FirmRefusal, type FirmStanding } from "#app/domain/firm.ts";
import { longDay } from "./dates.ts";
import { stageNames } from "./stages.ts";

export const firmProblems: Record<FirmRefusal, string> = {
  firm_unknown: "登记册里没有这家单位。",
  firm_known: "这个代码已经登记过，请在登记册里找到这家单位再改。",
  firm_unchanged: "和现在登记的一样，没有改动。",
  firm_code_fixed: "统一社会信用代码不能改。代码不同就是另一家单位，请另外登记。",
  firm_blocked: "这家单位已经在黑名单上了。",
  firm_not_blocked: "这家单位不在黑名单上。",
};

const firmKindNames: Record<FirmKind, string> = {
  agent: "代建单位", contractor: "施工单位", supervisor: "监理单位", designer: "设计单位", maker: "电梯厂家",
};

const standings: Record<FirmStanding, string> = { valid: "登记有效", "not-yet": "还没到有效期", expired: "登记已过期", blacklisted: "在黑名单上" };

/** The register, for everybody. */
export const firms = {
  title: "代建和施工单位",
  lead: "街道登记的单位。选哪一家由业主定；钱只交到协议写明的对公账户。",
  none: "还没有登记单位",
  noneLead: "登记以后会出现在这里。",
  kinds: firmKindNames,
  grade: (grade: FirmGrade | null) => (grade === null ? "没有评级" : `${grade} 级`),
  standings,
  valid: (from: string, until: string | null) => (until === null ? `${longDay(from)}起` : `${longDay(from)}至 ${longDay(until)}`),
  projects: (count: number) => `${count} 个楼道`,
  late: (days: number | null) => (days === null ? `不到 ${FEWEST_COMPARED} 个项目，不作比较` : days === 0 ? "平均按期" : `平均晚 ${days} 天`),
  lateOf: (days: number | null) => (days === null ? "还没有施工计划" : days === 0 ? "没有晚" : `晚 ${days} 天`),
  table: "登记的单位，按名称排",
  columns: { name: "单位", kind: "类别", grade: "等级", standing: "登记", projects: "项目", late: "工期" },
  terms: { kind: "类别", grade: "等级", code: "统一社会信用代码", valid: "有效期", phone: "电话", source: "依据", register: "登记在", projects: "项目", late: "工期" },
  projectsTitle: "项目",
  projectsTable: "这家单位的项目",
  noProjects: "还没有登记在哪个楼道的合同。",
  projectColumns: { stairwell: "楼道", role: "做什么", stage: "阶段", late: "工期" },
  stages: stageNames,
  blocks: "黑名单记录",
  blocked: (day: string) => `${longDay(day)}列入黑名单`,
  cleared: (day: string) => `${longDay(day)}移出黑名单`,
  why: (reason: string, source: string) => `${reason}（依据：${source}）`,
  link: "看登记的单位",
};

/** The same for the office that keeps it. */
export const firmDesk = {
  title: "单位登记",
  lead: "改了什么、谁改的，都留着。公开页马上更新。",
  add: "登记一家单位",
  change: "改登记",
  block: "列入黑名单",
  clear: "移出黑名单",
  publicPage: "看公开的登记册",
  fields: {
    firmName: { label: "单位名称" },
    creditCode: { label: "统一社会信用代码", hint: "18 位，见营业执照" },
    kind: { label: "类别" },
    grade: { label: "等级" },
    validFrom: { label: "有效期从" },
    validUntil: { label: "有效期到", hint: "没有期限就不填" },
    firmPhone: { label: "对外电话", hint: "会公开，印在施工公示牌上。填单位的电话，不填个人的" },
    source: { label: "依据", hint: "例如：2026 年区代建单位名录" },
    reason: { label: "原因", hint: "会公开，不要写个人姓名" },
  },
  noGrade: "没有评级",
  choose: "请选",
  save: "保存并公开",
  done: { saved: "已保存并公开。", block: "已列入黑名单并公开。", clear: "已移出黑名单。" },
  history: "以前的登记",
  historyTable: "全部登记，新的在上面",
  columns: { at: "什么时候", name: "名称", kind: "类别", grade: "等级", valid: "有效期", phone: "电话", source: "依据", by: "谁" },
} as const;
