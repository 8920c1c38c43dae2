import { longDay } from "./dates.ts";
import { stageNames } from "./stages.ts";

/** What is published, what never is, and the data to download. */
export const openData = {
  title: "信息公开",
  lead: "公布什么，不公布什么，为什么。数据人人可以下载。",
  published: {
    title: "公布的",
    rows: [
      { what: "每个楼道走到哪一步", how: "步骤和日期" },
      { what: "加梯意愿", how: "满 5 户后说大致情况，例如“一半以上”。从不按楼层说" },
      { what: "正在进行的征询", how: "只说正在进行、哪天截止。没有票数" },
      { what: "公布了的征询结果", how: "四项各达到没有；全楼道、参加、同意的人数" },
      { what: "表决规则", how: "全文、出处、施行日期" },
      { what: "施工和投用", how: "开工和投用的日期" },
      { what: "现场照片", how: "有人看过、没有人和车牌，才公布" },
    ],
    columns: { what: "内容", how: "怎么公布" },
  },
  never: {
    title: "从不公布的",
    items: [
      "姓名、电话、身份证号、签名",
      "哪一户投了什么，谁不同意",
      "不同意几人、弃权几人",
      "表决票和意愿的原始记录",
      "年龄、病情，谁出了钱",
    ],
  },
  why: {
    title: "为什么小楼道不公布面积",
    text: "每户面积不一样，人数和面积放在一起，就能倒推出谁投了什么。按 12 户、面积各不相同的楼道试算：",
    caption: "从公布的数字能推出什么",
    rows: [
      { what: "人数加精确面积", share: "98.6%" },
      { what: "人数加取整到百分之一的面积", share: "9.7%" },
      { what: "只有人数", share: "0.1%" },
    ],
    columns: { what: "公布的数字", share: "能被推算出的单户选择" },
    after: "所以 30 户以下的楼道，面积两项只说“达到”或“没有达到”，所有楼道一个样。贴在门口的纸质公示，按法律要求写。",
  },
  download: {
    title: "数据下载",
    lead: "数据和网页出自同一处，内容一样多。UTF-8 编码，日期是北京时间。",
    stairwells: { title: "全部楼道（CSV）", detail: "一行一个楼道，按编号排列" },
    progress: { title: "进展统计（JSON）", detail: "全街道、各居委会、各小区" },
    stairwell: { title: "单个楼道（JSON）", detail: (path: string) => `${path}，把编号换成您的楼道编号` },
    columnsTitle: "CSV 各列的意思",
    columns: { name: "列", meaning: "意思" },
    rows: [
      { name: "code", meaning: "楼道编号" },
      { name: "community", meaning: "小区编号，名称在进展统计里" },
      { name: "committee", meaning: "居委会名称" },
      { name: "flats", meaning: "户数" },
      { name: "stage", meaning: `现在在哪一步：${Object.entries(stageNames).map(([stage, name]) => `${stage} ${name}`).join("，")}` },
      { name: "intent_reached", meaning: "true：三分之二以上的住户愿意，在加梯储备中；false：没有" },
      { name: "consultation", meaning: "最近一次意见征询：none 没有，open 正在进行或还没公布结果，passed 通过，failed 没有通过" },
      { name: "lift", meaning: "none 没有，building 正在施工，in-use 已投用" },
    ],
  },
  rules: {
    title: "表决规则",
    caption: "规则的出处和日期",
    lead: "征询按开始时选定的规则计票，以后改了规则也不变。",
    columns: { rule: "规则", source: "出处", from: "施行", until: "截止" },
    from: (day: string | null) => (day === null ? "未写明" : longDay(day)),
    until: (day: string | null) => (day === null ? "仍在施行" : longDay(day)),
  },
} as const;
