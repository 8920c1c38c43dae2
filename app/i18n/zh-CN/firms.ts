import type { FirmKind, FirmRefusal } from "#app/domain/firm.ts";

export const firmProblems: Record<FirmRefusal, string> = {
  firm_unknown: "登记册里没有这家单位。",
  firm_known: "这个代码已经登记过，请在登记册里找到这家单位再改。",
  firm_unchanged: "和现在登记的一样，没有改动。",
  firm_code_fixed: "统一社会信用代码不能改。代码不同就是另一家单位，请另外登记。",
  firm_blocked: "这家单位已经在黑名单上了。",
  firm_not_blocked: "这家单位不在黑名单上。",
};

export const firmKindNames: Record<FirmKind, string> = {
  agent: "代建单位", contractor: "施工单位", supervisor: "监理单位", designer: "设计单位", maker: "电梯厂家",
};
