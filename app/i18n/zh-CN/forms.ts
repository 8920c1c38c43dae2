/** Names of the fields, as the labels call them. */
const fields: Record<string, string> = {
  room: "您家是哪一户",
  choice: "您的选择",
  worry: "担心的事",
  needsHelp: "需要帮助",
  side: "身份",
  owner: "业主",
  note: "说明",
  title: "看过的证明",
  name: "姓名",
  phone: "手机号码",
  slip: "通知单上的编码",
  code: "验证码",
  login: "账号",
  password: "密码",
  ruleset: "表决规则",
  stairwell: "楼道",
  closesOn: "截止日期",
  channel: "来源",
  authorisation: "书面委托",
  receivedOn: "收到日期",
  reason: "原因",
  decision: "处理",
  q: "小区或门牌",
  text: "内容",
  kind: "哪一类",
  parties: "交给谁",
  receipt: "回执编号",
  opening: "开启码",
  caption: "拍的是什么",
  looked: "我看过了",
  fromDay: "从哪一天起",
  lines: "清单",
  subsidy: "补贴方式",
  amount: "金额",
  percent: "比例",
  privacyText: "个人信息说明",
  ballotText: "表决须知",
  paymentText: "付款提示",
  firstReminder: "第一次提醒",
  secondReminder: "第二次提醒",
  graceDays: "宽限天数",
  weightWilling: "愿意的比例",
  weightFloors: "楼层数",
  weightHelp: "需要帮助上下楼的比例",
  stairwellRule: "一个楼道表决",
  communityRule: "整个小区表决",
};

const said: Record<string, (label: string, detail: string) => string> = {
  missing: (label) => `还没有填“${label}”`,
  "too-long": (label) => `“${label}”太长了，请写短一些`,
  unreadable: (label) => `“${label}”里有看不见的字符，请重新输入`,
  "not-a-mobile": () => "手机号码应是 11 位数字，例如 13800000000",
  "not-a-code": () => "验证码是 6 位数字",
  "code-of-10": (label) => `“${label}”应是 10 位字母和数字，例如 7K3M-9PQR-2T`,
  "code-of-12": (label) => `“${label}”应是 12 位字母和数字，例如 7K3M-9PQR-2TXB`,
  "not-a-day": (label) => `“${label}”不是一个日期`,
  "not-whole": (label) => `“${label}”要填整数`,
  "not-yuan": (label) => `“${label}”要填元，例如 140000`,
  between: (label, range) => `“${label}”要在 ${range} 之间`,
  "bad-line": (label, line) => `“${label}”第 ${line} 行看不懂，请照着提示的写法改`,
  "bad-list": (label) => `“${label}”里有重复的名称，或一行也没有`,
  "all-zero": () => "几项不能都是 0",
  "not-after-first": () => "第二次提醒要在第一次之后，天数要更小",
  unknown: (label) => `“${label}”不在可选的范围里`,
};

/** The sentence for what is wrong with a field; a code may carry a detail behind a colon: `bad-line:3`. */
export function fieldError(code: string, name: string): string {
  const label = fields[name] ?? "这一项";
  const [kind = "", detail = ""] = code.split(":");
  return (said[kind] ?? ((l: string) => `请检查“${l}”`))(label, detail);
}

export const forms = {
  unknownField: "表单里有多余的内容，请刷新页面后重填",
  repeatedField: "这一项填了两次，请只填一次",
  keyMissing: "这张表单过期了，请刷新页面再提交",
  tooMany: (minutes: number) => `试的次数太多了，请过 ${minutes} 分钟再试，或打电话给居委会`,
} as const;
