import { paths } from "#app/paths.ts";
import { shortMoment } from "./dates.ts";

/** The first page and the search. */
export const home = {
  title: "老房子，也能坐电梯",
  lead: "从第一户愿意，到电梯开门，每一步都看得见。",
  metaTitle: "老房子，也能坐电梯",
  description: "老小区加装电梯一站式门户：填意愿、看征询进展、查结果。",
  search: { label: "找我的楼道", placeholder: "海棠苑 2 号", button: "找我的楼道" },
  byPhone: { before: "也可以打电话 ", after: "，或到居委会填纸质表" },
  funnel: {
    title: (subdistrict: string, stairwells: number) => `${subdistrict || "全街道"} ${stairwells} 个楼道`,
    label: "走到每一步的楼道数",
    withIntents: "有人填了意愿",
    reserve: "达到三分之二，进入储备",
    passed: "征询通过",
    inUse: "电梯已投用",
    asOf: (at: Date | string) => `截至 ${shortMoment(at)}`,
  },
  skyline: {
    caption: (communities: number, started: number) =>
      `${communities} 个小区，${started === communities ? "都" : `${started} 个`}有人填了意愿。轿厢停在走得最远的那一步。`,
    captionOfStairwells: (stairwells: number, started: number) =>
      `${stairwells} 个楼道，${started === stairwells ? "都" : `${started} 个`}已经起步。轿厢停在走到的那一步。`,
    all: "看全部小区",
    house: (name: string, stage: string | null) => (stage ? `${name}：走到“${stage}”` : `${name}：还没有人填意愿`),
  },
  modulesTitle: "能在这里办的事",
  modules: [
    { href: paths.search(), title: "意愿填报", detail: "扫码或选楼道，几步就填好" },
    { href: paths.progress(), title: "征询进展", detail: "看看各小区走到哪一步" },
    { href: paths.helpTopic("conditions"), title: "加梯条件", detail: "我家楼道适不适合" },
    { href: paths.progress({ stage: "construction" }), title: "施工管理", detail: "哪些楼道正在施工" },
    { href: paths.data(), title: "信息公开", detail: "公布什么，不公布什么，数据下载" },
    { href: paths.help(), title: "常见问题", detail: "几户同意才能装？" },
  ],
  empty: { title: "还没有楼道资料", text: "街道正在整理，请过几天再来。" },
} as const;

export const find = {
  title: "找我的楼道",
  resultTitle: (typed: string) => `找“${typed}”`,
  lead: "写小区名、拼音首字母或门牌都可以。",
  label: "小区或门牌",
  hint: "例如：海棠苑 2 号、hty 2，或者路名和弄号",
  stairwells: "楼道",
  communities: "小区",
  stairwellDetail: (address: string, building: string) => `${address} · ${building}`,
  communityDetail: (address: string, committee: string, stairwells: number) => `${address} · ${committee} · ${stairwells} 个楼道`,
  missing: (entrance: number) => `没有找到 ${entrance} 号。请点小区，从楼道名单里选。`,
  more: "还有更多。请再写上小区名或门牌号。",
  nothing: {
    title: (typed: string) => `没有找到“${typed}”`,
    text: "可能名字不一样。换个写法试试，或者打电话，我们帮您找。",
  },
  tooLong: { title: "写得太长了", text: "只写小区名和门牌号就够了，例如“海棠苑 8 号”。" },
  call: (phone: string) => `打电话 ${phone}`,
  all: "看全部小区",
} as const;
