import type { Choice } from "#app/domain/tally.ts";
import { shortMoment } from "./dates.ts";

const choices: Readonly<Record<Choice, string>> = { agree: "同意", oppose: "不同意", abstain: "弃权" };

/** The page on which a receipt is looked up, and what stands behind it. */
export const verify = {
  title: "核对回执",
  lead: "输入回执号，看您的票或意愿有没有登记、有没有计入结果。",
  receipt: "回执号",
  receiptHint: "10 位，例如 7K3M-9PQR-2T",
  opening: "开启码（可不填）",
  openingHint: "12 位，和回执印在一起。填了才显示您的选择，请不要给别人。",
  submit: "核对",
  states: {
    kept: { title: "这张表决票在册", text: "结果公布以后再来核对，就能看到有没有计入。" },
    sealed: { title: "这张表决票已计入结果", text: "它在封存的清单里，谁也不能悄悄换掉。" },
    "not-counted": { title: "这张表决票在册，没有计入结果", text: "同一户后来又投了票，或这张票被作废。要查原因，请打电话给居委会。" },
  },
  intent: { title: "这份意愿在册", text: "意愿只是意向，不是正式表决。" },
  place: "楼道",
  consultation: "征询",
  at: "登记时间",
  moment: shortMoment,
  choice: "您的选择",
  room: "您的房屋",
  choices,
  result: "看公布的结果",
  proof: {
    title: "给懂技术的人：怎样自己核对",
    lead: "清单里的每张票都加了随机数再取 SHA-256，按值排列，所以看不出是哪一户。下面的值逐层相连，得到结果文件里的 ballotRoot。",
    leaf: "这张票的值",
    position: "位置",
    positionText: (index: number, size: number) => `第 ${index + 1} 个，共 ${size} 个`,
    path: "逐层相连的值",
    root: "ballotRoot",
    opened: "打开这个值的内容",
    file: "结果文件（jiati-result/1）",
  },
  key: {
    title: "给懂技术的人：签名用的公钥",
    text: "每份结果都用这把钥匙签名（Ed25519）。纸质公示上印着同样的公钥和 16 位校验码，请对照。",
  },
  program: "核对程序有两套，各写各的：随本系统的 check 命令，和只有二百行、不用安装的 Python 程序。",
} as const;

export const verifyProblems = {
  receipt_unknown: "没有这个回执号。请对照回执再输入一次，或打电话给居委会。",
  opening_wrong: "开启码不对。请对照回执再输入一次；不填也可以核对。",
};
