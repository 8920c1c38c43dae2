import { consent } from "./consent.ts";
import type { RetentionKind } from "#app/domain/retention.ts";

/** What each kind is, and why it is kept so long. */
const kinds: Record<RetentionKind, { what: string; why: string }> = {
  limits: { what: "操作次数（只存打乱后的号码和网址来源）", why: "防止有人反复试密码、试验证码" },
  codes: { what: "短信验证码（只存打乱后的）", why: "核对一次就不再需要" },
  drafts: { what: "上传后还没有确认的清册，做好待下载的整叠 PDF", why: "确认、放弃或下载以后不再需要" },
  forms: { what: "已提交表单的回执", why: "网络不好重复提交时，只算一次" },
  sessions: { what: "登录记录", why: "查是谁在用这个账号" },
  links: { what: "代填通知里的手机号码", why: "两天内可以提出异议，之后留出处理的时间" },
  messages: { what: "发给您的短信", why: "您在“我的”里能看到发过什么" },
  contacts: { what: "还没有核实的填报人姓名、手机", why: "居委会要联系您核实；核实后当时就删" },
  visits: { what: "上门、打电话时记下的话", why: "换了人上门，不用再问一遍" },
  tenants: { what: "已搬走租户的姓名、手机", why: "搬走后半年内可能还要联系" },
  tickets: { what: "已解决诉求的内容、联系方式、照片", why: "三年内可能还要查对，与诉讼时效一致" },
  bindings: { what: "绑定房屋时的说明和经过", why: "三年内可能有人对绑定有异议" },
  opinions: { what: "提意见人的姓名、手机", why: "三年内可能有争议要联系" },
  rolls: { what: "旧版业主清册", why: "三年内可能要查当时登记的是谁" },
  accounts: { what: "不再绑定房屋、也不再登录的住户账号的手机", why: "三年内可能要查是谁用账号办过事" },
  owners: { what: "已不是业主的人的姓名、号码", why: "三年内可能有人对表决结果有异议" },
};

/** The page on what is kept about people, and what is said where they give it. */
export const privacyWords = {
  title: consent.title,
  lead: "我们存什么、为什么存、存多久、找谁删。",
  text: "填报前给您看的说明",
  version: (version: number, day: string) => `第 ${version} 版，${day}起有人读过。每次填报都记下当时读的是哪一版。`,
  firstVersion: "每次填报都记下当时读的是哪一版。",
  kept: {
    caption: "存多久",
    columns: { what: "存什么", why: "为什么", days: "存多久" },
    rows: kinds,
  },
  how: {
    title: "怎么保管",
    items: [
      "手机、证件号码、来往的话都加密存放，钥匙不在数据库里。",
      "只有本小区居委会看得到业主的姓名和电话；街道看单张票要先写明理由，都有记录。",
      "网页和公开数据里没有姓名、电话、票，也看不出哪一户怎么选。",
      "没有广告，不用别家的统计；浏览器里只存登录、长辈版和没填完的那一页。",
    ],
  },
  forever: {
    title: "一直保存的",
    text: "表决票、纸质票和委托书的影像、意愿的选择、结果和日志是表决的凭据，随档案保存。记录里只写房号；影像上有签名，居委会写明理由才能看，每次都有记录。",
  },
  rights: {
    title: "您可以要求",
    items: ["看我们存了您的什么。", "更正写错的。", "删除您的资料：仍是业主的，清册上的姓名和号码要留到不再是业主。", "不再收催票短信。"],
    ask: "打电话或到居委会办理，带上能证明是您本人的证件。",
    call: (phone: string) => `打电话 ${phone}`,
    law: "《个人信息保护法》第四十四条至第四十七条",
  },
} as const;

/** A number of days as people say it. */
export function keptFor(days: number): string {
  if (days % 365 === 0) return `${days / 365} 年`;
  if (days === 180) return "半年";
  return days === 1 ? "用完后 1 天" : `${days} 天`;
}
