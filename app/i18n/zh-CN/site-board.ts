import { longDay } from "./dates.ts";

/** The board at the site (施工公示牌). */
export const siteBoard = {
  title: "施工公示牌",
  link: "打印施工公示牌",
  lead: { a4: "用 A4 纸打印，贴在工地入口。空着的请用笔填。", a3: "用 A3 纸打印，贴在工地入口。空着的请用笔填。" },
  other: { a4: "改成 A3", a3: "改成 A4" },
  project: (community: string, place: string) => `${community}${place}加装电梯工程`,
  terms: { filing: "备案编号", days: "计划工期", agent: "代建单位", contractor: "施工单位", supervisor: "监理单位", designer: "设计单位", maker: "电梯厂家", committee: "居委会", office: "街道" },
  days: (start: string, end: string) => `${longDay(start)}至 ${longDay(end)}`,
  phone: (phone: string) => `电话 ${phone}`,
  phoneToWrite: "电话：",
  complain: "有意见、要投诉，这样办",
  steps: (committee: string, days: number) => [
    `打电话给${committee}，说一声就登记。`,
    `或者扫这个码，点“有问题要反映”，可以拍照。${days} 个工作日内答复。`,
    "看到危险，先离开，马上打电话。",
  ],
  scan: "扫一扫，看工程进度",
  scanFor: (place: string) => `${place}的工程进度`,
} as const;
