import type { AgreementItem, AgreementRefusal } from "#app/domain/agreement.ts";
import type { LedgerRefusal } from "#app/domain/ledger.ts";
import { cost, estimateProblems } from "./cost.ts";
import { longDay } from "./dates.ts";

type Params = Record<string, string | number>;

const ledger: Record<LedgerRefusal, string> = {
  entry_unknown: "没有这一户或这一笔，什么都没有改动。",
  entry_corrected: "这一笔已经更正过了。请更正最新的一笔。",
  entry_same: "和原来的一样，没有改动。",
  receipt_missing: "请填收据号",
  receipt_known: "这个收据号已经登记过了，请核对",
  scan_without_receipt: "预算、应付没有收据，不用附照片",
  entry_in_future: "日期还没到，请填今天或以前的日期",
};

const agreement: Record<AgreementRefusal, string | ((params: Params) => string)> = {
  signed_in_future: "日期还没到，请填今天或以前的日期",
  contract_firm_unknown: "登记册里没有这家单位。请从列表里选。",
  contract_firm_kind: "这家单位登记的类别和这份合同不一样。",
  contract_firm_blacklisted: "这家单位在黑名单上，不能登记合同。",
  contract_firm_not_valid: "签合同那天，这家单位的登记不在有效期里。",
  contract_other_agent: ({ agent }) => `业主同意的方案写的是${agent}。要换代建单位，先改方案，再重新征求同意。`,
};

export const moneyProblems: Record<string, string | ((params: Params) => string)> = { ...ledger, ...agreement, ...estimateProblems };

const items: Record<AgreementItem, string> = {
  shares: "各户出多少，写明金额",
  account: "钱交到哪个对公账户",
  instalments: "分几期付，每期对应哪个节点",
  deadline: "工期，晚了怎么办",
  warranty: "质保多少年，谁负责",
  "running-costs": "电费、维保费怎么分",
  manager: "谁做电梯的使用管理单位",
  joiners: "以后要加入的，补多少",
  damage: "采光、噪音等影响怎么补偿",
  sale: "房子卖了，份额随房子走",
};

/** The ledger of a stairwell: its committee and its agent. */
export const money = {
  title: "收款和支出",
  lead: "只有居委、代建单位看得到全部；业主只看自己家的。记下的不能改，只能更正。",
  yuan: cost.yuan,
  /** An amount that may be below zero. */
  signed: (fen: number) => (fen < 0 ? `−${cost.yuan(-fen)}` : cost.yuan(fen)),
  sums: { due: "应付", paid: "已付", open: "还差", budget: "预算", spent: "已支出", balance: "已收减已支出" },
  done: { charged: "各户应付已记下。", paid: "已记下。", corrected: "已更正，原来的一笔还留着，不再计算。", spent: "已记下。" },
  flats: "各户收款",
  flatsTable: "各户应付和已付",
  columns: { room: "户", due: "应付", paid: "已付", open: "还差" },
  room: (room: string) => `${room} 室`,
  charge: {
    link: "按方案记各户应付",
    title: "各户应付",
    lead: "填一笔总数，按方案分到各户，加起来正好相等。同一层条件相同的户一样多；除不尽的一两分没法平分，记在其中一两户。可以分几期记。",
    amount: "这一期合计（元）",
    scheme: "分摊方案",
    percents: "各层的百分比",
    percentsHint: "选“自己定”或“按区间”时填，从一楼写起，加起来是 100",
    within: "同一层怎么分",
    submit: "分到各户并记下",
    purpose: "款项",
    purposeHint: "例如：首期款",
    onDay: "日期",
    onDayHint: "协议或通知的日期",
  },
  pay: { title: "记一笔付款", amount: "金额（元）", receipt: "收据号", scan: "收据的照片", keepsScan: "不换就留着原来的。", purpose: "款项", purposeHint: "例如：首期款", onDay: "付款日期", submit: "记下" },
  correct: {
    link: "更正",
    title: (about: string, amount: string) => `更正：${about} ${amount}`,
    lead: "填正确的金额。记错了、要整笔取消的，填 0。",
    purpose: "为什么更正",
    submit: "更正这一笔",
    back: "不更正了",
  },
  /** The link to a receipt. */
  receipt: (no: string | null) => `${no ?? ""}（看收据）`,
  entries: "明细",
  entriesTable: "全部记录，新的在上面",
  entryColumns: { onDay: "日期", kind: "类别", item: "项目", about: "款项", amount: "金额", receipt: "收据号", state: "状态", act: "操作" },
  kinds: { due: "应付", paid: "付款", budget: "预算", spent: "支出" },
  states: { counts: "计算在内", corrected: "已更正，不再计算" },
  correcting: (about: string) => `更正：${about}`,
  none: "还没有记录",
  spending: {
    title: "支出和预算",
    link: "记支出和预算",
    lead: "付过款的业主也看得到这一页的内容。",
    table: "按项目对照",
    columns: { item: "项目", budget: "预算", spent: "已支出", left: "结余" },
    total: "合计",
    add: "记一笔",
    step: "类别",
    item: "项目",
    itemHint: "例如：土建、管线迁移、电梯设备",
    receiptHint: "支出要填，预算不填",
    scanHint: "付过款的业主都看得到。有个人账号、身份证号的，先遮住。",
  },
  csv: { payments: "导出收款（CSV）", spending: "导出支出（CSV）" },
  file: { payments: (code: string) => `${code}收款`, spending: (code: string) => `${code}支出` },
  csvColumns: { id: "编号", room: "户", kind: "类别", item: "项目", about: "款项", amount: "金额（元）", receipt: "收据号", onDay: "日期", corrects: "更正编号", counts: "计算在内", by: "经手" },
  yes: "是",
  no: "否",
  day: longDay,
};

/** The owner's own. */
export const myMoney = {
  title: "加梯的钱",
  lead: "这里只有您自己家的账。记错了，请打电话给居委会。",
  link: "看我家付的钱",
  none: "还没有记您家的账",
  noneLead: "协议签好、开始收款以后，会出现在这里。",
  flat: (community: string, entrance: string, room: string) => `${community} ${entrance} ${room} 室`,
  table: (room: string) => `${room} 室的全部记录`,
  spending: (entrance: string) => `${entrance}的钱用在哪里`,
  spendingLead: "付过款的业主都能看到。",
  receipts: (entrance: string) => `${entrance}支出明细`,
} as const;

/** The agreement and the contracts. */
export const agreementWords = {
  title: "协议和合同",
  link: "协议和合同",
  lead: "协议要写清下面每一项。全部写清，才能往下走。",
  agreement: "业主之间的协议",
  signedOn: "签订日期",
  items: "协议里写清了哪些",
  itemNames: items,
  save: "记下",
  state: (day: string, by: string) => `${longDay(day)}签订，${by} 登记`,
  complete: "清单上的都写清了",
  missing: (names: readonly string[]) => `还没写清：${names.join("、")}`,
  none: "还没有登记协议",
  contracts: "合同",
  contractsTable: "全部合同，新的在上面",
  columns: { role: "类别", name: "单位", contractNo: "合同编号", signedOn: "签订日期" },
  noContracts: "还没有登记合同。",
  sign: "登记一份合同",
  fields: { role: "类别", firm: "单位", contractNo: "合同编号" },
  choose: "请选",
  firm: (name: string, kind: string) => `${name}（${kind}）`,
  done: { agreement: "协议已记下。", contract: "合同已登记并公开单位名称。" },
};
