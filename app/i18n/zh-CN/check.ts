import type { CheckFault } from "#app/record/check.ts";

const faults: Readonly<Record<CheckFault, string>> = {
  format_unknown: "不是可以核对的文件：格式应为 jiati-result/1、jiati-recount/1 或 jiati-log/1",
  malformed: "这一项缺少、多余，或写法不对",
  signature_bad: "签名不对：内容被改过，或不是用这把公钥签的",
  other_key: "不是这把公钥签的",
  roll_root_differs: "业主清册与封存的不一致",
  ballot_root_differs: "计入的表决票与封存的不一致",
  file_malformed: "征询文件有错",
  roll_differs: "征询文件里的清册与封存的不一致",
  cast_differ: "征询文件里投出的票与封存的不一致",
  ballots_differ: "征询文件里计入的票与封存的不一致",
  result_differs: "重新计票的结果与封存的不一致",
  entry_missing: "缺了一条记录，或顺序不对",
  entry_not_following: "这条记录没有接在前一条之后",
  entry_changed: "这条记录被改过",
  content_changed: "这条记录的内容被改过",
  head_differs: "末尾的校验码不一致",
  head_not_found: "记录里没有这个校验码：可能被截掉了一段",
};

/** What the `check` command says. */
export const check = {
  usage: "用法：npm run --silent check -- 文件或网址 [--head 纸上的校验码] [--key 公钥]",
  fault: (code: CheckFault) => faults[code],
  unreachable: (place: string) => `读不到：${place}`,
} as const;
