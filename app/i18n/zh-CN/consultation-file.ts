import type { ConsultationFileFault } from "#app/domain/consultation-file.ts";

/** Why a file could not be read as JSON at all. */
export type UnreadableFile =
  | "missing"
  | "directory"
  | "too-large"
  | "unreadable"
  | "empty"
  | "byte-order-mark"
  | "not-utf8"
  | "not-json";

const faults: Readonly<Record<ConsultationFileFault, string>> = {
  "not-an-object": "应为一个对象",
  "not-a-list": "应为一个列表",
  "not-text": "应为文本",
  "member-missing": "缺少这一项",
  "member-unknown": "格式中没有这一项",
  "format-unknown": "格式应为 jiati-consultation/1",
  "ruleset-unknown": "没有这个表决规则",
  "ruleset-malformed": "表决规则的这一项缺少、多余或写法不对",
  "fraction-malformed": "比例应写作 2/3 这样的文本，不大于 1；不检验的写 null",
  "base-unknown": "同意的基数应为 participants 或 roll",
  "strict-malformed": "是否须超过比例，应为 true 或 false",
  "roll-empty": "业主清册是空的",
  "name-unclean": "不能为空，首尾不能有空格，不能含有看不见的字符",
  "unit-twice": "清册中这一户出现了两次",
  "area-malformed": "面积应为文本，只含数字，至多两位小数",
  "area-zero": "面积必须大于 0",
  "area-sum-too-large": "面积合计过大，无法精确计算",
  "unit-not-on-roll": "清册中没有这一户",
  "seq-not-whole": "序号应为大于 0 的整数",
  "seq-twice": "这个序号出现了两次",
  "choice-unknown": "表决意见应为 agree、oppose 或 abstain",
  "channel-unknown": "渠道应为 online、paper、assisted 或 proxy",
  "void-without-reason": "作废必须写明理由",
};

const unreadable: Readonly<Record<UnreadableFile, string>> = {
  missing: "找不到文件",
  directory: "这是文件夹，不是文件",
  "too-large": "文件过大，请拆分后再复核",
  unreadable: "文件无法读取",
  empty: "文件是空的",
  "byte-order-mark": "文件开头有 BOM 标记，请另存为不带 BOM 的 UTF-8",
  "not-utf8": "文件不是 UTF-8 编码",
  "not-json": "文件不是有效的 JSON",
};

export const consultationFile = {
  /** One sentence for what is wrong; the place stands beside it as `at`. */
  fault: (code: ConsultationFileFault) => faults[code],
  unreadable: (why: UnreadableFile, file: string) => `${unreadable[why]}：${file}`,
  recountUsage: "用法：npm run --silent recount -- 文件…\n每个文件是一份 jiati-consultation/1 征询档案，或这样的档案的列表。",
} as const;
