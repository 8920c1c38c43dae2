import type { Role } from "#app/domain/roles.ts";
import { paths } from "#app/paths.ts";

/** The pages of the desk, each with whose work it is; everybody sees the own ones alone. */
const deskLinks: readonly { href: string; label: string; for: readonly Role[] }[] = [
  { href: paths.desk(), label: "今天", for: ["committee", "office"] },
  { href: paths.consultations(), label: "征询", for: ["committee", "office"] },
  { href: paths.deskIntents(), label: "待确认意愿", for: ["committee", "office"] },
  { href: paths.deskTickets(), label: "诉求", for: ["committee", "office"] },
  { href: paths.office(), label: "街道总览", for: ["office"] },
  { href: paths.exports(), label: "导出", for: ["committee", "office"] },
  { href: paths.deskFirms(), label: "单位登记", for: ["office"] },
  { href: paths.settings(), label: "设置", for: ["office"] },
  { href: paths.deskHelp(), label: "常见问题", for: ["office"] },
  { href: paths.assessments(), label: "条件评估", for: ["assessor"] },
  { href: paths.site(), label: "我的工地", for: ["contractor", "agent", "supervisor"] },
  { href: paths.siteTickets(), label: "要答复的诉求", for: ["contractor", "agent"] },
  { href: paths.accounts(), label: "账号", for: ["office", "admin"] },
  { href: paths.progress(), label: "公开进展", for: ["committee", "office", "assessor", "contractor", "agent", "supervisor", "admin"] },
];

/** What stands around every page, and on the page of an error. */
export const site = {
  brand: "加梯一键通",
  title: (page: string) => `${page} · 加梯一键通`,
  errorTitle: (page: string) => `出错：${page}`,
  nav: [
    { href: paths.search(), label: "找我的楼道" },
    { href: paths.progress(), label: "征询进展" },
    { href: paths.reserve(), label: "加梯储备" },
    { href: paths.help(), label: "常见问题" },
  ],
  deskNav: deskLinks,
  me: "我的",
  callCommittee: "打电话给居委会",
  callOffice: "打电话问街道",
  demoNotice: "演示环境：这里的一切都不作数",
  /** On each sheet of paper that leaves the demo. */
  demoPaper: "演示，不作数",
  demoWays: "演示账号和短信",
  failed: { title: "系统出错了", text: "这不是您的问题。刚才的提交可能没有保存，请稍后再试，或打电话。" },
  reference: (reference: string) => `告诉工作人员这个编号：${reference}`,
  notFound: { title: "没有这个页面", text: "网址可能不完整。请重新找您的楼道，或者打电话。" },
  badRequest: { title: "没有提交成功", text: "提交的内容不完整或太大，什么都没有改动。请回到页面重新填写。" },
  find: "找我的楼道",
  toHome: "回到首页",
  toDesk: "回到工作台",
  work: "工作台",
} as const;
