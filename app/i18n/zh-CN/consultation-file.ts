import type { ConsultationFileFault } from "#app/domain/consultation-file.ts";

/** Why a file could not be read as JSON at all. */
export type UnreadableFile =
  | "missing"
  | "directory"
  | "too_large"
  | "unreadable"
  | "empty"
  | "byte_order_mark"
  | "not_utf8"
  | "not_json";

const faults: Readonly<Record<ConsultationFileFault, string>> = {
  not_an_object: "应为一个对象",
  not_a_list: "应为一个列表",
  not_text: "应为文本",
  member_missing: "缺少这一项",
  member_unknown: "格式中没有这一项",
  format_unknown: "格式应为 jiati-consultation/1",
  ruleset_unknown: "没有这个表决规则",
  ruleset_malformed: "表决规则缺少这一项，或写法不对",
  fraction_malformed: "比例应写作 2/3 这样的文本，不大于 1；不检验的写 null",
  base_unknown: "同意的基数应为 participants 或 roll",
  strict_malformed: "是否须超过比例，应为 true 或 false",
  roll_empty: "业主清册是空的",
  name_unclean: "不能为空，首尾不能有空格，不能含有看不见的字符",
  unit_twice: "清册中这一户出现了两次",
  area_malformed: "面积应为文本，只含数字，至多两位小数",
  area_zero: "面积必须大于 0",
  area_sum_too_large: "面积合计过大，无法精确计算",
  unit_not_on_roll: "清册中没有这一户",
  seq_not_whole: "序号应为大于 0 的整数",
  seq_twice: "这个序号出现了两次",
  choice_unknown: "表决意见应为 agree、oppose 或 abstain",
  channel_unknown: "渠道应为 online、paper、assisted 或 proxy",
  void_without_reason: "作废必须写明理由",
};

const unreadable: Readonly<Record<UnreadableFile, string>> = {
  missing: "找不到文件",
  directory: "这是文件夹，不是文件",
  too_large: "文件过大，请拆分后再复核",
  unreadable: "文件无法读取",
  empty: "文件是空的",
  byte_order_mark: "文件开头有 BOM 标记，请另存为不带 BOM 的 UTF-8",
  not_utf8: "文件不是 UTF-8 编码",
  not_json: "文件不是有效的 JSON",
};

export const consultationFile = {
  /** One sentence for what is wrong; the place stands beside it as `at`. */
  fault: (code: ConsultationFileFault) => faults[code],
  unreadable: (why: UnreadableFile, file: string) => `${unreadable[why]}：${file}`,
  recountUsage: "用法：npm run --silent recount -- 文件…\n每个文件是一份 jiati-consultation/1 征询档案，或这样的档案的列表。",
} as const;
