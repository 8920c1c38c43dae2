import type { Channel } from "#app/domain/consultation-file.ts";
import type { Choice } from "#app/domain/tally.ts";

export const exportWords = {
  title: "导出",
  lead: "表格文件，Excel 和其他表格软件都能打开。数字是数字，日期是日期。",
  xlsx: "Excel（xlsx）",
  csv: "CSV",
  download: (format: "xlsx" | "csv") => ({ xlsx: "下载 Excel（xlsx）", csv: "下载 CSV" })[format],
  progress: {
    title: "楼道进展",
    lead: (stairwells: number) => `${stairwells} 个楼道，每个一行：户数、意愿、阶段、征询结果。正在征询的只写“征询进行中”。`,
    file: "楼道进展",
    columns: {
      code: "楼道编号", committee: "居委会", community: "小区", building: "幢", entrance: "门号", floors: "楼层数", flats: "户数", area: "面积（平方米）",
      filed: "已填意愿（户）", willing: "愿意（户）", stage: "阶段", stageSince: "从哪天起", sideState: "特别情况", reserveSince: "进入储备",
      consultation: "征询", startedOn: "开工", inUseSince: "投用",
    },
  },
  results: {
    title: "征询结果",
    lead: (results: number) => `${results} 次已经截止的征询，每次一行：清册、参加、同意和结论。没有认证的还没有数字。`,
    file: "征询结果",
    scopes: { stairwell: "一个楼道", community: "整个小区" },
    columns: {
      code: "征询编号", scope: "范围", committee: "居委会", community: "小区", building: "幢", entrance: "门号", stairwell: "楼道编号", ruleset: "规则", source: "依据",
      openedAt: "开始", closesAt: "截止日期", closedAt: "截止时间", certifiedAt: "认证", publishedAt: "公布",
      units: "户数", heads: "业主人数", area: "面积（平方米）", participatedHeads: "参加人数", participatedArea: "参加面积（平方米）",
      agreeHeads: "同意人数", agreeArea: "同意面积（平方米）", verdict: "结论",
    },
    verdicts: { passed: "通过", failed: "没有通过" },
  },
  ballots: {
    download: (format: "xlsx" | "csv") => `导出各户的票（${format}，要说明原因）`,
    file: (code: string) => `表决票 ${code}`,
    columns: {
      unit: "室号", area: "面积（平方米）", seq: "序号", choice: "选择", channel: "来源", receivedOn: "收到日期", castAt: "登记时间", recordedBy: "登记人",
      standing: "是否计入", why: "原因",
    },
    choices: { agree: "同意", oppose: "不同意", abstain: "弃权" } satisfies Record<Choice, string>,
    channels: { online: "网上", paper: "纸质票", assisted: "代填", proxy: "代理人" } satisfies Record<Channel, string>,
    standings: { counts: "计入", replaced: "已被后来的代替", void: "作废", undone: "已撤回", disagreed: "核对不符", unchecked: "没有核对" },
  },
  more: {
    title: "在哪里导出别的",
    rows: [
      { title: "业主清册", text: "在楼道页“导出业主清册”。带证件号和电话的要写明原因。" },
      { title: "各户的票、征询文件", text: "在征询的结果证明页，截止以后。" },
    ],
  },
  template: {
    title: "业主清册模板",
    lead: "没有现成的清册，就从这张空表开始。",
    file: "业主清册模板",
    sheet: "业主清册",
    download: "下载空表（xlsx）",
    steps: [
      { title: "下载空表", detail: "表头和一行示例都写好了。" },
      { title: "一户一行填好", detail: "室号、建筑面积、产权人必填。几位产权人用顿号隔开，证件号、电话按同样的次序写。" },
      { title: "删掉示例行", detail: "不删会提示“不是室号”，什么都不会保存。" },
      { title: "在下面选文件，核对后保存", detail: "有错会指出是哪一格。" },
    ],
    example: {
      room: "示例 101", owners: "王建国、李梅", ids: "310104195010180014、无", phones: "13800000000、无", note: "这一行是示例，填好后请删掉",
    },
  },
  roll: {
    title: "导出业主清册",
    lead: "导出的文件改好后可以再导入；没有改动的，导入后登记不变。",
    link: "导出业主清册",
    file: (stairwell: string) => `业主清册 ${stairwell}`,
    plain: "不带证件号和电话",
    plainLead: "室号、楼层、面积、面积来源、产权人。",
    withNumbers: "带证件号和电话",
    withNumbersLead: "只有居委能导出。要写明原因，谁、什么时候、为什么都记下来。",
    reason: "原因",
    reasonHint: "例如：核对清册。只写室号，不写姓名",
    format: "文件格式",
    submit: "记下原因并导出",
    ready: "原因已经记下",
    readyLead: (minutes: number) => `${minutes} 分钟内可以下载。用完请删掉文件。`,
    withoutOwner: (rooms: string) => `这些户还没有产权人，导出的文件补上才能再导入：${rooms}`,
    log: "谁导出过证件号和电话",
    logEntry: (at: string, name: string) => `${at}　${name}`,
  },
} as const;
